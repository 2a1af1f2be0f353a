"""A draft whose address says when it opens, and nothing else of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from campaigns import words, zones
from campaigns.models import Campaign


def show_opens(request: HttpRequest, slug: str) -> HttpResponse:
    """Raises Http404 for every other draft, and where there is no such campaign."""
    announced = Campaign.objects.announced().select_related("schedule").prefetch_related("words")
    campaign = announced.filter(slug=slug).first()
    if campaign is None:
        raise Http404(slug)
    opens_at = campaign.schedule.opens_at
    # Announced means that it is there.
    assert opens_at is not None
    page = {
        "words": words.of(campaign),
        "opens": zones.in_words(opens_at, campaign.schedule.zone),
        # Beat is late: it opens as soon as that comes round.
        "is_due": opens_at <= timezone.now(),
    }
    return render(request, "actions/opens.html", page)
