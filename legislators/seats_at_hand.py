"""Seats with whoever holds or held them and how to reach them, in two queries however many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from legislators.contacts import WAYS
from legislators.models import Contact, Jurisdiction, Legislator, Seat, Term
from legislators.prepared import Prepared, Row, instance


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


_SEAT, _TERM, _PERSON, _STATE, _CONTACT = map(
    _columns, (Seat, Term, Legislator, Jurisdiction, Contact)
)
_ALL = (
    *_SEAT,
    *(f"jurisdiction__{name}" for name in _STATE),
    *(f"terms__{name}" for name in _TERM),
    *(f"terms__legislator__{name}" for name in _PERSON),
)


def _of_divisions(divisions: list[str]) -> QuerySet[Any, Any]:
    return Seat.objects.filter(division__in=divisions).order_by("pk").values_list(*_ALL)


def _of_chambers(
    divisions: list[str], states: list[str], chambers: list[str]
) -> QuerySet[Any, Any]:
    wanted = Q(division__in=divisions) | Q(jurisdiction__in=states, chamber__in=chambers)
    return Seat.objects.filter(wanted).order_by("pk").values_list(*_ALL)


def _of_people(people: list[int]) -> QuerySet[Any, Any]:
    rows = Contact.objects.filter(legislator__in=people, kind__in=WAYS)
    return rows.order_by("pk").values_list(*_CONTACT)


_BY_DIVISION, _BY_CHAMBER = Prepared(_of_divisions), Prepared(_of_chambers)
_CONTACTS = Prepared(_of_people)


def seats_of(
    divisions: Iterable[str], states: Iterable[str] = (), chambers: Iterable[str] = ()
) -> list[Seat]:
    """Those of these divisions, and of these chambers in these states.

    Their jurisdiction, terms, legislators and contacts (of the kinds that `reach` reads) are at
    hand as if prefetched.
    """
    lists = [sorted(set(each)) for each in (divisions, states, chambers)]
    rows = _BY_CHAMBER.rows(*lists) if lists[1] and lists[2] else _BY_DIVISION.rows(lists[0])
    seats: dict[int, Seat] = {}
    terms: dict[int, list[Term]] = {}
    states_made: dict[str, Jurisdiction] = {}
    people: dict[int, Legislator] = {}
    for row in rows:
        seat = _seat(row, seats, states_made)
        if term := _term(row, seat, people):
            terms.setdefault(seat.pk, []).append(term)
    for seat in seats.values():
        held = _AtHand(Term)
        held._deferred_filter = (False, (), {"seat": seat.pk})  # type: ignore[attr-defined]
        held._result_cache = terms.get(seat.pk, [])  # type: ignore[attr-defined]
        _put(seat, "terms", held)
    _add_contacts(people)
    return list(seats.values())


def _seat(row: Row, seats: dict[int, Seat], states: dict[str, Jurisdiction]) -> Seat:
    key = row[0]
    if key not in seats:
        seat = instance(Seat, _SEAT, row[: len(_SEAT)])
        code = seat.jurisdiction_id
        if code not in states:
            start = len(_SEAT)
            states[code] = instance(Jurisdiction, _STATE, row[start : start + len(_STATE)])
        # One object for all seats of a state, as select_related would not give.
        seat.jurisdiction = states[code]
        seats[key] = seat
    return seats[key]


def _term(row: Row, seat: Seat, people: dict[int, Legislator]) -> Term | None:
    start = len(_SEAT) + len(_STATE)
    # The join found no term: a seat that nobody is known to have held.
    if row[start] is None:
        return None
    ends = start + len(_TERM)
    term = instance(Term, _TERM, row[start:ends])
    key = row[ends]
    if key not in people:
        people[key] = instance(Legislator, _PERSON, row[ends:])
    term.legislator, term.seat = people[key], seat
    return term


def _add_contacts(people: dict[int, Legislator]) -> None:
    found: dict[int, list[Row]] = {}
    whose = _CONTACT.index("legislator_id")
    for row in _CONTACTS.rows(sorted(people)):
        found.setdefault(row[whose], []).append(row)
    for key, person in people.items():
        contacts = _AtHand(Contact)
        contacts._deferred_filter = (False, (), {"legislator": key})  # type: ignore[attr-defined]
        contacts.rows = found.get(key, [])
        _put(person, "contacts", contacts)


class _AtHand(QuerySet[Any, Any]):
    """Rows that were read already, made objects when somebody looks: of a hundred contacts in an
    answer few are. What is filtered further asks the database, about this owner's rows only: Django
    applies `_deferred_filter` when a query is wanted.
    """

    rows: list[Row] | None = None

    def _fetch_all(self) -> None:
        if self._result_cache is None and self.rows is not None:
            self._result_cache = [instance(self.model, _CONTACT, row) for row in self.rows]
        super()._fetch_all()  # type: ignore[misc]

    def __getitem__(self, which: Any) -> Any:
        # A slice of what is at hand; without this Django would ask the database for it.
        if self.rows is not None:
            self._fetch_all()
        return super().__getitem__(which)


def _put(owner: Model, name: str, answered: QuerySet[Any, Any]) -> None:
    """As prefetch_related leaves them: `owner.name.all()` asks the database nothing."""
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = answered
