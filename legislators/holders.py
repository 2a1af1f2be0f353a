"""Who holds which seat on a day, for many seats at once; and which day counts.

Federal terms end at noon in Washington (20th Amendment): until then that day has not begun for an
office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils import timezone

from legislators.by_hand.contacts import BY_HAND
from legislators.models import Seat, Source, Term
from legislators.new_terms import NewTerm, is_untold, new_term_begun, said_here

WASHINGTON = ZoneInfo("America/New_York")
NOON = dt.time(12)


def holders_of(
    seats: Collection[int] | QuerySet[Any, Any], on: dt.date | None = None
) -> dict[int, Term]:
    """By the seat's id; a seat that nobody is known to hold is missing. One query.

    Of two at once the later one, as lookup has it. `in_turnover` says of which it may not be true
    any more.
    """
    terms = (
        Term.objects.current(on or office_day()).filter(seat__in=seats).select_related("legislator")
    )
    return {
        term.seat_id: term for term in terms.order_by(F("started_on").asc(nulls_first=True), "pk")
    }


def in_turnover(
    seats: Collection[Seat], holders: Mapping[int, Term], on: dt.date | None = None
) -> dict[int, NewTerm]:
    """By the seat's id the new term that has begun and of which no roster here tells: of these the
    holder is only the last known, and may be nobody.

    `holders` as `holders_of` gives them. No query while no new term has begun, else at most two.
    """
    day = on or office_day()
    new = {
        seat: term for seat in seats if (term := new_term_begun(seat, holders.get(seat.pk), day))
    }
    if not new:
        return {}
    sources = list(Source.objects.all())
    by_hand = {source.pk for source in sources if source.key == BY_HAND}
    unheld = [seat.pk for seat in new if seat.pk not in holders]
    were_held = set(Term.objects.filter(seat__in=unheld).values_list("seat_id", flat=True))
    were_held.update(holders)
    return {
        seat.pk: term
        for seat, term in new.items()
        if not said_here(seat, holders.get(seat.pk), term, by_hand, day)
        and is_untold(seat, term, sources, was_held=seat.pk in were_held)
    }


def office_day(now: dt.datetime | None = None) -> dt.date:
    """Today by this site's clock; on a day on which federal terms end, from noon on."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    for end in _ends_of_terms(today.year):
        if today >= end and moment < dt.datetime.combine(end, NOON, WASHINGTON):
            return end - dt.timedelta(days=1)
    return today


def _ends_of_terms(year: int) -> list[dt.date]:
    """Congress ends in odd years, on 3 January; a President's term on the 20th, after a leap
    year.
    """
    ends = [dt.date(year, 1, 3)] if year % 2 else []
    return [*ends, dt.date(year, 1, 20)] if year % 4 == 1 else ends
