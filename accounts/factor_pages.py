"""Adding and removing one's own second factors, and the recovery codes."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import passkeys, proofs, second_factor, sessions
from accounts.authenticators import site_name
from accounts.limits import give_proof_back, in_minutes, wait_before_proving
from accounts.models import User
from accounts.own_account import View, me, own
from accounts.qr_code import as_path

SECRET = "second_factor_secret"  # noqa: S105 (a key of the session)


def freshly(view: View) -> View:
    """Whoever sits down at somebody's open browser adds no key of theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not proofs.is_fresh(request):
            is_page = request.method in ("GET", "HEAD")
            return proofs.ask_again(
                request.get_full_path() if is_page else reverse("accounts:second_factor")
            )
        return view(request, *args, **kwargs)

    return own(guarded)


class AppForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The code it shows now"),
        max_length=20,
        help_text=gettext_lazy("Six digits. They change every half minute."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("To know it by, like: office laptop."),
    )
    answer = forms.CharField(widget=forms.HiddenInput, required=False)


class RemoveForm(forms.Form):
    # No larger than a key of the database can be.
    factor = forms.IntegerField(min_value=1, max_value=2**31)


@own
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be added. `next` is the page that sent them here."""
    user = me(request)
    where = proofs.where_next(request, "")
    context = {
        "rows": [
            {"row": row, "name": row.data.get("name", "")}
            for row in second_factor.factors(user).exclude(type=second_factor.Type.RECOVERY_CODES)
        ],
        "is_on": second_factor.is_on(user),
        "has_app": second_factor.factors(user).filter(type=second_factor.Type.TOTP).exists(),
        "codes_left": second_factor.codes_left(user),
        "next": where,
        "query": urlencode({"next": where}) if where else "",
    }
    return render(request, "accounts/second_factor.html", context)


@sensitive_post_parameters("code")
@freshly
def add_app(request: HttpRequest) -> HttpResponse:
    """The picture and the key for an app; its first code shows that it took them."""
    user = me(request)
    # Kept while the page is open, so that a wrong code does not ask for another scan.
    secret = request.session.setdefault(SECRET, second_factor.new_secret())
    form = AppForm(request.POST or None)
    if form.is_bound and _may_go_on(request, form):
        if second_factor.first_code_fits(secret, form.cleaned_data["code"]):
            with transaction.atomic():
                second_factor.add_app(user, secret)
            del request.session[SECRET]
            return _added(request, user, _("Your app is your second factor from now on."))
        form.add_error("code", _("That code is not right. Take the one that it shows now."))
    address = get_adapter().build_totp_url(user, secret)
    context = {
        "form": form,
        "picture": as_path(address),
        "address": address,
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "next": proofs.where_next(request, ""),
    }
    return render(request, "accounts/add_app.html", context, status=422 if form.is_bound else 200)


@freshly
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Made by the browser, a telephone or a stick: the one page that needs JavaScript."""
    user = me(request)
    form = PasskeyForm(request.POST or None)
    if form.is_bound and _may_go_on(request, form):
        cleaned = form.cleaned_data
        try:
            passkeys.add(request, user, cleaned["answer"], name=cleaned["name"])
        except passkeys.BadAnswer:
            form.add_error(None, _("Your browser made no passkey. Try again, or use an app."))
        else:
            return _added(request, user, _("The passkey is added."))
    context = {
        "form": form,
        "options": passkeys.how_to_add(request, user),
        "site_name": site_name(),
        "next": proofs.where_next(request, ""),
    }
    return render(
        request, "accounts/add_passkey.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@freshly
def remove(request: HttpRequest) -> HttpResponse:
    """One of them. With the last, what this session had proven goes too."""
    user, form = me(request), RemoveForm(request.POST)
    if form.is_valid() and second_factor.remove(user, form.cleaned_data["factor"], author=user):
        messages.success(request, _("Removed."))
    if not second_factor.is_on(user):
        request.session.pop("factor_at", None)
    return redirect("accounts:second_factor")


@freshly
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown once, after they are made; a POST makes new ones."""
    user = me(request)
    if not second_factor.is_on(user):
        return redirect("accounts:second_factor")
    if request.method == "POST":
        second_factor.new_recovery_codes(user)
    context = {
        "codes": [f"{code[:4]} {code[4:]}" for code in second_factor.show_codes_once(user)],
        "codes_left": second_factor.codes_left(user),
        "next": proofs.where_next(request, resolve_url("accounts:account")),
    }
    return render(request, "accounts/recovery_codes.html", context)


def _may_go_on(request: HttpRequest, form: forms.Form) -> bool:
    if not form.is_valid():
        return False
    if wait_s := wait_before_proving(request, me(request)):
        form.add_error(None, in_minutes(wait_s))
        return False
    return True


def _added(request: HttpRequest, user: User, words: str) -> HttpResponse:
    """Sessions that gave no second factor end; this one has just given it."""
    give_proof_back(request, user)
    proofs.note(request.session, factor=True)
    sessions.end_all(user, except_key=request.session.session_key)
    messages.success(request, words)
    where = proofs.where_next(request, "")
    query = f"?{urlencode({'next': where})}" if where else ""
    return redirect(reverse("accounts:recovery_codes") + query)
