"""While a restored database is looked through (worker.restoring.mode) it can be read. Of what is
sent only that is taken which takes something back; all else is answered 503, with its words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config import database_away
from config.middleware import GetResponse
from worker.models import Restore

READING = {"GET", "HEAD", "OPTIONS"}
# Each notes its deed in the journal: it stands also where this database is restored once more.
TAKES_BACK = {
    "actions:withdraw",
    "actions:not_me",
    "actions:guardian",
    "actions:own_story_withdraw",
    "actions:unsubscribe",
    "actions:updates_end",
    "actions:my_page_open",
    "actions:my_page_close",
    "actions:my_page_choices",
    "actions:my_page_withdraw",
    "actions:my_page_delete",
    "actions:hero_withdraw",
    # The same for somebody who calls or writes here.
    "desk:supporter_find",
    "desk:supporter_waiting",
    "desk:supporter_delete",
    "desk:supporter_suppress",
    "desk:supporter_withdraw",
    "desk:story_withdraw",
}
# Whoever works here signs in to look.
SIGNING_IN = "accounts"
# Every POST asks. Begun under running processes, it is noticed so much later.
NO_IS_GOOD_FOR_S = 1.0
no_until = 0.0


class WhileRestoring:
    """Answers what may not be taken in, before its view is asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method in READING or is_taken(request) or not is_restoring():
            return None
        return database_away.while_restoring(request)


def is_taken(request: HttpRequest) -> bool:
    found = request.resolver_match
    if found is None:
        return False
    return found.view_name in TAKES_BACK or SIGNING_IN in found.app_names


def is_restoring() -> bool:
    """worker.restoring.mode.is_on, asked once a second; a yes is asked for anew each time."""
    global no_until
    if time.monotonic() < no_until:
        return False
    found = Restore.objects.filter(ended_at=None).exists()
    no_until = 0.0 if found else time.monotonic() + NO_IS_GOOD_FOR_S
    return found
