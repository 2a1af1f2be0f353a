"""Who may open a page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def needs(*rights: str) -> Callable[[View], View]:
    """Signed in and with each of these rights of accounts.User ("export_supporters"); the page is
    never stored by a browser.

    Nobody signed in goes to the sign-in page and back; somebody without a right gets a 403.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Who it is was asked outside, by login_required.
            if not request.user.has_perms([f"accounts.{right}" for right in rights]):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        # Outermost, so that the way to the sign-in page is not stored by a browser either.
        return never_cache(login_required(guarded))

    return wrap
