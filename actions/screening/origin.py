"""Whether a POST to a public form was sent from our own pages.

They carry no cookie, so there is no CSRF token: a browser says where a POST came from
(`Sec-Fetch-Site`, `Origin`; docs/decisions/0005-origin-check.md).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]


def public_post(view: View) -> View:
    """A public page's POST: judged by where it came from instead of a CSRF cookie."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_from_here(request):
            return render(request, "403.html", {"foreign": True}, status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that our own page sent this.

    A client that says nothing carries no one's authority and passes.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        # "none" is the browser's own doing, such as loading a page once more.
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address at all, such as "http://["
        return False
