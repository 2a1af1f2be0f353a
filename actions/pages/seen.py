"""A page that somebody looks at says so once, without saying who: static/js/seen.js.

Pages are cached, so the server sees few of them; without scripts nobody is counted. Nothing is kept
but a sum by hour, source and language (docs/safety.md F10).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from actions.breakdowns import visits
from actions.pages.page_context import source_of
from actions.screening import origin, rates
from actions.typed_numbers import typed_number
from campaigns.models import Ask, Campaign, Metric

# What says of itself that it is no person. Nobody else is looked at any closer.
MACHINES = ("bot", "crawl", "spider", "preview", "facebookexternalhit", "headless", "monitor")


@origin.public_post
@require_POST
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Count one view of an ask's page, unless this browser asks not to be counted. Always 204."""
    nothing = HttpResponse(status=204)
    # Before the ask is looked up: past this rate a network cannot even cost a query.
    if wants_no_counting(request) or rates.seconds_to_wait(request, "seen"):
        return nothing
    asks = Ask.objects.filter(campaign__slug=slug).exclude(campaign__state=Campaign.State.DRAFT)
    ask = asks.filter(pk=typed_number(request.POST.get("ask")) or 0).only("pk").first()
    if ask:
        note(request, ask.pk, Metric.VIEWS)
    return nothing


def note_start(request: HttpRequest, ask: Ask) -> None:
    """Somebody's first step was good."""
    if not wants_no_counting(request):
        note(request, ask.pk, Metric.STARTS)


def note(request: HttpRequest, ask_id: int, metric: Metric) -> None:
    language = (get_language() or "en")[:7]
    visits.note(ask_id, metric, source=source_of(request), language=language)


def wants_no_counting(request: HttpRequest) -> bool:
    """Do Not Track, Global Privacy Control, a page fetched in case; or a machine that says so."""
    headers = request.headers
    asks_not_to = headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"
    is_ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    agent = headers.get("User-Agent", "").lower()
    return asks_not_to or is_ahead or any(word in agent for word in MACHINES)
