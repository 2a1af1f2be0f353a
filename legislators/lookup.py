"""Who represents this address?

The one door: an address, a ZIP or a point in; seats with holders, reasons and honest certainty out.

Nothing typed is stored or logged, nor sent anywhere unless the operator set up a geocoder that asks
another machine. The number of queries is constant. Certainty: one candidate district is certain,
several are all offered with certain=False, and nothing ever picks among them; `Whereabouts` says
when a place is too near a line to be certain.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from django.db import DatabaseError
from django.db.models import Prefetch, Q
from django.utils import timezone

from legislators.addresses import Address
from legislators.boundaries import IndexUnavailable
from legislators.candidate_districts import (
    District,
    Standing,
    Survey,
    Whereabouts,
    whereabouts_of,
    whereabouts_of_point,
    whereabouts_of_zip,
)
from legislators.contacts import reach
from legislators.models import Chamber, Layer, Seat, Source, Term
from legislators.reasons import reason
from legislators.states import FRANKLIN, STATES

_ORDER = [
    Chamber.US_SENATE,
    Chamber.US_HOUSE,
    Chamber.GOVERNOR,
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
    Chamber.PRESIDENT,
]


class LookupUnavailable(Exception):
    """The lookup itself failed; the address may be fine.

    Keep the supporter and look again later.
    """


@dataclass(frozen=True)
class Place:
    """One seat that represents, or may represent, what was asked for.

    `reason` is a translated sentence for a supporter.
    """

    seat: Seat
    holder: Term | None
    status: str  # held, vacant or unknown
    certain: bool
    method: str  # address_point, range, street, census, point, zip or state
    radius_m: int
    edition: str
    reason: str
    boundary_m: int | None = (
        None  # to the next district of the layer; None: farther than was looked, or not asked
    )


@dataclass(frozen=True)
class Match:
    """`state` is "" when the ZIP is unknown or crosses a state line."""

    query: str
    state: str
    places: tuple[Place, ...]

    def certain_places(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.certain)

    def split_chambers(self) -> dict[str, dict[str, tuple[Place, ...]]]:
        """chamber -> division -> its places, of those a person has to choose between."""
        chambers: dict[str, dict[str, tuple[Place, ...]]] = {}
        for place in self.places:
            if not place.certain:
                divisions = chambers.setdefault(place.seat.chamber, {})
                divisions[place.seat.division] = (*divisions.get(place.seat.division, ()), place)
        return chambers

    def as_json(self) -> dict[str, object]:
        return {"query": self.query, "seats": [_place_json(place) for place in self.places]}


def find(address: Address, *, on: dt.date | None = None) -> Match:
    """Raises LookupUnavailable only.

    Decided as finely as we can be sure of: a known point, a street of ours, or the ZIP.
    """
    return Atlas(on).find(address)


def find_zip(zip5: str, on: dt.date | None = None) -> Match:
    """Every seat of a ZIP code. Raises LookupUnavailable only."""
    return Atlas(on).find(Address(street="", zip=zip5))


def find_point(lat: float, lon: float, on: dt.date | None = None) -> Match:
    """Every seat of a point, in degrees. Raises LookupUnavailable only."""
    return Atlas(on).find_point(lat, lon)


def state_of_zip(zip5: str) -> str:
    """The state that all of a ZIP code lies in, "" when unknown or across a line:
    `find_zip(zip5).state` without its seats.
    """
    try:
        return whereabouts_of_zip(zip5, "", Survey(timezone.localdate())).state
    except DatabaseError as error:
        raise LookupUnavailable from error


class Atlas:
    """Everything lookup reads, read once: one for each question, or one for many in a row, which is
    how a batch is quick.
    """

    def __init__(self, on: dt.date | None = None, *, many: bool = False) -> None:
        """`many`: keep what one answer read for the next, and ask no other machine."""
        self.survey = Survey(on or timezone.localdate(), many=many)
        self._seats: dict[Hashable, list[Seat]] = {}

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.all())

    def find(self, address: Address) -> Match:
        """Raises LookupUnavailable only."""
        try:
            return self._match(address.one_line(), whereabouts_of(address, self.survey))
        except DatabaseError as error:
            raise LookupUnavailable from error

    def find_point(self, lat: float, lon: float) -> Match:
        """Raises LookupUnavailable only."""
        try:
            return self._match(f"{lat}, {lon}", whereabouts_of_point(lat, lon, self.survey))
        except (DatabaseError, IndexUnavailable, OSError) as error:
            raise LookupUnavailable from error

    def _match(self, query: str, whereabouts: Whereabouts) -> Match:
        districts = {
            (district.layer, district.division): district for district in whereabouts.districts()
        }
        seats = self._seats_of(whereabouts)
        places = [
            _place(
                seat,
                districts.get((seat.layer, seat.division)),
                whereabouts,
                self.sources,
                self.survey.on,
            )
            for seat in seats
        ]
        places.sort(key=lambda place: _sort_key(place.seat))
        return Match(query, whereabouts.state, tuple(places))

    def _seats_of(self, whereabouts: Whereabouts) -> list[Seat]:
        if not self.survey.many:
            return _seats(whereabouts)
        where = (frozenset(whereabouts.districts()), whereabouts.states)
        if where not in self._seats:
            self._seats[where] = _seats(whereabouts)
        return self._seats[where]


def _seats(whereabouts: Whereabouts) -> list[Seat]:
    """Those of the candidate districts and of the candidate states as a whole, each with terms,
    legislators and contacts.
    """
    divisions = [district.division for district in whereabouts.districts()] + [
        _division(state) for state in whereabouts.states
    ]
    wanted = Q(division__in=divisions)
    if "DC" in whereabouts.states and not whereabouts.rivals(Layer.SLDU):
        wanted |= Q(jurisdiction="DC", chamber=Chamber.DC_COUNCIL)
    terms = Term.objects.select_related("legislator").prefetch_related("legislator__contacts")
    seats = (
        Seat.objects.filter(wanted)
        .select_related("jurisdiction")
        .prefetch_related(Prefetch("terms", terms))
    )
    drawn = {(district.layer, district.division) for district in whereabouts.districts()}
    # A division can name a state and its only congressional district at once: such a seat needs no
    # map.
    return [
        seat
        for seat in seats
        if not seat.layer
        or (seat.layer, seat.division) in drawn
        or seat.layer not in {c[0] for c in drawn}
    ]


def _place(
    seat: Seat,
    district: District | None,
    whereabouts: Whereabouts,
    sources: list[Source],
    on: dt.date,
) -> Place:
    holder = max(
        (term for term in seat.terms.all() if term.holds(on)),
        key=lambda term: (term.started_on or dt.date.min, term.pk),
        default=None,
    )
    standing = whereabouts.standings[district.layer] if district else Standing((), "state")
    at_large = seat.division == seat.jurisdiction.division
    return Place(
        seat=seat,
        holder=holder,
        status="held" if holder else _status_without_holder(seat, sources),
        certain=not whereabouts.doubt and (at_large if district is None else standing.is_certain),
        method=standing.method,
        radius_m=standing.radius_m,
        edition=district.edition if district else "",
        reason=reason(seat, district, whereabouts),
        boundary_m=standing.boundary_m,
    )


def _status_without_holder(seat: Seat, sources: list[Source]) -> str:
    """Vacant only if a source that knows this chamber left the seat empty; a term that ran out
    after its snapshot says nothing.
    """
    covering = [
        source.as_of for source in sources if [seat.jurisdiction_id, seat.chamber] in source.covers
    ]
    ended = max((term.ended_on for term in seat.terms.all() if term.ended_on), default=dt.date.min)
    return "vacant" if covering and ended <= max(covering) else "unknown"


def _sort_key(seat: Seat) -> tuple[object, ...]:
    numbers = [
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.split(r"(\d+)", seat.district)
        if part
    ]
    return (_ORDER.index(Chamber(seat.chamber)), seat.jurisdiction_id, numbers, seat.position)


def _division(state: str) -> str:
    return FRANKLIN.division if state == FRANKLIN.code else STATES[state].division


def _place_json(place: Place) -> dict[str, object]:
    seat = place.seat
    return {
        "chamber": seat.chamber,
        "state": seat.jurisdiction_id,
        "district": seat.district,
        "division": seat.division,
        "position": seat.position,
        "certain": place.certain,
        "method": place.method,
        "radius_m": place.radius_m,
        "edition": place.edition,
        "reason": place.reason,
        "holder": _holder_json(place.holder),
        "status": place.status,
    }


def _holder_json(term: Term | None) -> dict[str, str] | None:
    if term is None:
        return None
    ways = reach(term.legislator)
    return {
        "name": term.legislator.name,
        "party": term.party,
        "email": ways.email,
        "phone": ways.phone,
    }
