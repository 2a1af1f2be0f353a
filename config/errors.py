"""The pages for refusals that Django alone would word badly. 404 is its own: templates/404.html."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import permission_denied, server_error
from django_ratelimit.exceptions import Ratelimited

from config import database_away

WAIT_S = 60


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; or 429 with Retry-After where it was too many, too fast, and the view did not answer
    that itself.
    """
    if not isinstance(exception, Ratelimited):
        return permission_denied(request, exception)
    answer = render(request, "429.html", {"wait_s": WAIT_S}, status=429)
    answer.headers["Retry-After"] = str(WAIT_S)
    return answer


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form of the console without its token: the page was open for long, or the browser
    keeps no cookies. Django's own page would break our Content-Security-Policy.
    """
    return render(request, "accounts/stale_form.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500 (templates/500.html); 503 where a middleware met a database that is away."""
    error = sys.exc_info()[1]
    if isinstance(error, database_away.AWAY):
        return database_away.answer(request, error)
    return server_error(request)
