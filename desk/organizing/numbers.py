"""A campaign's numbers by day, state, ask and source, and what became of its letters.

Every count means what the tallies mean (actions.recount): verified actions are proven by their
mailbox, pending ones wait for it, young voices are anonymous. Tables by day and source read the
rows themselves and so may be some seconds ahead of the tallies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from actions.models import Action, Call, Letter, Route, Submission, Voice
from campaigns import counts, words
from campaigns.models import Campaign, Tally
from desk.access import needs
from desk.organizing.campaign_page import render_campaign, visible_or_404
from legislators.models import Jurisdiction
from worker.models import State

DAYS = 30


@needs("see_campaigns")
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign in numbers."""
    campaign = visible_or_404(request, slug)
    days, states = by_day(campaign), by_state(campaign)
    # Without the first row, which is everything before.
    daily = [row["verified"] + row["anonymous"] for row in days if row["day"]]
    context: dict[str, Any] = {
        "count": counts.of_campaign(campaign),
        "days": days,
        "day_bars": columns(daily),
        "most_on_a_day": max(daily),
        "states": states,
        "asks": [
            {"ask": ask, "heading": words.of(ask).heading, "count": counts.of_ask(ask)}
            for ask in campaign.asks.prefetch_related("words")
        ],
        "sources": by_source(campaign),
        "letters": by_evidence(campaign),
        "told": by_word(campaign),
    }
    return render_campaign(request, "numbers.html", campaign, "numbers", **context)


def by_day(campaign: Campaign, today: dt.date | None = None) -> list[dict[str, Any]]:
    """The last 30 days, quiet ones too, after a first row (no day) for all earlier ones: together
    they are every action there is.
    """
    today = today or timezone.localdate()
    first = today - dt.timedelta(days=DAYS - 1)
    table: dict[dt.date | None, dict[str, Any]] = {None: new_row(None)}
    # Each day has its row beforehand, or quiet ones would be missing between the bars.
    table |= {day: new_row(day) for day in (first + dt.timedelta(days=n) for n in range(DAYS))}
    for day, verified, pending in counted(campaign, TruncDate("created_at")):
        row = table[day if day >= first else None]
        row["verified"] += verified
        row["pending"] += pending
    voices = (
        Voice.objects.filter(ask__campaign=campaign)
        .values_list("raised_on")
        .annotate(n=Count("pk"))
        .order_by("raised_on")
    )
    for day, anonymous in voices:
        table[day if day >= first else None]["anonymous"] += anonymous
    return list(table.values())


def counted(campaign: Campaign, by: Any) -> Iterable[tuple[Any, int, int]]:
    """(value, verified, pending) for each value of this side of what people sent. Two queries.

    Pending are also those that count as not verified: their mailbox is silent.
    """
    table: dict[Any, list[int]] = {}
    verified = Action.objects.counted().filter(ask__campaign=campaign)
    silent = Submission.objects.silent().filter(ask__campaign=campaign)
    for column, rows in enumerate((verified, silent)):
        numbers = rows.annotate(by=by).values_list("by").annotate(n=Count("pk")).order_by()
        for value, number in numbers:
            table.setdefault(value, [0, 0])[column] = number
    return sorted((value, *numbers) for value, numbers in table.items())


def new_row(day: dt.date | None) -> dict[str, Any]:
    return {"day": day, "verified": 0, "pending": 0, "anonymous": 0}


def by_state(campaign: Campaign) -> list[dict[str, Any]]:
    """From the tallies, most people first, with their share of the longest bar.

    Blank: outside the states, or not told.
    """
    names = dict(Jurisdiction.objects.values_list("code", "name"))
    sums = (
        Tally.objects.filter(ask__campaign=campaign)
        .values_list("state")
        .annotate(*(Sum(name) for name in counts.FIELDS))
    )
    rows = [
        {
            "state": code,
            "name": names.get(code, code),
            **dict(zip(counts.FIELDS, numbers, strict=True)),
        }
        for code, *numbers in sums
    ]
    told = [
        row | {"total": row["verified"] + row["anonymous"]}
        for row in rows
        if any(row[name] for name in counts.FIELDS)
    ]
    # 1, so that no share is divided by nothing.
    most = max([row["total"] for row in told] + [1])
    told = [row | {"share": round(row["total"] * 100 / most, 1)} for row in told]
    return sorted(told, key=lambda row: (-row["total"], row["name"]))


