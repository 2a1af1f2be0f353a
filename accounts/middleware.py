"""Who is asking, and whether their session is still good."""

from __future__ import annotations

import time
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import (
    AuthenticationMiddleware as DjangoAuthenticationMiddleware,
)
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts import proofs
from accounts.models import User
from accounts.sessions import IDLE_S

LONGEST_S = 12 * 60 * 60
# Activity is noted at most this often, so that reading pages does not write a session row each
# time.
NOTED_EVERY_S = 60


class AuthenticationMiddleware(DjangoAuthenticationMiddleware):
    """Django's, with the session's age looked at whenever somebody asks who the user is.

    Pages that never ask (all public ones) touch no session and stay cacheable.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]
        request.auser = sync_to_async(lambda: user_of(request))  # type: ignore[assignment]

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The raw administration changes everything, so all of it asks for a second factor."""
        match = request.resolver_match
        # Here, and not before: only by now is it known which page is asked for.
        if not match or match.app_name != "admin" or match.url_name in ("login", "logout"):
            return None
        user = request.user
        if isinstance(user, User) and not user.passed_second_factor:
            return proofs.ask_for_second_factor(user, back=request.get_full_path())
        return None


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """The signed-in user, or nobody once the session is too old or belongs to a demonstration
    account on a delivering site.
    """
    # Judged once a request, however often a page asks.
    if not hasattr(request, "_user_of_session"):
        request._user_of_session = _still_allowed(request)  # type: ignore[attr-defined]
    return request._user_of_session  # type: ignore[attr-defined,no-any-return]


def _still_allowed(request: HttpRequest) -> User | AnonymousUser:
    user = auth.get_user(request)
    if not isinstance(user, User):
        return AnonymousUser()
    if (user.is_demo and settings.DELIVERY_ENABLED) or _is_too_old(request, time.time()):
        # With its row, so that the old key opens nothing any more.
        request.session.flush()
        return AnonymousUser()
    user.passed_second_factor = proofs.passed_second_factor(request.session, user)
    return user


def _is_too_old(request: HttpRequest, now: float) -> bool:
    session = request.session
    started, seen = session.get("signed_in_at", now), session.get("seen_at", now)
    if now - started > LONGEST_S or now - seen > IDLE_S:
        return True
    if "signed_in_at" not in session or now - seen > NOTED_EVERY_S:
        session["signed_in_at"], session["seen_at"] = started, now
    return False
