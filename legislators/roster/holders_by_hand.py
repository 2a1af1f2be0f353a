"""Seats of which people here say who holds them (by_hand/holders.py): no roster undoes that.

What the roster says is kept beside it, and where both differ it is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from legislators.models import Legislator, SaidHolder, Source
from legislators.roster.names import is_one_person


class RosterWord(NamedTuple):
    """Whom a roster names for a seat."""

    person: Legislator
    party: str
    started_on: dt.date | None
    ended_on: dt.date | None


def standing_over(source: Source) -> dict[int, SaidHolder]:
    """By seat, what this roster may not undo."""
    rows = SaidHolder.objects.in_force(source.as_of).select_related(
        "seat", "legislator", "roster_legislator"
    )
    return {row.seat_id: row for row in rows}


def hear_roster(
    rows: Collection[SaidHolder], words: Mapping[int, RosterWord], source: Source
) -> list[str]:
    """Keep what a roster says of these seats (`words`, by seat) beside what was said here.

    Returns a line for each where both differ.
    """
    for row in rows:
        note_word(row, source, words.get(row.seat_id))
        row.save()
    return [told(row) for row in rows if disagrees(row)]


def note_word(row: SaidHolder, source: Source, word: RosterWord | None) -> None:
    """Unsaved: what the roster says of the seat; nobody, where there is no word."""
    row.roster, row.roster_as_of = source, source.as_of
    row.roster_legislator = word.person if word else None
    row.roster_party = word.party[:60] if word else ""
    row.roster_started_on = word.started_on if word else None
    row.roster_ended_on = word.ended_on if word else None


def says_the_same(row: SaidHolder) -> bool:
    """Whether the roster names this person too, or nobody either."""
    if row.legislator is None or row.roster_legislator is None:
        return row.legislator is None and row.roster_legislator is None
    return is_one_person(row.legislator.name, row.roster_legislator.name)


def disagrees(row: SaidHolder) -> bool:
    """Whether a roster that is as new as what was said says otherwise."""
    return row.roster_is_newer and not says_the_same(row)


def told(row: SaidHolder) -> str:
    """In English: for whoever loads rosters."""
    seat = row.seat
    parts = (seat.jurisdiction_id, seat.chamber, seat.district, seat.label)
    place = " ".join(part for part in parts if part)
    return (
        f"{place}: said here, {row} (by {row.said_by}); the roster of {row.roster_as_of} says"
        f" {row.roster_says or 'nobody'}. Kept as said: decide at /desk/officials/holders/"
    )
