"""The pages for refusals that Django alone would word badly. 404 and 500 are its own: templates/404.html, templates/500.html."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import permission_denied
from django_ratelimit.exceptions import Ratelimited

WAIT_S = 60


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; or 429 with Retry-After where it was too many, too fast, and the view did not answer that itself."""
    if not isinstance(exception, Ratelimited):
        return permission_denied(request, exception)
    answer = render(request, "429.html", {"wait_s": WAIT_S}, status=429)
    answer.headers["Retry-After"] = str(WAIT_S)
    return answer
