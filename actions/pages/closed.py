"""A campaign or an ask that takes no actions now: what became of it, and the words of whoever came
too late.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from actions.pages import page_context
from actions.pages.carried import letter_words
from campaigns import counts, zones
from campaigns.models import Ask, Campaign


def show_closed(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Always 200: the page stays, with result, final count and successor.

    A late form's text is given back to copy.
    """
    others = Campaign.objects.live().exclude(pk=ask.campaign.pk).prefetch_related("words")[:3]
    return page_context.show(
        request,
        ask,
        "closed",
        kept_text=kept_text(request),
        others=others,
        successor=ask.campaign.successor,
        final=counts.of_campaign(ask.campaign),
        ended=ended(ask.campaign),
    )


def ended(campaign: Campaign) -> str:
    """When it closed, in the zone that its pages named before; "" where they named none."""
    times, at = campaign.times, campaign.closed_at
    return zones.in_words(at, times.zone) if times and at else ""


def show_taken_back(request: HttpRequest, first: Ask) -> HttpResponse:
    """An ask that its campaign no longer has: 410, the words to keep, and a way to what is left."""
    if not first.campaign.is_open:
        return show_closed(request, first)
    return page_context.show(request, first, "taken_back", status=410, kept_text=kept_text(request))


def kept_text(request: HttpRequest) -> str:
    """What a late form says, to copy."""
    return letter_words((name, str(text)) for name, text in request.POST.items())
