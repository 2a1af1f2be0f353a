"""Who holds which seat: open, keep and close terms so that they say what a source says.

Nothing is ever deleted.

A holder keeps their position across refreshes, and loading the same roster twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from legislators.models import Legislator, SaidHolder, Seat, Source, Term
from legislators.roster.holders_by_hand import RosterWord, hear_roster, standing_over
from legislators.roster.holdings import Holding
from legislators.roster.people import remember_people
from legislators.roster.published import Reject


@dataclass
class Turnover:
    """What a refresh changed, and what it could not use."""

    opened: int = 0
    kept: int = 0
    changed: int = 0
    closed: int = 0
    contacts: int = 0
    rejected: list[Reject] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)  # from what people here say of a seat


def write_terms(
    holdings: Sequence[Holding],
    source: Source,
    covers: Iterable[tuple[str, str]],
    doubtful: Iterable[tuple[str, str]] = (),
) -> Turnover:
    """Make the terms of the chambers that `covers` names (state, chamber) say what these holdings
    say. Call it in a transaction.

    Of `doubtful` chambers a source does not know everyone: who is not named there keeps their seat.
    """
    turnover = Turnover()
    kept = set(doubtful)
    people, turnover.contacts = remember_people(holdings, source)
    open_terms = _open_terms(source, set(covers) | kept)
    said = _said_of(set(covers) | kept, source)
    seated = _seat(holdings, open_terms, said, turnover, kept)
    _leave_as_said(said, kept, seated, people, source, turnover)
    # What people here said has its term already: closing or keeping it is not the roster's.
    open_terms = {seat: terms for seat, terms in open_terms.items() if seat not in said}
    for seat_id, terms in open_terms.items():
        for term in terms:
            is_kept = (term.seat.jurisdiction_id, term.seat.chamber) in kept
            if (seat_id, term.legislator.key) not in seated and not is_kept:
                # Never before it began: a term may start after the day of the snapshot.
                term.ended_on = max(source.as_of, term.started_on or source.as_of)
                turnover.closed += 1
                Term.objects.filter(pk=term.pk).update(ended_on=term.ended_on, as_of=source.as_of)
    _open_or_keep(seated, open_terms, people, source, turnover)
    return turnover


def _open_terms(source: Source, covered: set[tuple[str, str]]) -> dict[int, list[Term]]:
    """The terms of covered seats that had not ended when the source was taken, by seat."""
    rows = Term.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=source.as_of),
        seat__jurisdiction__in={state for state, _ in covered},
    )
    terms: dict[int, list[Term]] = defaultdict(list)
    for term in rows.select_related("legislator", "seat").order_by("pk"):
        if (term.seat.jurisdiction_id, term.seat.chamber) in covered:
            terms[term.seat_id].append(term)
    return terms


def _said_of(chambers: set[tuple[str, str]], source: Source) -> dict[int, SaidHolder]:
    rows = standing_over(source)
    return {
        seat: row
        for seat, row in rows.items()
        if (row.seat.jurisdiction_id, row.seat.chamber) in chambers
    }


def _leave_as_said(
    said: dict[int, SaidHolder],
    kept: set[tuple[str, str]],
    seated: dict[tuple[int, str], Holding],
    people: dict[str, Legislator],
    source: Source,
    turnover: Turnover,
) -> None:
    """What people here say of a seat stays; the roster's word for it goes out of `seated`."""
    words = {}
    for seat, key in [place for place in seated if place[0] in said]:
        holding = seated.pop((seat, key))
        words[seat] = RosterWord(people[key], holding.party, holding.started_on, holding.ended_on)
    # A roster that does not know everyone of a chamber says nothing of whom it does not name.
    heard = [
        row
        for seat, row in said.items()
        if seat in words or (row.seat.jurisdiction_id, row.seat.chamber) not in kept
    ]
    turnover.differs += hear_roster(heard, words, source)


def _seat(
    holdings: Sequence[Holding],
    open_terms: dict[int, list[Term]],
    said: dict[int, SaidHolder],
    turnover: Turnover,
    kept: set[tuple[str, str]],
) -> dict[tuple[int, str], Holding]:
    """Give every holding a seat: the one they hold, else one with their label, else a free one.
    (seat, person) -> holding.
    """
    seats = _seats_of(holdings)
    # First everybody on the seat that they hold already; then the others, on what is free.
    seated, waiting = _on_their_own_seats(holdings, seats, _who_sits_where(open_terms, said))
    taken = {seat_id for seat_id, _ in seated} | _kept_seats(open_terms, kept)
    for holding in waiting:
        here = seats[holding.chamber, holding.division]
        free = next((seat for seat in here if seat.pk not in taken and _suits(seat, holding)), None)
        if free is None:
            reason = "no seat is left in this district" if here else "no such district is expected"
            place = f"{holding.name}, {holding.chamber} {holding.division}"
            turnover.rejected.append(Reject(place, reason))
            continue
        taken.add(free.pk)
        seated[free.pk, holding.key] = holding
    return seated


