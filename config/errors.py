"""The pages for refusals that Django alone would word badly."""

import inspect
import sys
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, permission_denied, server_error
from django_ratelimit.exceptions import Ratelimited

from accounts import signed_out, unsent
from config import database_away
from config.middleware import GetResponse
from desk.form_drafts.given_back import give_back

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
    """403 for a form of the console without its token: the page was open for long, somebody signed
    in meanwhile in another tab, or the browser keeps no cookies. Django's own page would break our
    Content-Security-Policy.

    What was typed goes back to whoever typed it, if the browser says that it comes from our page.
    """
    # Django asks for the token before the view says that it takes nothing at all.
    methods = methods_of(request.resolver_match and request.resolver_match.func)
    if methods and "POST" not in methods:
        return HttpResponseNotAllowed(methods)
    if "X-Part" in request.headers:
        return signed_out.only_a_part()
    # Of the sign-in page itself: what it carries stays sealed.
    carried = request.POST.get(unsent.SEALED, "")
    form = unsent.unseal(carried) if unsent.came_from_us(request) else None
    form, sealed = (form, carried) if form else (unsent.sent(request), "")
    if form is None:
        return render(request, "accounts/stale_form.html", status=403)
    said = _("This page was open for too long, so nothing was changed.")
    if request.user.pk == form.owner:
        return give_back(request, form, because=said)
    return signed_out.page_to_sign_in(request, form, sealed or form.sealed(), said)


def methods_of(view: Any) -> Sequence[str]:
    """What Django's `require_http_methods` and its like let through to it; empty where none of them
    guards it.
    """
    while view is not None:
        if inspect.isfunction(view):
            found: Any = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if found:
                return list(found)
        view = getattr(view, "__wrapped__", None)
    return []


def worded_405(get_response: GetResponse) -> GetResponse:
    """Middleware: a page where an address takes only what a form sends; Django's own is blank."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_blank = response.status_code == 405 and not getattr(response, "content", b"")
        if not is_blank or request.method == "HEAD" or request.path_info.startswith("/api/"):
            return response
        allowed = response.headers.get("Allow", "")
        takes = {"is_to_read": "GET" in allowed, "takes_a_form": "POST" in allowed}
        worded = render(request, "405.html", takes, status=405)
        worded.headers["Allow"] = allowed
        worded.headers["Cache-Control"] = "no-store, private"
        worded._has_been_logged = True  # type: ignore[attr-defined]
        return worded

    return answer


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 (templates/404.html); in the one shape of errors (api.errors) under `/api/`."""
    if not request.path_info.startswith("/api/"):
        return page_not_found(request, exception)
    error = {"code": "not_found", "message": "Not found.", "fields": {}}
    return JsonResponse({"error": error}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500 (templates/500.html); 503 where a middleware met a database that is away."""
    error = sys.exc_info()[1]
    if isinstance(error, database_away.AWAY):
        return database_away.answer(request, error)
    return server_error(request)
