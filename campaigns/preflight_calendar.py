"""What the calendar does to whom an ask addresses: seats whose new term has begun or begins soon,
and maps that end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import ngettext

from campaigns import targeting
from campaigns.findings import Finding, named, should
from campaigns.models import Ask
from legislators.deadlines import AHEAD, map_deadlines
from legislators.holders import holders_of, in_turnover, office_day
from legislators.models import Seat
from legislators.new_terms import new_term

# A newer roster or map mends all of this, and nothing on the campaign's own pages does.
ROSTERS: tuple[str, tuple[object, ...]] = ("desk:rosters", ())


def check_calendar(ask: Ask) -> Iterator[Finding]:
    """Says something only where a date matters; nothing of it stops the launch."""
    today = office_day()
    seats = list(targeting.seats(ask).select_related("jurisdiction"))
    holders = holders_of([seat.pk for seat in seats], today)
    open_seats = in_turnover(seats, holders, today)
    if open_seats:
        label = ngettext(
            "%(count)d seat is in turnover: its new term has begun and no roster here is newer, so"
            " letters to it wait for one, for two weeks at most; load a newer roster",
            "%(count)d seats are in turnover: their new terms have begun and no roster here is"
            " newer, so letters to them wait for one, for two weeks at most; load a newer roster",
            len(open_seats),
        )
        yield should(False, "", named(ask, label % {"count": len(open_seats)}), *ROSTERS)
    if days := coming(seats, today):
        label = ngettext(
            "the new term of %(count)d seat begins on %(day)s: from then on its letters wait for a"
            " newer roster",
            "the new terms of %(count)d seats begin within 60 days, the first on %(day)s: from then"
            " on their letters wait for a newer roster",
            len(days),
        )
        values = {"count": len(days), "day": date_format(min(days))}
        yield should(False, "", named(ask, label % values), *ROSTERS)
    layers = {f"map-{seat.layer}" for seat in seats}
    for deadline in map_deadlines(today):
        if deadline.key in layers:
            yield should(False, "", named(ask, deadline.sentence), *ROSTERS)


def coming(seats: Sequence[Seat], today: dt.date) -> list[dt.date]:
    """The first days of new terms that begin after today and within AHEAD, one a seat."""
    terms = [term for seat in seats if (term := new_term(seat))]
    return [term.first for term in terms if today < term.first <= today + AHEAD]
