"""/search/?q=: no word that somebody looked for is kept or logged."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_ratelimit.core import get_usage

from campaigns.pages.pieces import with_cache_headers
from campaigns.search.finding import find
from campaigns.search.plain_words import LONGEST, words_of

log = logging.getLogger(__name__)

RATE = "40/m"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    typed = request.GET.get("q", "")[:LONGEST].strip()
    if typed and (wait_s := seconds_to_wait(request)):
        response = render(request, "429.html", {"wait_s": wait_s}, status=429)
        response["Retry-After"] = str(wait_s)
        return response
    asked = words_of(typed)
    groups = find(asked) if asked else []
    context = {"typed": typed, "groups": groups, "longest": LONGEST}
    response = render(request, "campaigns/search/page.html", context)
    if typed:
        # A cache would write the words down with the address.
        response["Cache-Control"] = "no-store"
        return response
    return with_cache_headers(response)


def seconds_to_wait(request: HttpRequest) -> int:
    """0: not too often, or nobody can tell."""
    try:
        usage = get_usage(request, group="search", key="ip", rate=RATE, increment=True)
    # Whatever the cache's trouble is, nobody is turned away for it (docs/safety.md A3).
    except Exception:
        log.warning("limits are off: the cache does not answer")
        return 0
    return max(1, usage["time_left"]) if usage and usage["should_limit"] else 0
