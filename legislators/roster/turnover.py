"""What a refresh changed: who is new, gone or elsewhere, which seat is empty now, and whose
contacts are others.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from legislators.models import Contact, Seat, Source, Term, TurnoverReport
from legislators.roster.published import Reject

Pair = tuple[str, str]  # state, chamber
KINDS = ("new", "gone", "moved", "vacant", "contact")


@dataclass(frozen=True)
class Change:
    """One line.

    `before` and `after` are names for a seat, places for who moved, and the ways themselves for
    contacts.
    """

    kind: str
    state: str
    chamber: str
    district: str
    person: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.state, self.chamber, self.district) if part)
        words = {
            "new": (
                f"new: {self.person}, {place}" + (f", after {self.before}" if self.before else "")
            ),
            "gone": f"gone: {self.person}, {place}" + (f", now {self.after}" if self.after else ""),
            "moved": f"moved: {self.person}, from {self.before} to {self.after}",
            "vacant": f"vacant: {place}, was {self.before}",
            "contact": (
                f"contact: {self.person}, {place}: {self.before or 'nothing'} ->"
                f" {self.after or 'nothing'}"
            ),
        }
        return words[self.kind]


@dataclass(frozen=True)
class Standing:
    """Who held which seat on a day, and how a source said to reach them."""

    holders: dict[Seat, Term]
    ways: dict[int, set[tuple[str, str]]]


def standing(source: Source, pairs: set[Pair], on: dt.date | None) -> Standing:
    """Of these chambers; nothing where there was no day before."""
    if on is None or not pairs:
        return Standing({}, {})
    terms = (
        Term.objects.current(on)
        .filter(seat__jurisdiction__in={state for state, _ in pairs})
        .select_related("seat", "legislator")
    )
    holders = {
        term.seat: term
        for term in terms.order_by("pk")
        if (term.seat.jurisdiction_id, term.seat.chamber) in pairs
    }
    ours = {term.legislator_id for term in holders.values()}
    ways: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for person, kind, value in (
        Contact.objects.filter(source=source).values_list("legislator", "kind", "value").iterator()
    ):
        if person in ours:
            ways[person].add((kind, value))
    return Standing(holders, ways)


def compare(before: Standing, after: Standing) -> list[Change]:
    """In the order of KINDS, then by state, chamber and district."""
    changes = [*_changed_seats(before.holders, after.holders), *_changed_ways(before, after)]
    return sorted(
        changes,
        key=lambda each: (
            KINDS.index(each.kind),
            each.state,
            each.chamber,
            each.district,
            each.person,
        ),
    )


def store(
    source: Source, before_on: dt.date | None, changes: Sequence[Change], refused: Sequence[Reject]
) -> TurnoverReport | None:
    """One report per snapshot that changed something or is new to us; none when the same is loaded
    again.
    """
    if not changes and source.reports.filter(as_of=source.as_of).exists():
        return None
    rows = [asdict(change) for change in changes]
    return TurnoverReport.objects.create(
        source=source,
        as_of=source.as_of,
        before_on=before_on,
        changes=rows,
        refused=[list(reject) for reject in refused],
    )


def _changed_seats(before: dict[Seat, Term], after: dict[Seat, Term]) -> Iterator[Change]:
    stood = {term.legislator_id: seat for seat, term in before.items()}
    stands = {term.legislator_id: seat for seat, term in after.items()}
    for seat in {**before, **after}:
        old, new = before.get(seat), after.get(seat)
        if old and new and old.legislator_id == new.legislator_id:
            continue
        here = (seat.jurisdiction_id, seat.chamber, _district(seat))
        if new and new.legislator_id in stood:
            yield Change(
                "moved", *here, new.legislator.name, _place(stood[new.legislator_id]), _place(seat)
            )
        elif new:
            yield Change(
                "new", *here, new.legislator.name, before=old.legislator.name if old else ""
            )
        if old and old.legislator_id not in stands:
            yield Change(
                "gone", *here, old.legislator.name, after=new.legislator.name if new else ""
            )
        if old and not new:
            yield Change("vacant", *here, "", before=old.legislator.name)


def _changed_ways(before: Standing, after: Standing) -> Iterator[Change]:
    """Of people who were there before: what is new about somebody new is no change."""
    known = {term.legislator_id for term in before.holders.values()}
    for seat, term in after.holders.items():
        old, new = (
            before.ways.get(term.legislator_id, set()),
            after.ways.get(term.legislator_id, set()),
        )
        if term.legislator_id in known and old != new:
            here = (seat.jurisdiction_id, seat.chamber, _district(seat))
            yield Change(
                "contact", *here, term.legislator.name, _listed(old - new), _listed(new - old)
            )


def _district(seat: Seat) -> str:
    return " ".join(part for part in (seat.district, seat.label) if part)


def _place(seat: Seat) -> str:
    return " ".join(part for part in (seat.jurisdiction_id, seat.chamber, _district(seat)) if part)


def _listed(ways: set[tuple[str, str]]) -> str:
    return "; ".join(f"{kind} {value}" for kind, value in sorted(ways))
