"""Who may open a page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import NEED_SECOND_FACTOR, User
from accounts.second_step import ask_for_second_factor
from accounts.signed_out import signed_in

View = Callable[..., HttpResponseBase]


def needs(*rights: str) -> Callable[[View], View]:
    """Signed in and with each of these rights of accounts.User ("export_supporters"); the page is
    never stored by a browser.

    Nobody signed in goes to the sign-in page and back; somebody without a right gets a 403; who
    has the right and has given no second factor, where one is asked for, gives it first. A form
    that was sent then comes back with every word (accounts.unsent).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Who it is was asked outside, by signed_in.
            user = request.user
            assert isinstance(user, User)
            if not user.holds(*rights):
                raise PermissionDenied
            if asks_for_second_factor(*rights) and not user.passed_second_factor:
                return ask_for_second_factor(request, user, back=back_to(request))
            return view(request, *args, **kwargs)

        # Outermost, so that the way to the sign-in page is not stored by a browser either.
        return never_cache(signed_in(guarded))

    return wrap


def asks_for_second_factor(*rights: str) -> bool:
    """Whether a page with these rights does; where the settings say so every page does."""
    return settings.SECOND_FACTOR_FOR_ALL or not NEED_SECOND_FACTOR.isdisjoint(rights)


def back_to(request: HttpRequest) -> str:
    """This page; or, for a form without words that is sent, the overview: it is not sent again."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home")
