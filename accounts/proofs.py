"""What a session has proven: when its password or code was last given, and whether a second factor
was.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import second_factor
from accounts.models import User

# An export asks again after this long.
FRESH_S = 15 * 60


def note(session: SessionBase, *, factor: bool) -> None:
    """That whoever holds this session has just proven who they are."""
    session["proved_at"] = time.time()
    if factor:
        session["factor_at"] = session["proved_at"]


def is_fresh(request: HttpRequest) -> bool:
    """Proven a short while ago. A demonstration account's password is no secret: it always is."""
    if getattr(request.user, "is_demo", False):
        return True
    return time.time() - float(request.session.get("proved_at", 0)) < FRESH_S


def passed_second_factor(session: SessionBase, user: User) -> bool:
    """A demonstration account has none to give, and is let in in practice mode only."""
    return user.is_demo or "factor_at" in session


def ask_again(back: str) -> HttpResponseRedirect:
    """To the page that asks once more who it is, and from there back."""
    return redirect(f"{reverse('accounts:again')}?{urlencode({'next': back})}")


def where_next(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that was wanted before."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return otherwise


def ask_for_second_factor(user: User, *, back: str) -> HttpResponseRedirect:
    """To the page that asks for it, or that sets one up first; and from there back."""
    if second_factor.is_on(user):
        return ask_again(back)
    return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': back})}")
