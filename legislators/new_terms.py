"""Seats whose new term has begun: the first days of the terms that were voted on in November 2026,
chamber by chamber, each with where and when it was read. `NEW_TERMS` in settings corrects any of
them.

Nothing here says who won. A seat that is not known to have been up or not counts as up. From its
first day until a roster that is newer covers the chamber, a seat may have changed hands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from legislators.models import Chamber, Seat, Source, Term
from legislators.states import STATES


class Read(NamedTuple):
    """Where a day was read, and when."""

    source: str
    on: dt.date


class NewTerm(NamedTuple):
    """Members sit from `first` on at the earliest; by `settled` all do. Only a roster newer than
    that day knows them.
    """

    first: dt.date
    settled: dt.date
    read: Read


_DAY = dt.date(2026, 11, 29)
_RULES = Read("Ballotpedia, When state legislators assume office after a general election", _DAY)
# The rest of that list, as a page that quotes it had it.
_QUOTED = Read(_RULES.source, dt.date(2026, 11, 30))
_NEW_HAMPSHIRE = Read("New Hampshire Constitution, part 2, article 3", dt.date(2026, 11, 30))
_NORTH_DAKOTA = Read("North Dakota Century Code 54-03.1-02", dt.date(2026, 11, 30))
_UNREAD = Read("general knowledge, not looked up", _DAY)
# State legislatures: the first day, the day by which all sit, the states, where it was read.
_LEGISLATURES = (
    ("2026-11-03", "2026-11-03", "FL HI", _RULES),
    ("2026-11-03", "2026-11-30", "AL DE IN NV OK SC TN", _RULES),  # in November, by rule
    ("2026-12-01", "2026-12-01", "ID", _RULES),
    ("2026-12-01", "2026-12-31", "ND", _NORTH_DAKOTA),
    ("2026-12-01", "2026-12-31", "PA WV", _UNREAD),
    ("2026-12-02", "2026-12-02", "ME", _RULES),
    ("2026-12-02", "2026-12-02", "NH", _NEW_HAMPSHIRE),  # the first Wednesday of December
    ("2026-12-07", "2026-12-07", "CA", _RULES),
    ("2027-01-01", "2027-01-04", "IA KY NM", _RULES),
    ("2027-01-01", "2027-01-04", "NC NY OH UT", _QUOTED),
    ("2027-01-04", "2027-01-04", "WI", _RULES),
    ("2027-01-04", "2027-01-04", "WY", _QUOTED),  # the first Monday
    ("2027-01-05", "2027-01-05", "RI", _QUOTED),  # the first Tuesday
    ("2027-01-06", "2027-01-06", "CT", _RULES),
    ("2027-01-06", "2027-01-06", "NE VT", _QUOTED),  # Wednesday after the first Monday
    ("2027-01-11", "2027-01-11", "AR AZ GA KS", _RULES),
    ("2027-01-11", "2027-01-11", "OR WA", _QUOTED),  # the second Monday
    ("2027-01-12", "2027-01-12", "SD TX", _QUOTED),  # the second Tuesday
    ("2027-01-13", "2027-01-13", "CO IL", _RULES),
    ("2027-01-19", "2027-01-19", "AK", _RULES),
)
_ODD_YEARS = {"LA", "MS", "NJ", "VA"}  # their legislatures were not up, by the same page
_JANUARY = NewTerm(dt.date(2027, 1, 1), dt.date(2027, 1, 31), _UNREAD)
_GOVERNORS = Read("Ballotpedia, Gubernatorial elections, 2026", _DAY)
_GOVERNORS_UP = (
    "AL AK AZ AR CA CO CT FL GA HI ID IL IA KS ME MD MA MI MN NE NV NH NM NY OH OK OR PA RI SC SD"
    " TN TX VT WI WY GU MP VI DC"
)
_ELECTED_GOVERNORS = frozenset(_GOVERNORS_UP.split())
_CONGRESS = NewTerm(
    dt.date(2027, 1, 3), dt.date(2027, 1, 3), Read("20th Amendment: noon of that day", _DAY)
)
_SPECIAL = {"FL", "OH"}  # elected in November for the rest of an appointed senator's term, class 3

_FIRST_DAYS = {
    state: NewTerm(dt.date.fromisoformat(first), dt.date.fromisoformat(settled), read)
    for first, settled, states, read in _LEGISLATURES
    for state in states.split()
}
_CORRECTION = re.compile(
    r"(?P<state>[A-Z]{2})(:(?P<chamber>\w+))?="
    r"(none|(?P<first>\d{4}-\d\d-\d\d)(\.\.(?P<settled>\d{4}-\d\d-\d\d))?)"
)
_LEGISLATURE = (Chamber.STATE_UPPER, Chamber.STATE_LOWER, Chamber.STATE_UNICAMERAL)
Corrections = Mapping[tuple[str, str], NewTerm | None]
_WITHOUT_RULE = (Chamber.PRESIDENT, Chamber.CUSTOM, Chamber.ATTORNEY_GENERAL)


def term_of(state: str, chamber: str, label: str = "") -> NewTerm | None:
    """The new term of a chamber's seats; of the Senate of the class that `label` names. None where
    nobody was elected to them in November 2026.
    """
    corrected = corrections(tuple(settings.NEW_TERMS))
    if (state, chamber) in corrected:
        return corrected[state, chamber]
    return _published(state, chamber, label)


def _published(state: str, chamber: str, label: str) -> NewTerm | None:
    # Attorneys general are appointed in some states, elected in other years in others: their own
    # terms say when they end.
    if state not in STATES or chamber in _WITHOUT_RULE:
        return None
    if chamber == Chamber.US_HOUSE:
        return _CONGRESS
    if chamber == Chamber.US_SENATE:
        if state in _SPECIAL and label == "Class 3":
            read = Read("Constitution, amendment 17", _DAY)
            return NewTerm(dt.date(2026, 11, 3), _CONGRESS.settled, read)
        # Class 2 was up in 2026; a seat whose class nobody told counts as up.
        return None if label in ("Class 1", "Class 3") else _CONGRESS
    if chamber in (Chamber.GOVERNOR, Chamber.LT_GOVERNOR):
        in_december = NewTerm(dt.date(2026, 12, 1), dt.date(2026, 12, 7), _GOVERNORS)
        early = {"AK": in_december, "HI": in_december}
        january = _JANUARY._replace(read=_GOVERNORS)
        return early.get(state, january) if state in _ELECTED_GOVERNORS else None
    return None if state in _ODD_YEARS else _FIRST_DAYS.get(state, _JANUARY)


@lru_cache(maxsize=8)
def corrections(written: tuple[str, ...]) -> Corrections:
    """What the operator says of chambers, as in docs/configuration.md: MD=2027-01-13 of both houses
    of a legislature, PA:state_upper=2026-12-01..2027-01-05 of one chamber, NE=none. Raises
    ValueError.
    """
    found: dict[tuple[str, str], NewTerm | None] = {}
    for text in written:
        state, chambers, term = _corrected(text)
        found |= {(state, chamber): term for chamber in chambers}
    return found


def _corrected(text: str) -> tuple[str, Iterable[str], NewTerm | None]:
    found = _CORRECTION.fullmatch(text.strip())
    if not found or found["state"] not in STATES:
        raise ValueError(f"{text!r} is no correction: write it like MD=2027-01-13")
    chamber = found["chamber"]
    if chamber and chamber not in Chamber.values:
        raise ValueError(f"{text!r}: there is no chamber {chamber!r}")
    if not found["first"]:
        return found["state"], [chamber] if chamber else _LEGISLATURE, None
    first = dt.date.fromisoformat(found["first"])
    settled = dt.date.fromisoformat(found["settled"] or found["first"])
    term = NewTerm(first, max(first, settled), Read("NEW_TERMS, set here", first))
    return found["state"], [chamber] if chamber else _LEGISLATURE, term


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
