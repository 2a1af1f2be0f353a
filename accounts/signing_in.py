"""From a right password to a session: with a second factor there is one more step between."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from accounts import audit, proofs, second_factor
from accounts.browser_names import browser_name
from accounts.models import User

HALFWAY = "half_signed_in"
# To find the telephone and type a code.
HALFWAY_LASTS_S = 10 * 60


def let_in(request: HttpRequest, user: User, *, otherwise: str = "") -> HttpResponse:
    """Begin a session for whoever gave this account's password, or ask for the second factor
    first; then where they wanted to go, or `otherwise`.
    """
    where = proofs.where_next(request, otherwise or resolve_url(settings.LOGIN_REDIRECT_URL))
    if user.is_demo or not second_factor.is_on(user):
        begin(request, user)
        return redirect(where)
    request.session.flush()
    # The hash, so that a password that is changed meanwhile ends this too.
    request.session[HALFWAY] = [user.pk, user.get_session_auth_hash(), time.time()]
    return redirect(f"{reverse('accounts:second_step')}?{urlencode({'next': where})}")


def halfway(request: HttpRequest) -> User | None:
    """Whose password was just given, where the second factor was not yet."""
    pk, password_hash, since = request.session.get(HALFWAY) or (None, "", 0.0)
    if pk is None or time.time() - since > HALFWAY_LASTS_S:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and user.get_session_auth_hash() == password_hash else None


@transaction.atomic
def begin(request: HttpRequest, user: User, *, factor: str = "") -> None:
    """A new session, with its own age, whatever was there before; written down."""
    request.session.flush()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    proofs.note(request.session, factor=bool(factor))
    request.session["browser"] = browser_name(request.headers.get("User-Agent", ""))
    shown = second_factor.NAMES[second_factor.Type(factor)] if factor else ""
    audit.record(user.email, "signed in", "self", demo=user.is_demo, second_factor=shown)
