"""Seats whose new term has begun (`first_days` has the days).

From its first day until a roster that is newer covers the chamber, a seat may have changed hands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from legislators.first_days import NewTerm, term_of
from legislators.models import Seat, Source, Term


def new_term(seat: Seat) -> NewTerm | None:
    """None where nobody was elected to this seat in November 2026."""
    return term_of(seat.jurisdiction_id, seat.chamber, seat.label)


def new_term_begun(seat: Seat, holder: Term | None, on: dt.date) -> NewTerm | None:
    """The new term that has begun by this day and of which this holder, if any, tells nothing."""
    term = new_term(seat)
    if term is None or on < term.first:
        return None
    if holder and (
        (holder.started_on and holder.started_on >= term.first)
        or (holder.ended_on and holder.ended_on > term.settled)
    ):
        return None  # published with this new term, or with one that goes past it
    return term


def is_untold(seat: Seat, term: NewTerm, sources: Sequence[Source], *, was_held: bool) -> bool:
    """Whether a seat whose new term this is (`new_term_begun`) may have changed hands: no roster
    here is newer.

    Where nobody is known to have held it and no source covers the chamber, nothing is known at all.
    """
    if is_told_by(sources, seat, term):
        return False
    return was_held or bool(sources_covering(sources, seat))


def said_here(
    seat: Seat, holder: Term | None, term: NewTerm | None, by_hand: Collection[int], on: dt.date
) -> str:
    """What people here say of a seat, "held" or "vacant", unless a new term has begun since; ""
    where they say nothing. `by_hand`: the sources of what is said here.
    """
    since = term.first if term else dt.date.min
    if holder and holder.source_id in by_hand and holder.as_of >= since:
        return "held"
    vacant_from = seat.said_vacant_from
    if not holder and vacant_from and since <= vacant_from <= on:
        return "vacant"
    return ""


def is_told_by(sources: Sequence[Source], seat: Seat, term: NewTerm) -> bool:
    """Whether a roster that covers the seat's chamber is newer than the new term."""
    return any(source.as_of > term.settled for source in sources_covering(sources, seat))


def sources_covering(sources: Sequence[Source], seat: Seat) -> list[Source]:
    """Those that know every holder of the seat's chamber."""
    place = [seat.jurisdiction_id, seat.chamber]
    return [source for source in sources if place in source.covers]
