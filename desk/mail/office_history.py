"""One office's history: what became of its letters, in its own server's words, how many were
personal, and whether it is paused.

Bounded whatever the office gets: the numbers look at its last LOOKED_AT letters and say so, the
list goes on by key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.models import Letter
from desk.access import needs
from desk.mail.delivery_status import statuses
from desk.officials.seat_history import seat_history
from desk.paging import page_by_key
from legislators.holders import holders_of, in_turnover
from legislators.models import Seat
from worker.models import Attempt, Delivery, Hold, State

LOOKED_AT = 5000
DAYS = 14
# Columns of the table of days: waiting, accepted, uncertain, failed, cancelled.
GROUPS = [
    {State.WAITING, State.QUEUED, State.CLAIMED, State.DATA},
    {State.SENT},
    {State.UNCERTAIN},
    {State.FAILED},
    {State.CANCELLED},
]


@require_safe
@needs("see_outbox")
def office(request: HttpRequest, seat_id: int) -> HttpResponse:
    """One office's letters, newest first, paged by key."""
    seat = get_object_or_404(Seat.objects.select_related("jurisdiction"), pk=seat_id)
    letters = Letter.objects.filter(seat=seat)
    rows = (
        letters.select_related("delivery", "action__ask__campaign")
        .defer("delivery__message")
        .order_by("-pk")
    )
    page = page_by_key(rows, request.GET.get("before", ""))
    key = f"seat:{seat.pk}"
    holders = holders_of([seat.pk])
    context = (
        page
        | seat_history(seat)
        | {
            "seat": seat,
            "term": holders.get(seat.pk),
            "new_term": in_turnover([seat], holders).get(seat.pk),
            "key": key,
            "hold": Hold.objects.filter(scope=Hold.Scope.OFFICE, key=key).first(),
            "numbers": numbers(letters),
            "days": days(letters),
            "days_shown": DAYS,
            "looked_at": LOOKED_AT,
        }
    )
    with_words(page["rows"])
    return render(request, "desk/office.html", context)


def latest(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """The newest LOOKED_AT of these letters."""
    # As a subquery, since what is cut can be filtered and counted no further.
    return Letter.objects.filter(pk__in=letters.order_by("-pk").values("pk")[:LOOKED_AT])


def numbers(letters: QuerySet[Letter]) -> dict[str, int]:
    """How many there are, and of how many their writer made more than pressing the button."""
    found: dict[str, int] = latest(letters).aggregate(
        all=Count("pk"),
        personal=Count("pk", filter=~Q(action__own_words="") | Q(action__statement_edited=True)),
        own_words=Count("pk", filter=~Q(action__own_words="")),
        edited=Count("pk", filter=Q(action__statement_edited=True)),
        by_hand=Count("pk", filter=Q(reported_at__isnull=False)),
    )
    return found | {"percent": round(100 * found["personal"] / found["all"]) if found["all"] else 0}


def days(letters: QuerySet[Letter]) -> list[tuple[dt.date, list[int]]]:
    """Newest first: the day on which letters were posted, and how many of them stand how by
    GROUPS.
    """
    counted = (
        latest(letters)
        .filter(delivery__isnull=False)
        .values(day=TruncDate("delivery__posted_at"), state=F("delivery__state"))
        .annotate(number=Count("pk"))
        .order_by()
    )
    table: dict[dt.date, dict[str, int]] = {}
    for row in counted:
        table.setdefault(row["day"], {})[row["state"]] = row["number"]
    # Days on which something was posted: quiet ones have no row.
    newest = sorted(table, reverse=True)[:DAYS]
    return [
        (day, [sum(table[day].get(state, 0) for state in states) for states in GROUPS])
        for day in newest
    ]


def with_words(rows: Sequence[Letter]) -> None:
    """Give each letter its state in words and the last thing that was said about it: a few queries
    for a page.
    """
    deliveries = [letter.delivery_id for letter in rows if letter.delivery_id]
    said: dict[int, Attempt] = {}
    for attempt in (
        Attempt.objects.filter(delivery__in=deliveries).exclude(answer="").order_by("pk")
    ):
        said[attempt.delivery_id] = attempt
    found = statuses([letter.delivery for letter in rows if letter.delivery])
    for letter in rows:
        delivery = letter.delivery
        if delivery:
            status = found[delivery.pk]
            told = status.words, status.shape
        else:
            told = by_hand(letter)
        letter.words, letter.shape = told  # type: ignore[attr-defined]
        letter.said = said.get(letter.delivery_id or 0)  # type: ignore[attr-defined]


def by_hand(letter: Letter) -> tuple[Any, str]:
    """How a letter without a delivery stands: its writer brings it."""
    return (
        (_("Sent by its writer"), "done")
        if letter.reported_at
        else (letter.get_route_display(), "none")
    )


def office_of(delivery: Delivery) -> int | None:
    """The seat that a delivery was written to; None for supporters' own mail."""
    kind, _colon, number = delivery.recipient_key.partition(":")
    return int(number) if kind == "seat" and number.isdecimal() else None
