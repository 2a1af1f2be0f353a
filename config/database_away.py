"""What people are told while the database is away: the truth, when to come back, and the words they
had typed.

Nothing here asks the database, so the page stands alone (templates/503.html). A POST of a public
form comes back as a form with every field it had, the key that makes sending it twice count once
among them: "Try again" sends it again.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from config.middleware import GetResponse
from supporters.journal import CannotNote

log = logging.getLogger("config.database_away")

# Nor is a deed done that the journal cannot take down: it would not survive a restore.
AWAY = (OperationalError, InterfaceError, CannotNote)
RETRY_AFTER_S = 20
# Looking through a restored database takes a person an hour rather than a minute.
RESTORING_RETRY_AFTER_S = 600
# The rooms whose forms anybody may fill in. What is typed at the desk or to sign in is never
# printed back.
PUBLIC = {"actions", "campaigns", "supporters"}
WORDS = ("subject", "own_words", "statement", "text")


class WhenTheDatabaseIsAway:
    """Turns a view's OperationalError into a 503.

    Errors outside of views arrive by config.errors.broken.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, AWAY) else None


def answer(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """503 with Retry-After: JSON under /api/, else a page. Cuts connections that are of no use."""
    # The class and the server's code only: its words may quote a row.
    if isinstance(exception, CannotNote):
        log.error("The journal cannot be written (%s): 503", exception)
    else:
        code = getattr(exception.__cause__, "sqlstate", None) or "no answer"
        log.error("The database is away (%s %s): 503", type(exception).__name__, code)
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
    return unavailable(
        request,
        "We cannot read or save anything at the moment.",
        retry_after_s=RETRY_AFTER_S,
        is_restoring=False,
    )


def while_restoring(request: HttpRequest) -> HttpResponse:
    """The same for what may not be saved yet (config.restore_mode)."""
    return unavailable(
        request,
        "We are restoring our records from a backup and save nothing new meanwhile.",
        retry_after_s=RESTORING_RETRY_AFTER_S,
        is_restoring=True,
    )


def unavailable(
    request: HttpRequest, message: str, *, retry_after_s: int, is_restoring: bool
) -> HttpResponse:
    is_api = request.path_info.startswith("/api/")
    again = f"{message} Ask again in {retry_after_s} seconds."
    response = in_json(again) if is_api else as_page(request, is_restoring=is_restoring)
    response.headers["Retry-After"] = str(retry_after_s)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def in_json(message: str) -> HttpResponse:
    """In the API's own shape of an error (api.errors)."""
    return JsonResponse(
        {"error": {"code": "unavailable", "message": message, "fields": {}}}, status=503
    )


def as_page(request: HttpRequest, *, is_restoring: bool) -> HttpResponse:
    """templates/503.html in the language of the address, around what was typed."""
    with translation.override(translation.get_language_from_path(request.path_info) or "en"):
        typed = typed_in(request)
        words = {name: typed[name] for name in WORDS if typed.get(name)}
        others = {name: value for name, value in typed.items() if name not in words}
        context = {
            "address": request.get_full_path(),
            "was_sent": request.method == "POST",
            "is_restoring": is_restoring,
            "words": list(words.items()),
            "others": list(others.items()),
        }
        return HttpResponse(render_to_string("503.html", context), status=503)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """The fields of a public form that was sent, by name; {} for everything else, and where the
    body cannot be read.
    """
    try:
        is_public = set(resolve(request.path_info).app_names) <= PUBLIC
        return request.POST.dict() if request.method == "POST" and is_public else {}
    except (Resolver404, RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
        return {}
