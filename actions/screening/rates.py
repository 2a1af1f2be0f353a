"""How often one network address may post to a public form.

Limits count in Redis. When Redis is down a supporter is still let through: signing is answered by
the mailbox, and mail to an unproven mailbox has its own daily limit in the database
(supporters.mail). What is more than people send is counted there too (screening.bursts).
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_ratelimit.core import get_usage

from actions.screening import bursts
from actions.screening.origin import View

log = logging.getLogger(__name__)

# One click to leave a list comes from a mail program's own servers, for many people at once.
RATES = {
    "lookup": "60/m",
    # Past 30 a minute it is set aside for a look (screening.bursts); this keeps the server up.
    "act": "300/m",
    "link": "60/m",
    "unsubscribe": "600/m",
    "newsletter": "10/m",
    "sign-on": "10/m",
    "story": "30/m",
    "my page": "10/m",
    "hero": "10/m",
    "count": "240/m",
    "proof": "600/m",
    "seen": "120/m",
    "preview": "120/m",
}


def seconds_to_wait(request: HttpRequest, what: str, key: str = "") -> int:
    """Count one use of `what` by this network address.

    0 when it may go on, else how long to wait.
    """
    try:
        usage = get_usage(
            request, group=f"{what}:{key}", key="ip", rate=RATES[what], increment=True
        )
        if usage and usage["should_limit"] and usage["count"] <= bursts.ROOM * usage["limit"]:
            address = request.client_ip  # type: ignore[attr-defined]
            usage["should_limit"] = not bursts.has_room(bursts.network_of(address))
    # Whatever the cache's trouble is, nobody is turned away for it (docs/safety.md A3).
    except Exception:
        log.warning("limits are off: the cache does not answer")
        return 0
    return max(1, usage["time_left"]) if usage and usage["should_limit"] else 0


def limited(what: str) -> Callable[[View], View]:
    """A POST past this rate gets the page that asks for patience.

    For forms that carry no words to keep.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wait_s = seconds_to_wait(request, what) if request.method == "POST" else 0
            return too_many(request, wait_s) if wait_s else view(request, *args, **kwargs)

        return counted

    return wrap


def too_many(request: HttpRequest, wait_s: int) -> HttpResponse:
    """The page that asks for a moment's patience, for requests that carry no words to keep."""
    return patient(render(request, "429.html", {"wait_s": wait_s}, status=429), wait_s)


def patient(response: HttpResponse, wait_s: int) -> HttpResponse:
    """The same page, as the answer to somebody who is to come back later."""
    response.status_code = 429
    response["Retry-After"] = str(wait_s)
    return response