def _seats_of(holdings: Sequence[Holding]) -> dict[tuple[str, str], list[Seat]]:
    """By chamber and division, in order."""
    seats: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    divisions = {holding.division for holding in holdings}
    for seat in Seat.objects.filter(division__in=divisions).order_by("position"):
        seats[seat.chamber, seat.division].append(seat)
    return seats


def _on_their_own_seats(
    holdings: Sequence[Holding],
    seats: dict[tuple[str, str], list[Seat]],
    holds_now: set[tuple[int, str]],
) -> tuple[dict[tuple[int, str], Holding], list[Holding]]:
    """Who stays on a seat, as (seat, person) -> holding; and who waits for one."""
    seated: dict[tuple[int, str], Holding] = {}
    taken: set[int] = set()
    waiting = []
    # In one order whatever the file's, so that positions stay from refresh to refresh.
    for holding in sorted(
        holdings, key=lambda each: (each.started_on or dt.date.min, each.name, each.key)
    ):
        here = seats[holding.chamber, holding.division]
        own = next(
            (seat for seat in here if (seat.pk, holding.key) in holds_now and seat.pk not in taken),
            None,
        )
        if own and _suits(own, holding):
            taken.add(own.pk)
            seated[own.pk, holding.key] = holding
        else:
            waiting.append(holding)
    return seated, waiting


def _kept_seats(open_terms: dict[int, list[Term]], kept: set[tuple[str, str]]) -> set[int]:
    """Who is kept in a doubtful chamber keeps their seat: nobody else is put on it."""
    return {
        seat_id
        for seat_id, terms in open_terms.items()
        if (terms[0].seat.jurisdiction_id, terms[0].seat.chamber) in kept
    }


def _who_sits_where(
    open_terms: dict[int, list[Term]], said: dict[int, SaidHolder]
) -> set[tuple[int, str]]:
    """(seat, person's key), as rosters have it: also where people here say otherwise."""
    holds = {
        (seat_id, term.legislator.key) for seat_id, terms in open_terms.items() for term in terms
    }
    return holds | {
        (seat_id, row.roster_legislator.key)
        for seat_id, row in said.items()
        if row.roster_legislator
    }


def _suits(seat: Seat, holding: Holding) -> bool:
    return seat.label == holding.label


def _open_or_keep(
    seated: dict[tuple[int, str], Holding],
    open_terms: dict[int, list[Term]],
    people: dict[str, Legislator],
    source: Source,
    turnover: Turnover,
) -> None:
    told = {"source": source, "as_of": source.as_of}
    standing = {
        (term.seat_id, term.legislator.key): term
        for terms in open_terms.values()
        for term in reversed(terms)
    }
    as_before, changed, new = [], [], []
    for (seat_id, key), holding in seated.items():
        term = standing.get((seat_id, key))
        facts = _facts(holding, term)
        if term is None:
            new.append(Term(seat_id=seat_id, legislator=people[key], **told, **facts))
            continue
        if all(getattr(term, name) == value for name, value in facts.items()):
            as_before.append(term.pk)
            continue
        for name, value in {**facts, **told}.items():
            setattr(term, name, value)
        changed.append(term)
    # Of nearly all it is said once more what was said before.
    for start in range(0, len(as_before), 500):
        Term.objects.filter(pk__in=as_before[start : start + 500]).update(**told)
    Term.objects.bulk_update(
        changed, ["party", "started_on", "ended_on", "source", "as_of"], batch_size=300
    )
    Term.objects.bulk_create(new, batch_size=500)
    turnover.opened, turnover.changed, turnover.kept = len(new), len(changed), len(as_before)


def _facts(holding: Holding, term: Term | None) -> dict[str, Any]:
    """What a term says of its holder; `term` is what we know of it so far."""
    return {
        "party": holding.party[:60],
        # A source that gives no first day does not unsay the one we know.
        "started_on": holding.started_on or (term.started_on if term else None),
        "ended_on": holding.ended_on,
    }
