"""Who represents this address?

The one door: an address, a ZIP or a point in; seats with holders, reasons and honest certainty out.

Nothing typed is stored or logged, nor sent anywhere unless the operator set up a geocoder that asks
another machine. The number of queries is constant. Certainty: one candidate district is certain,
several are all offered with certain=False, and nothing ever picks among them; `Whereabouts` says
when a place is too near a line to be certain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.db import DatabaseError
from django.utils.functional import lazy

from legislators.addresses import Address
from legislators.by_hand.contacts import BY_HAND
from legislators.candidate_districts import whereabouts_of, whereabouts_of_point
from legislators.contacts import reach
from legislators.holders import office_day
from legislators.loaded_data import LoadedData
from legislators.maps.boundaries import IndexUnavailable
from legislators.maps.redistricting import Outlook
from legislators.models import Chamber, Seat, Source, Term
from legislators.new_terms import is_untold, new_term_begun, said_here, sources_covering
from legislators.reasons import reason
from legislators.seats_here import seat_order, seats_here
from legislators.whereabouts import District, Standing, Whereabouts
from legislators.zips.districts import ZipAsked, whereabouts_of_zip
from legislators.zips.missing import with_zip


class StateOfZip(NamedTuple):
    """`asks` is why the person has to be asked, as Match.asks_state; "" where they need not."""

    state: str
    asks: str = ""


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
    status: str  # held, vacant, unknown, or turnover: its holder is the last known, if any
    certain: bool
    method: str  # address_point, range, street, census, point, zip, near or state
    radius_m: int
    edition: str
    reason: str
    # To the next district of the layer; None: farther than was looked, or not asked.
    boundary_m: int | None = None


@dataclass(frozen=True)
class Match:
    """`state` is "" when it is unknown or there are several; `states` are those it may be.

    `asks_state`: nothing that was typed names a state, and this translated sentence says why; ask
    for it, and pass it to `find` as `home`. `street_words`: the ZIP has no such street, and this
    translated sentence says so, with near spellings where we have any; `near_streets` are those as
    lines to type instead.
    """

    query: str
    state: str
    places: tuple[Place, ...]
    states: tuple[str, ...] = ()
    asks_state: str = ""
    street_words: str = ""
    near_streets: tuple[str, ...] = ()

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


def find(
    address: Address, *, on: dt.date | None = None, home: str = "", nationwide: bool = False
) -> Match:
    """Raises LookupUnavailable only.

    Decided as finely as we can be sure of: a known point, a street of ours, or the ZIP. `home` is
    the state (two letters) that the person chose when asked; `nationwide` adds the President and
    offices of our own.
    """
    return Atlas(on).find(address, home=home, nationwide=nationwide)


def find_zip(zip5: str, on: dt.date | None = None) -> Match:
    """Every seat of a ZIP code. Raises LookupUnavailable only."""
    return Atlas(on).find(Address(street="", zip=zip5))


def find_point(lat: float, lon: float, on: dt.date | None = None) -> Match:
    """Every seat of a point, in degrees. Raises LookupUnavailable only."""
    return Atlas(on).find_point(lat, lon)


def state_of_zip(zip5: str, written: str = "") -> StateOfZip:
    """What a lookup of this ZIP says of the state, without its seats; `written` is the state that
    the person wrote. Raises LookupUnavailable only.
    """
    try:
        here = whereabouts_of_zip(ZipAsked(zip5, state=written), LoadedData(office_day()))
    except DatabaseError as error:
        raise LookupUnavailable from error
    return StateOfZip(here.state, here.asks_state)


def complete(address: Address) -> Address:
    """With its ZIP code, for an address without one where town and street leave no choice.

    Raises LookupUnavailable only.
    """
    try:
        return with_zip(address, LoadedData(office_day()))
    except DatabaseError as error:
        raise LookupUnavailable from error


def with_town(address: Address, state: str) -> Address:
    """In that state, with the town that its ZIP code is published under there, if any is."""
    try:
        published = LoadedData(office_day()).published(address.zip)
    except DatabaseError:
        published = []
    towns = {row.town for row in published if row.state == state}
    town = towns.pop() if len(towns) == 1 else address.city
    return replace(address, city=town, state=state or address.state)


class Atlas:
    """Everything lookup reads, read once: one for each question, or one for many in a row, which is
    how a batch is quick.
    """

    def __init__(self, on: dt.date | None = None, *, many: bool = False) -> None:
        """`many`: keep what one answer read for the next, and ask no other machine."""
        self.loaded = LoadedData(on or office_day(), many=many)
        self._seats: dict[Hashable, list[Seat]] = {}

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.all())

    @cached_property
    def by_hand(self) -> set[int]:
        """The source of what people here say."""
        return {source.pk for source in self.sources if source.key == BY_HAND}

    def find(self, address: Address, *, home: str = "", nationwide: bool = False) -> Match:
        """As `lookup.find`. Raises LookupUnavailable only."""
        try:
            here = whereabouts_of(address, self.loaded, home=home)
            return self._match(address.one_line(), here, nationwide=nationwide)
        except DatabaseError as error:
            raise LookupUnavailable from error

    def has_map(self, seat: Seat) -> bool:
        """Whether a map in force draws the districts of this seat's chamber in its state."""
        return seat.layer in self.loaded.layers_of(seat.jurisdiction_id)

    def find_point(self, lat: float, lon: float) -> Match:
        """Raises LookupUnavailable only."""
        try:
            return self._match(f"{lat}, {lon}", whereabouts_of_point(lat, lon, self.loaded))
        except (DatabaseError, IndexUnavailable, OSError) as error:
            raise LookupUnavailable from error

    def _match(self, query: str, here: Whereabouts, *, nationwide: bool = False) -> Match:
        districts = {(each.layer, each.division): each for each in here.districts()}
        places = [
            _place(seat, self._district(seat, districts), here, self)
            for seat in self._seats_of(here, nationwide=nationwide)
        ]
        places.sort(key=lambda place: seat_order(place.seat))
        return Match(
            query,
            here.state,
            tuple(places),
            here.states,
            here.asks_state,
            here.street_words,
            here.near_streets,
        )

    def _district(
        self, seat: Seat, districts: Mapping[tuple[str, str], District]
    ) -> District | None:
        """None also where a whole state is one district and its map ran out: it needs none."""
        if seat.serves_whole_state and self.loaded.outlook(seat.layer, seat.jurisdiction_id):
            return None
        return districts.get((seat.layer, seat.division))

    def _seats_of(self, here: Whereabouts, *, nationwide: bool) -> list[Seat]:
        if not self.loaded.many:
            return seats_here(here, self.loaded.on, nationwide=nationwide)
        # Offices of our own may serve single ZIP codes.
        zip5 = here.zip if nationwide else ""
        where = (frozenset(here.districts()), here.states, nationwide, zip5)
        if where not in self._seats:
            self._seats[where] = seats_here(here, self.loaded.on, nationwide=nationwide)
        return self._seats[where]


