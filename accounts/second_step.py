"""The page that asks for a second factor when somebody signs in, and the one that asks once more
who it is, before something that cannot be taken back.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import audit, passkeys, proofs, second_factor, signing_in, unsent
from accounts.limits import give_proof_back, in_minutes, wait_before_proving
from accounts.models import User
from accounts.signed_out import is_part, only_a_part, signed_in


class ProofForm(forms.Form):
    """A code, a passkey's answer or, where there is no second factor, the password."""

    says_optional = False

    def __init__(self, user: User, has_factor: bool, data: Any = None) -> None:
        super().__init__(data)
        self.user, self.has_factor = user, has_factor
        # What proved it, once the form is valid.
        self.factor = ""
        if has_factor:
            self.fields["code"] = forms.CharField(
                label=_("Code"),
                max_length=40,
                required=False,
                help_text=_("The six digits that your app shows, or one of your recovery codes."),
                widget=forms.TextInput(
                    attrs={
                        "autocomplete": "one-time-code",
                        "inputmode": "numeric",
                        "autofocus": True,
                    }
                ),
            )
            self.fields["passkey"] = forms.CharField(required=False, widget=forms.HiddenInput)
        else:
            self.fields["password"] = forms.CharField(
                label=_("Password"),
                strip=False,
                max_length=1000,
                widget=forms.PasswordInput(
                    attrs={"autocomplete": "current-password", "autofocus": True}
                ),
            )

    def prove(self, request: HttpRequest) -> bool:
        """Whether it is them. Uses a code up, so it is asked once. Else the form says what is
        wrong.
        """
        # Counted before anything is compared: a guess that has to wait is not heard.
        if wait_s := wait_before_proving(request, self.user):
            self.add_error(None, in_minutes(wait_s))
            return False
        if not self.is_valid():
            return False
        if not self.has_factor:
            if self.user.check_password(self.cleaned_data["password"]):
                give_proof_back(request, self.user)
                return True
            self.add_error("password", _("That is not your password."))
            return False
        row = self._factor_of(request)
        if row is None:
            self.add_error(
                "code", _("That code is not right, or was used already. Wait for the next one.")
            )
            return False
        self.factor = row.type
        give_proof_back(request, self.user)
        return True

    def _factor_of(self, request: HttpRequest) -> Any:
        if answer := self.cleaned_data["passkey"]:
            try:
                return passkeys.take_answer(request, self.user, answer)
            except passkeys.BadAnswer:
                return None
        return second_factor.take_code(self.user, self.cleaned_data["code"])


@sensitive_post_parameters("code", "passkey")
@never_cache
@login_not_required
def second_step(request: HttpRequest) -> HttpResponse:
    """After the right password. 422 for a wrong code; the limits of signing in hold here too."""
    user = signing_in.halfway(request)
    if user is None:
        return redirect("accounts:login")
    where = proofs.where_next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    form = ProofForm(user, True, request.POST or None)
    if request.method == "POST":
        if form.prove(request):
            signing_in.begin(request, user, factor=form.factor)
            _say_what_is_left(request, user, form.factor)
            return unsent.give_back(request, redirect(where))
        audit.record(user.email, "second factor refused", "self")
    return _second_page(request, form, where)


def carry_on(request: HttpRequest, let_in: HttpResponse) -> HttpResponse:
    """After the right password: what the form carries goes to its owner, or on to this page."""
    user = signing_in.halfway(request)
    if user is None or not request.POST.get(unsent.SEALED):
        return unsent.give_back(request, let_in)
    where = proofs.where_next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    return _second_page(request, ProofForm(user, True), where)


@sensitive_post_parameters("code", "passkey", "password")
@never_cache
@signed_in
def again(request: HttpRequest) -> HttpResponse:
    """Ask once more: the second factor where there is one, else the password."""
    assert isinstance(request.user, User)
    where = proofs.where_next(request, resolve_url("accounts:account"))
    # Whose password everybody knows has nothing to prove.
    if request.user.is_demo:
        return redirect(where)
    form = ProofForm(request.user, second_factor.is_on(request.user), request.POST or None)
    if request.method == "POST":
        if form.prove(request):
            request.session.cycle_key()
            proofs.note(request.session, factor=bool(form.factor))
            _say_what_is_left(request, request.user, form.factor)
            return unsent.give_back(request, redirect(where))
        audit.record(request.user.email, "not proven again", "self")
    return _again_page(request, form, where, request.POST.get(unsent.SEALED, ""))


def ask_again(request: HttpRequest, *, back: str) -> HttpResponse:
    """Before what cannot be taken back: the page that asks once more, and from there back. A form
    that was sent comes back filled in.
    """
    form, user = unsent.sent(request), request.user
    if form is None or not isinstance(user, User):
        return proofs.ask_again(back)
    proof = ProofForm(user, second_factor.is_on(user))
    return _again_page(request, proof, form.page, form.sealed())


def ask_for_second_factor(request: HttpRequest, user: User, *, back: str) -> HttpResponse:
    """Before a page that wants one; what was typed is not lost."""
    if is_part(request):
        return only_a_part()
    form = unsent.sent(request)
    if form is None:
        return proofs.ask_for_second_factor(user, back=back)
    if second_factor.is_on(user):
        return ask_again(request, back=back)
    # Setting one up takes several pages: meanwhile it waits where its writer sees it.
    return unsent.hand_over(request, form, factor_at=reverse("accounts:second_factor"))


def _second_page(request: HttpRequest, form: ProofForm, where: str) -> HttpResponse:
    sealed = request.POST.get(unsent.SEALED, "")
    address = reverse("accounts:second_step")
    return _page(request, "accounts/second_step.html", form, where, sealed, address)


def _again_page(request: HttpRequest, form: ProofForm, where: str, sealed: str) -> HttpResponse:
    return _page(request, "accounts/again.html", form, where, sealed, reverse("accounts:again"))


def _page(
    request: HttpRequest, template: str, form: ProofForm, where: str, sealed: str, address: str
) -> HttpResponse:
    context = {
        "form": form,
        "next": where,
        "options": passkeys.how_to_prove(request, form.user) if form.has_factor else None,
        "sealed": sealed,
        # Also shown in answer to a form of another page.
        "address": address,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


def _say_what_is_left(request: HttpRequest, user: User, factor: str) -> None:
    """Whoever used a recovery code should know how many there still are."""
    if factor == second_factor.Type.RECOVERY_CODES:
        left = second_factor.codes_left(user)
        words = ngettext(
            "That was a recovery code: %(left)d is left. Make new ones under your account.",
            "That was a recovery code: %(left)d are left. Make new ones under your account.",
            left,
        )
        messages.warning(request, words % {"left": left})