def by_source(campaign: Campaign) -> list[dict[str, Any]]:
    """Actions by the ?source= of the link they came by, the most first."""
    rows = [
        {"source": source, "verified": verified, "pending": pending}
        for source, verified, pending in counted(campaign, F("source"))
    ]
    return sorted(rows, key=lambda row: -row["verified"])


# What became of a letter, in the order of the page: its label, and which letters' current
# deliveries it means.
REAL = Q(delivery__rehearsal=False)
OURS_NO_MORE = Q(route__in=Letter.BY_HAND) & (Q(delivery=None) | Q(delivery__state=State.CANCELLED))
UNADDRESSED = Q(route=Route.NONE, awaits_roster_since__isnull=False)
EVIDENCE = {
    gettext_lazy("Accepted by the office's mail server"): REAL
    & Q(delivery__state=State.SENT, delivery__channel="email"),
    gettext_lazy("Taken by Congress's message system"): REAL
    & Q(delivery__state=State.SENT, delivery__channel="cwc"),
    gettext_lazy("Printed and mailed"): REAL
    & Q(delivery__state=State.SENT, delivery__channel__in=["paper", "lob"]),
    gettext_lazy("Rehearsed only"): Q(delivery__state=State.SENT, delivery__rehearsal=True),
    gettext_lazy("On their way"): Q(delivery__state__in=[State.QUEUED, State.CLAIMED, State.DATA]),
    gettext_lazy("Waiting for confirmation, or for somebody here"): Q(
        delivery__state=State.WAITING
    ),
    gettext_lazy("Uncertain: they may have gone"): Q(delivery__state=State.UNCERTAIN),
    gettext_lazy("Refused, bounced or given up"): Q(delivery__state=State.FAILED),
    gettext_lazy("Stopped before they left"): Q(delivery__state=State.CANCELLED) & ~OURS_NO_MORE,
    gettext_lazy("Only the supporter can bring them"): OURS_NO_MORE,
    gettext_lazy("Waiting for a roster that says who holds the seat"): UNADDRESSED,
    gettext_lazy("To an empty seat"): Q(route=Route.NONE) & ~UNADDRESSED,
}


def by_evidence(campaign: Campaign) -> list[dict[str, Any]]:
    """Letters by what the other side, or somebody here, has said of them.

    Each letter once, whatever its writer told.
    """
    letters = Letter.objects.filter(action__ask__campaign=campaign)
    numbers = letters.aggregate(
        # Under numbers, since a label is no name that SQL would take.
        **{f"n{n}": Count("pk", filter=which) for n, which in enumerate(EVIDENCE.values())}
    )
    return [
        {"label": label, "number": numbers[f"n{n}"]}
        for n, label in enumerate(EVIDENCE)
        if numbers[f"n{n}"]
    ]


def by_word(campaign: Campaign) -> list[dict[str, Any]]:
    """What confirmed supporters say they did themselves.

    Nobody can check it, so it stands apart.
    """
    counted = {"action__ask__campaign": campaign, "action__state": Action.State.CONFIRMED}
    letters, calls = (
        Letter.objects.filter(**counted).exclude(reported_at=None),
        Call.objects.filter(**counted),
    )
    mailed = letters.filter(reported_as=Letter.Report.MAILED).count()
    outcomes = dict(calls.values_list("outcome").annotate(n=Count("pk")).order_by())
    rows = {
        _("Letters sent by the office's form or site"): letters.count() - mailed,
        _("Letters put in the mail"): mailed,
        _("Calls in which they talked to somebody"): outcomes.get(Call.Outcome.TALKED, 0),
        _("Calls in which they left a message"): outcomes.get(Call.Outcome.VOICEMAIL, 0),
        _("Calls that nobody answered (not counted)"): outcomes.get(Call.Outcome.NO_ANSWER, 0),
    }
    return [{"label": label, "number": number} for label, number in rows.items() if number]


def columns(values: list[int]) -> list[dict[str, float]]:
    """Bars side by side in the drawing of _columns.html (744 by 160); the tallest is as high as the
    drawing.
    """
    step, tallest = 744 / max(len(values), 1), max([*values, 1])
    sizes = [round(value * 160 / tallest, 1) for value in values]
    return [
        {"x": round(i * step + 2, 1), "y": 160 - size, "width": round(step - 4, 1), "height": size}
        for i, size in enumerate(sizes)
    ]
