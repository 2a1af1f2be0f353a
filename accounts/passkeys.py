"""Passkeys: what a browser is asked, and what its answer proves. allauth and fido2 do the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from accounts import second_factor
from accounts.models import User

LONGEST = 20_000  # characters of an answer


class BadAnswer(Exception):
    """The browser's answer proves nothing."""


def how_to_add(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser is asked to make a new one. Kept in the session until it answers."""
    with context.request_context(request):
        return dict(auth.begin_registration(user, passwordless=False))


@transaction.atomic
def add(request: HttpRequest, user: User, answer: str, *, name: str) -> None:
    """Raises BadAnswer."""
    credential = _read(answer)
    with _answered(request):
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    auth.WebAuthn.add(user, name, credential)
    second_factor.after_adding(user, second_factor.Type.WEBAUTHN)


def how_to_prove(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """What the browser is asked to show that the key is there; None for whoever has none."""
    if not second_factor.factors(user).filter(type=second_factor.Type.WEBAUTHN).exists():
        return None
    with context.request_context(request):
        return dict(auth.begin_authentication(user))


def take_answer(request: HttpRequest, user: User, answer: str) -> Authenticator:
    """Raises BadAnswer."""
    credential = _read(answer)
    with _answered(request):
        auth.parse_authentication_response(credential)
        row: Authenticator = auth.complete_authentication(user, credential)
    row.record_usage()
    return row


def _read(answer: str) -> dict[str, Any]:
    try:
        credential = json.loads(answer[:LONGEST])
    except (ValueError, RecursionError) as error:
        raise BadAnswer from error
    if not isinstance(credential, dict):
        raise BadAnswer
    return credential


@contextmanager
def _answered(request: HttpRequest) -> Iterator[None]:
    """A question is answered once: right or wrong, the session forgets it."""
    try:
        with context.request_context(request):
            yield
    # An answer that somebody made up breaks the libraries in more ways than they name.
    except (ValidationError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise BadAnswer from error
    finally:
        request.session.pop(auth.STATE_SESSION_KEY, None)
