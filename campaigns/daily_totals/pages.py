"""Published totals, for people and as the file that proves itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.daily_totals.chain import Line
from campaigns.daily_totals.publishing import LEAST, PUBLISHED
from campaigns.models import Campaign, DailyTotal

SHOWN = 14
KEPT_S = 300


class Entry(NamedTuple):
    """One campaign's numbers in one line; None where a number did not move."""

    day: dt.date
    campaign: Campaign | None
    title: str
    numbers: list[int | None]


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def daily_totals(request: HttpRequest) -> HttpResponse:
    """The newest lines in words, the newest hash, and how to check it."""
    newest = list(DailyTotal.objects.order_by("-number")[:SHOWN])
    context = {
        "entries": entries([Line.read(row.line) for row in newest]),
        "newest": newest[0] if newest else None,
        "least": LEAST,
    }
    return render(request, "campaigns/daily_totals.html", context)


def entries(lines: list[Line]) -> list[Entry]:
    """The newest first; of a campaign that is gone its slug."""
    slugs = {slug for line in lines for slug in line.totals}
    found: Any = Campaign.objects.public().prefetch_related("words").filter(slug__in=slugs)
    campaigns = {campaign.slug: campaign for campaign in found}
    titles = {slug: words.of(campaign).title for slug, campaign in campaigns.items()}
    return [
        Entry(
            line.day,
            campaigns.get(slug),
            titles.get(slug, slug),
            [numbers.get(name) for name in PUBLISHED],
        )
        for line in lines
        for slug, numbers in line.totals.items()
    ]


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def published_lines(request: HttpRequest) -> StreamingHttpResponse:
    """Every line ever published, the oldest first: JSON Lines, for any site to read."""
    return StreamingHttpResponse(
        each_line(),
        content_type="application/jsonl; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*"},
    )


def each_line() -> Iterator[str]:
    for text in DailyTotal.objects.values_list("line", flat=True).iterator():
        yield f"{text}\n"
