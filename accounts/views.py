"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.forms import LoginForm
from accounts.limits import give_back, wait_before_trying
from accounts.models import User
from accounts.second_step import carry_on
from accounts.signed_out import carried
from accounts.signing_in import let_in
from accounts.unsent import SEALED


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The answer to a wrong account and to a wrong password is the same."""
    if request.method != "POST":
        if request.user.is_authenticated and "next" not in request.GET:
            return redirect(settings.LOGIN_REDIRECT_URL)
        return _page(request, LoginForm(request))
    wait_s = wait_before_trying(request, request.POST.get("username", ""))
    form = LoginForm(request, request.POST, wait_s=wait_s)
    if form.is_valid():
        give_back(request, request.POST.get("username", ""))
        return carry_on(request, let_in(request, form.get_user()))
    if not wait_s:
        _note_failure(form.cleaned_data.get("username", ""))
    answer = _page(request, form)
    if wait_s:
        answer.status_code = 429
        answer["Retry-After"] = str(wait_s)
    return answer


@require_POST
@never_cache
@login_not_required
def sign_in_as_demo(request: HttpRequest) -> HttpResponse:
    """One click into a demonstration account, in practice mode only."""
    if settings.DELIVERY_ENABLED:
        raise PermissionDenied
    # Among the demonstration's own only: what was posted looks up no other account.
    chosen = next(
        (user for user in _demo_logins() if user.email == request.POST.get("email")), None
    )
    if chosen is None:
        raise Http404
    return carry_on(request, let_in(request, chosen))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session. Only by POST, so that no picture on another page can do it."""
    if request.user.is_authenticated:
        audit.record(request.user.get_username(), "signed out", "self")
    logout(request)
    return redirect("accounts:login")


def _note_failure(email: str) -> None:
    """Written down without what was typed, which may be a password in the wrong field: whose
    account it is, or that there is none.
    """
    found = User.objects.filter(email__iexact=email).first() if email else None
    audit.record("somebody", "sign-in failed", found.email if found else "no such account")


def _page(request: HttpRequest, form: LoginForm) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "form": form,
        "demo_logins": _demo_logins(),
        "next": wanted,
        "has_new_password": "changed" in request.GET,
        **carried(request.POST.get(SEALED, "")),
    }
    return render(request, "accounts/login.html", context)


def _demo_logins() -> QuerySet[User]:
    """Nobody outside practice mode."""
    demo = (
        User.objects.none()
        if settings.DELIVERY_ENABLED
        else User.objects.filter(is_demo=True, is_active=True)
    )
    return demo.order_by("id").prefetch_related("groups")