def _place(seat: Seat, district: District | None, here: Whereabouts, atlas: Atlas) -> Place:
    on = atlas.loaded.on
    # Of two at once the later one, as legislators.holders has it.
    holder = max(
        (term for term in seat.terms.all() if term.holds(on)),
        key=lambda term: (term.started_on or dt.date.min, term.pk),
        default=None,
    )
    standing = here.standings[district.layer] if district else Standing((), "state")
    outlook = None
    if not seat.serves_whole_state:
        outlook = atlas.loaded.outlook(seat.layer, seat.jurisdiction_id)
    by_zip_alone = seat.chamber == Chamber.CUSTOM and not seat.serves_whole_state
    is_sure = standing.is_certain if district else seat.serves_whole_state or by_zip_alone
    # A map that ran out where lines may have moved since: offered, never certain.
    if outlook and not outlook.decides:
        is_sure = False
    return Place(
        seat=seat,
        holder=holder,
        status=_status(seat, holder, atlas),
        # In whichever of these states somebody lives, the President is theirs; and a ZIP code is
        # what it is.
        certain=is_sure and (not here.doubt or seat.serves_everybody or by_zip_alone),
        method=standing.method,
        radius_m=standing.radius_m,
        edition=district.edition if district else "",
        # Most lookups are for a letter, which says nothing of it: worded when somebody reads it.
        reason=_reason(seat, district, here, outlook, has_map=atlas.has_map(seat)),
        boundary_m=standing.boundary_m,
    )


def _why(
    seat: Seat,
    district: District | None,
    here: Whereabouts,
    outlook: Outlook | None,
    *,
    has_map: bool,
) -> str:
    words = reason(seat, district, here, has_map=has_map)
    return f"{words} {outlook.sentence}" if outlook and not here.doubt else words


_reason = lazy(_why, str)


def _status(seat: Seat, holder: Term | None, atlas: Atlas) -> str:
    """ "turnover": its new term has begun, and no roster here is newer; `holder` is the last known.

    Where no source ever covered the chamber it stays unknown.
    """
    on = atlas.loaded.on
    term, was_held = new_term_begun(seat, holder, on), bool(seat.terms.all())
    if holder and term is None:
        return "held"  # as nearly always: nothing more is read
    if said := said_here(seat, holder, term, atlas.by_hand, on):
        return said
    if term and is_untold(seat, term, atlas.sources, was_held=was_held):
        return "turnover"
    return "held" if holder else _status_without_holder(seat, atlas.sources)


def _status_without_holder(seat: Seat, sources: list[Source]) -> str:
    """Vacant only if a source that knows this chamber left the seat empty; a term that ran out
    after its snapshot says nothing.
    """
    known_on = [source.as_of for source in sources_covering(sources, seat)]
    ended = max((term.ended_on for term in seat.terms.all() if term.ended_on), default=dt.date.min)
    return "vacant" if known_on and ended <= max(known_on) else "unknown"


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
        "reason": str(place.reason),
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
