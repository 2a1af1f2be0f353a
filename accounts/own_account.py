"""One's own account: the password, the sessions, and what the second factor is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import audit, proofs, roles, second_factor, sessions
from accounts.invited import PASSWORD_HELP
from accounts.limits import give_proof_back, in_minutes, wait_before_proving
from accounts.models import User
from accounts.signed_out import signed_in

View = Callable[..., HttpResponseBase]


def own(view: View) -> View:
    """Signed in, whatever the role. An account of the demonstration, which anybody opens, may look
    and change nothing: the next visitor would stand outside.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and me(request).is_demo:
            return render(request, "403.html", {"demonstration": True}, status=403)
        return view(request, *args, **kwargs)

    return never_cache(signed_in(guarded))


def me(request: HttpRequest) -> User:
    """Who is signed in; `own` lets in nobody else."""
    assert isinstance(request.user, User)
    return request.user


class OwnPasswordForm(PasswordChangeForm):
    says_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = gettext_lazy("Your password now")
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password2"].label = gettext_lazy("The same again")
        self.fields["new_password2"].help_text = ""


@own
def account(request: HttpRequest) -> HttpResponse:
    """Everything about it at a glance."""
    user = me(request)
    here = request.session.session_key
    context = {
        "roles": [(name, roles.ABOUT.get(name, "")) for name in roles.roles_of(user)],
        "has_second_factor": second_factor.is_on(user),
        "sessions": [{"session": one, "is_here": one.key == here} for one in sessions.of(user)],
    }
    return render(request, "accounts/account.html", context)


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@own
def password(request: HttpRequest) -> HttpResponse:
    """Every other session ends with the old one. Guessing it has the limits of signing in."""
    user = me(request)
    form = OwnPasswordForm(user, request.POST or None)
    if request.method == "POST":
        if wait_s := wait_before_proving(request, user):
            form.add_error(None, in_minutes(wait_s))
        elif form.is_valid():
            give_proof_back(request, user)
            with transaction.atomic():
                form.save()
                audit.record(user.email, "password changed", "self")
            # Sessions carry a hash of the password: this one gets the new one's.
            update_session_auth_hash(request, user)
            sessions.end_all(user, except_key=request.session.session_key)
            proofs.note(request.session, factor=False)
            messages.success(request, _("Your new password holds. Your other sessions have ended."))
            return redirect("accounts:account")
    return render(
        request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_POST
@own
def end_others(request: HttpRequest) -> HttpResponse:
    """Every session but this one."""
    user = me(request)
    ended = sessions.end_all(user, except_key=request.session.session_key)
    audit.record(user.email, "other sessions ended", "self", number=ended)
    messages.success(request, _("You are signed in here and nowhere else."))
    return redirect("accounts:account")
