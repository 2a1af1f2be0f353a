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
    times = campaign.schedule
    page = {
        "words": words.of(campaign),
        "opens": zones.in_words(times.opens_at, times.zone),
        # Beat is late: it opens as soon as that comes round.
        "is_due": times.opens_at <= timezone.now(),
    }
    return render(request, "actions/opens.html", page)
