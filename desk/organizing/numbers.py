"""A campaign's numbers by day, state, ask and source, and what became of its letters.

Every count means what the tallies mean (actions.tallies): verified actions are proven by their mailbox, pending ones wait for it,
young voices are anonymous. Tables by day and source read the rows themselves and so may be some seconds ahead of the tallies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Action, Voice
from campaigns import counts, words
from campaigns.models import Campaign, Tally
from desk.organizing.doors import campaign_or_404, organizers_only, page
from legislators.models import Jurisdiction
from worker.models import Delivery, State

DAYS = 30


@organizers_only
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_or_404(slug)
    days, states = by_day(campaign), by_state(campaign)
    daily = [row["verified"] + row["anonymous"] for row in days if row["day"]]
    context: dict[str, Any] = {
        "count": counts.of_campaign(campaign),
        "days": days,
        "day_bars": columns(daily),
        "most_on_a_day": max(daily),
        "states": states,
        "asks": [
            {"ask": ask, "heading": words.of(ask).heading, "count": counts.of_ask(ask)} for ask in campaign.asks.prefetch_related("words")
        ],
        "sources": by_source(campaign),
        "letters": letters_by_state(campaign),
    }
    return page(request, "numbers.html", campaign, "numbers", **context)


def by_day(campaign: Campaign, today: dt.date | None = None) -> list[dict[str, Any]]:
    """The last 30 days, quiet ones too, after a first row (no day) for all earlier ones: together they are every action there is."""
    today = today or timezone.localdate()
    first = today - dt.timedelta(days=DAYS - 1)
    table: dict[dt.date | None, dict[str, Any]] = {None: new_row(None)}
    table |= {day: new_row(day) for day in (first + dt.timedelta(days=n) for n in range(DAYS))}
    for day, verified, pending in counted(campaign, TruncDate("created_at")):
        row = table[day if day >= first else None]
        row["verified"] += verified
        row["pending"] += pending
    voices = Voice.objects.filter(ask__campaign=campaign).values_list("raised_on").annotate(n=Count("pk")).order_by("raised_on")
    for day, anonymous in voices:
        table[day if day >= first else None]["anonymous"] += anonymous
    return list(table.values())


def counted(campaign: Campaign, by: Any) -> Iterable[tuple[Any, int, int]]:
    """(value, verified, pending) for each value of this side of the actions. One query."""
    verified = Count("pk", filter=Q(state=Action.State.CONFIRMED))
    pending = Count("pk", filter=Q(state=Action.State.PENDING))
    rows = Action.objects.filter(ask__campaign=campaign).annotate(by=by).values("by")
    return rows.annotate(verified=verified, pending=pending).order_by("by").values_list("by", "verified", "pending")


def new_row(day: dt.date | None) -> dict[str, Any]:
    return {"day": day, "verified": 0, "pending": 0, "anonymous": 0}


def by_state(campaign: Campaign) -> list[dict[str, Any]]:
    """From the tallies, most people first, with their share of the longest bar. Blank: outside the states, or not told."""
    names = dict(Jurisdiction.objects.values_list("code", "name"))
    sums = Tally.objects.filter(ask__campaign=campaign).values_list("state").annotate(*(Sum(name) for name in counts.FIELDS))
    rows = [{"state": code, "name": names.get(code, code), **dict(zip(counts.FIELDS, numbers, strict=True))} for code, *numbers in sums]
    told = [row | {"total": row["verified"] + row["anonymous"]} for row in rows if any(row[name] for name in counts.FIELDS)]
    most = max([row["total"] for row in told] + [1])
    told = [row | {"share": round(row["total"] * 100 / most, 1)} for row in told]
    return sorted(told, key=lambda row: (-row["total"], row["name"]))


def by_source(campaign: Campaign) -> list[dict[str, Any]]:
    rows = [{"source": source, "verified": verified, "pending": pending} for source, verified, pending in counted(campaign, F("source"))]
    return sorted(rows, key=lambda row: -row["verified"])


def letters_by_state(campaign: Campaign) -> list[dict[str, Any]]:
    deliveries = Delivery.objects.filter(scope_key=f"campaign:{campaign.pk}")
    numbers = dict(deliveries.values_list("state").annotate(n=Count("pk")).order_by())
    return [{"state": state, "label": label, "number": numbers[state]} for state, label in State.choices if state in numbers]


def columns(values: list[int]) -> list[dict[str, float]]:
    """Bars side by side in the drawing of _columns.html (744 by 160); the tallest is as high as the drawing."""
    step, tallest = 744 / max(len(values), 1), max([*values, 1])
    sizes = [round(value * 160 / tallest, 1) for value in values]
    return [{"x": round(i * step + 2, 1), "y": 160 - size, "width": round(step - 4, 1), "height": size} for i, size in enumerate(sizes)]
