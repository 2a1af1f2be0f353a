"""Who holds which seat: open, keep and close terms so that they say what a source says.

Nothing is ever deleted.

A holder keeps their position across refreshes, and loading the same roster twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from legislators.models import Contact, Legislator, SaidHolder, Seat, Source, Term
from legislators.roster.holders_by_hand import RosterWord, hear_roster, standing_over
from legislators.roster.published import Reject


class Way(NamedTuple):
    """A way to reach somebody; `office` is capitol or district, `place` the town of a district
    office.
    """

    kind: str
    value: str
    office: str
    place: str = ""


@dataclass(frozen=True)
class Holding:
    """One person on one seat, as published.

    `district` is as the roster writes it, lower case; `label` a seat's letter or class.
    """

    key: str
    name: str
    given_name: str
    family_name: str
    party: str
    chamber: str
    division: str
    district: str
    label: str = ""
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    ways: tuple[Way, ...] = ()


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
    people = _remember_people(holdings, source, turnover)
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
    seats: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(
        division__in={holding.division for holding in holdings}
    ).order_by("position"):
        seats[seat.chamber, seat.division].append(seat)
    # First everybody on the seat that they hold already; then the others, on what is free.
    holds_now = _who_sits_where(open_terms, said)
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
    # Who is kept in a doubtful chamber keeps their seat: nobody else is put on it.
    taken |= {
        seat_id
        for seat_id, terms in open_terms.items()
        if (terms[0].seat.jurisdiction_id, terms[0].seat.chamber) in kept
    }
    for holding in waiting:
        here = seats[holding.chamber, holding.division]
        free = next((seat for seat in here if seat.pk not in taken and _suits(seat, holding)), None)
        if free is None:
            reason = "no seat is left in this district" if here else "no such district is expected"
            turnover.rejected.append(
                Reject(f"{holding.name}, {holding.chamber} {holding.division}", reason)
            )
            continue
        taken.add(free.pk)
        seated[free.pk, holding.key] = holding
    return seated


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
    new, changed = [], []
    for (seat_id, key), holding in seated.items():
        term = next(
            (term for term in open_terms.get(seat_id, ()) if term.legislator.key == key), None
        )
        # A source that gives no first day does not unsay the one we know.
        started_on = holding.started_on or (term.started_on if term else None)
        facts = {
            "party": holding.party[:60],
            "started_on": started_on,
            "ended_on": holding.ended_on,
        }
        if term is None:
            new.append(
                Term(
                    seat_id=seat_id,
                    legislator=people[key],
                    source=source,
                    as_of=source.as_of,
                    **facts,
                )
            )
        elif any(getattr(term, name) != value for name, value in facts.items()):
            changed.append(term)
        else:
            turnover.kept += 1
        if term is not None:
            for name, value in {**facts, "source": source, "as_of": source.as_of}.items():
                setattr(term, name, value)
    kept = [
        term
        for terms in open_terms.values()
        for term in terms
        if (term.seat_id, term.legislator.key) in seated
    ]
    Term.objects.bulk_update(
        kept, ["party", "started_on", "ended_on", "source", "as_of"], batch_size=300
    )
    Term.objects.bulk_create(new, batch_size=500)
    turnover.opened, turnover.changed = len(new), len(changed)


def _remember_people(
    holdings: Sequence[Holding], source: Source, turnover: Turnover
) -> dict[str, Legislator]:
    """Find or add every person by the source's own key, and make their names and contacts say what
    the source says.
    """
    wanted = {holding.key: holding for holding in holdings}
    people = (
        {person.key: person for person in Legislator.objects.filter(key__in=wanted)}
        if len(wanted) < 900
        else _all_of(wanted)
    )
    new, changed = [], []
    for key, holding in wanted.items():
        names = {
            "name": holding.name[:120],
            "given_name": holding.given_name[:60],
            "family_name": holding.family_name[:60],
        }
        person = people.get(key)
        if person is None:
            new.append(Legislator(key=key, **names))
        elif any(getattr(person, name) != value for name, value in names.items()):
            changed.append(person)
            for name, value in names.items():
                setattr(person, name, value)
    Legislator.objects.bulk_update(changed, ["name", "given_name", "family_name"], batch_size=300)
    people |= {person.key: person for person in Legislator.objects.bulk_create(new, batch_size=500)}
    turnover.contacts = _remember_ways(wanted, people, source)
    return people


def _all_of(wanted: dict[str, Holding]) -> dict[str, Legislator]:
    """Thousands of keys are more than SQLite takes in one query."""
    return {person.key: person for person in Legislator.objects.iterator() if person.key in wanted}


def _remember_ways(
    wanted: dict[str, Holding], people: dict[str, Legislator], source: Source
) -> int:
    published = {
        (people[key].pk, way.kind, way.value[:300]): (way.office, way.place[:80])
        for key, holding in wanted.items()
        for way in (Way(*each) for each in reversed(holding.ways))
        if way.value
    }
    ours = {person.pk for person in people.values()}
    gone, vouched, known = [], [], set()
    for row in Contact.objects.iterator():
        way = (row.legislator_id, row.kind, row.value)
        if way in published and not row.is_usable and row.refused_at is None:
            vouched.append(row.pk)
        if (
            row.source_id == source.pk
            and row.legislator_id in ours
            and published.get(way) != (row.office, row.place)
        ):
            gone.append(row.pk)
        else:
            known.add(way)  # of another source too: one row per way
    for start in range(0, len(gone), 500):
        Contact.objects.filter(pk__in=gone[start : start + 500]).delete()
    # What somebody typed and a roster publishes needs no second person.
    Contact.objects.filter(pk__in=vouched).update(
        approved_by=source.name, approved_at=timezone.now()
    )
    # Reversed above so that the first office a source lists wins; reversed here so that its rows
    # come first.
    new = [
        Contact(
            legislator_id=person, kind=kind, value=value, office=office, place=place, source=source
        )
        for (person, kind, value), (office, place) in reversed(published.items())
        if (person, kind, value) not in known
    ]
    Contact.objects.bulk_create(new, batch_size=500)
    return len(new) + len(gone)
