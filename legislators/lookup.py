"""Who represents this address? The one door: an address, a ZIP or a point in; seats with holders, reasons and honest certainty out.

Nothing typed is stored, logged or sent anywhere. The number of queries is constant. Certainty: one candidate district is certain,
several are all offered with certain=False, and nothing ever picks among them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from legislators.addresses import Address
from legislators.boundaries import IndexUnavailable, MapInForce, districts_at, maps_in_force
from legislators.contacts import reach
from legislators.models import AddressPoint, Chamber, Layer, Seat, Source, Term, ZipDistrict
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
    """The lookup itself failed; the address may be fine. Keep the supporter and look again later."""


@dataclass(frozen=True)
class Place:
    """One seat that represents, or may represent, what was asked for. `reason` is a translated sentence for a supporter."""

    seat: Seat
    holder: Term | None
    status: str  # held, vacant or unknown
    certain: bool
    method: str  # address_point, point, zip or state
    radius_m: int
    edition: str
    reason: str


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
    """Raises LookupUnavailable only. A known address is decided by its point on our own maps, any other by its ZIP."""
    try:
        on = on or timezone.localdate()
        maps = maps_in_force(on)
        ground = _ground_of_known_address(address, maps) or _ground_of_zip(address.zip, address.state, maps)
        return _match(address.one_line(), ground, on)
    except DatabaseError as error:
        raise LookupUnavailable from error


def find_zip(zip5: str, on: dt.date | None = None) -> Match:
    """Every seat of a ZIP code. Raises LookupUnavailable only."""
    return find(Address(street="", zip=zip5), on=on)


def find_point(lat: float, lon: float, on: dt.date | None = None) -> Match:
    """Every seat of a point, in degrees. Raises LookupUnavailable only."""
    try:
        on = on or timezone.localdate()
        return _match(f"{lat}, {lon}", _ground_of_point(lat, lon, maps_in_force(on), "point"), on)
    except (DatabaseError, IndexUnavailable, OSError) as error:
        raise LookupUnavailable from error


def state_of_zip(zip5: str) -> str:
    """The state that all of a ZIP code lies in, "" when unknown or across a line: `find_zip(zip5).state` without its seats."""
    try:
        return _ground_of_zip(zip5, "", maps_in_force(timezone.localdate())).state
    except DatabaseError as error:
        raise LookupUnavailable from error


@dataclass(frozen=True)
class _District:
    layer: str
    division: str
    state: str
    edition: str


@dataclass(frozen=True)
class _Ground:
    """What is known before any seat is looked at: candidate districts, candidate states, and a doubt that touches all of them."""

    districts: tuple[_District, ...]
    states: tuple[str, ...]
    method: str
    zip: str = ""
    doubt: str = ""

    @property
    def state(self) -> str:
        return self.states[0] if len(self.states) == 1 and not self.doubt else ""

    def rivals(self, layer: str) -> int:
        return sum(district.layer == layer for district in self.districts)


def _ground_of_known_address(address: Address, maps: list[MapInForce]) -> _Ground | None:
    if not address.street:
        return None
    point = AddressPoint.objects.filter(key=address.key()).first()
    if point is None:
        return None
    try:
        ground = _ground_of_point(point.lat, point.lon, maps, "address_point")
    except (IndexUnavailable, OSError):
        return None
    return ground if ground.districts else None


def _ground_of_point(lat: float, lon: float, maps: list[MapInForce], method: str) -> _Ground:
    hits = districts_at(lat, lon, maps)
    found = tuple(_District(hit.edition.layer, hit.area.division, hit.area.state, hit.edition.name) for hit in hits)
    states = tuple(sorted({district.state for district in found}))
    doubt = _("This place lies on the line between %(states)s as our maps draw it.") % _named(states) if len(states) > 1 else ""
    return _Ground(found, states, method, doubt=doubt)


def _ground_of_zip(zip5: str, written: str, maps: list[MapInForce]) -> _Ground:
    """`written` is the state the person wrote, "" if none: it decides for a ZIP across a state line, and doubts any other."""
    found = _districts_of_zip(zip5, maps)
    states = tuple(sorted({district.state for district in found}))
    if not states:
        known = (written,) if written in STATES or written == FRANKLIN.code else ()
        return _Ground((), known, "state", zip5, _("We do not know ZIP %(zip)s; this rests on the state you wrote.") % {"zip": zip5})
    if written and written in states:
        return _Ground(tuple(district for district in found if district.state == written), (written,), "zip", zip5)
    if written:
        doubt = _("You wrote %(written)s, but ZIP %(zip)s lies in %(states)s.") % {"written": _name(written), "zip": zip5, **_named(states)}
    else:
        doubt = _("Your ZIP touches %(states)s.") % _named(states) if len(states) > 1 else ""
    return _Ground(found, states, "zip", zip5, doubt)


def _districts_of_zip(zip5: str, maps: list[MapInForce]) -> tuple[_District, ...]:
    in_force = {each.edition.pk: each for each in maps}
    rows = ZipDistrict.objects.filter(zip=zip5, edition__in=in_force)
    return tuple(
        _District(in_force[row.edition_id].edition.layer, row.division, row.state, in_force[row.edition_id].edition.name)
        for row in rows
        if row.state in in_force[row.edition_id].states
    )


def _match(query: str, ground: _Ground, on: dt.date) -> Match:
    districts = {(district.layer, district.division): district for district in ground.districts}
    sources = list(Source.objects.all())
    places = [_place(seat, districts.get((seat.layer, seat.division)), ground, sources, on) for seat in _seats(ground)]
    places.sort(key=lambda place: _sort_key(place.seat))
    return Match(query, ground.state, tuple(places))


def _seats(ground: _Ground) -> Iterable[Seat]:
    """Those of the candidate districts and of the candidate states as a whole, each with terms, legislators and contacts."""
    divisions = [district.division for district in ground.districts] + [_division(state) for state in ground.states]
    wanted = Q(division__in=divisions)
    if "DC" in ground.states and not ground.rivals(Layer.SLDU):
        wanted |= Q(jurisdiction="DC", chamber=Chamber.DC_COUNCIL)
    terms = Term.objects.select_related("legislator").prefetch_related("legislator__contacts")
    seats = Seat.objects.filter(wanted).select_related("jurisdiction").prefetch_related(Prefetch("terms", terms))
    drawn = {(district.layer, district.division) for district in ground.districts}
    # A division can name a state and its only congressional district at once: such a seat needs no map.
    return [seat for seat in seats if not seat.layer or (seat.layer, seat.division) in drawn or seat.layer not in {c[0] for c in drawn}]


def _place(seat: Seat, district: _District | None, ground: _Ground, sources: list[Source], on: dt.date) -> Place:
    holder = max(
        (term for term in seat.terms.all() if term.holds(on)), key=lambda term: (term.started_on or dt.date.min, term.pk), default=None
    )
    at_large = seat.division == seat.jurisdiction.division
    return Place(
        seat=seat,
        holder=holder,
        status="held" if holder else _status_without_holder(seat, sources),
        certain=not ground.doubt and (at_large if district is None else ground.rivals(seat.layer) == 1),
        method="state" if district is None else ground.method,
        radius_m=0,
        edition=district.edition if district else "",
        reason=_reason(seat, district, ground),
    )


def _status_without_holder(seat: Seat, sources: list[Source]) -> str:
    """Vacant only if a source that knows this chamber left the seat empty; a term that ran out after its snapshot says nothing."""
    covering = [source.as_of for source in sources if [seat.jurisdiction_id, seat.chamber] in source.covers]
    ended = max((term.ended_on for term in seat.terms.all() if term.ended_on), default=dt.date.min)
    return "vacant" if covering and ended <= max(covering) else "unknown"


def _reason(seat: Seat, district: _District | None, ground: _Ground) -> str:
    values = {"zip": ground.zip, "district": seat.district_name, "count": ground.rivals(seat.layer), "state": _name(seat.jurisdiction_id)}
    if district is None and seat.division != seat.jurisdiction.division:
        return _("We have no map of these districts: choose the one you live in.")
    if ground.doubt:
        return ground.doubt
    if district is None:
        return _("This office serves everyone in %(state)s.") % values
    values["edition"] = district.edition
    sentences = {
        "address_point": _("Your address lies in %(district)s, on the %(edition)s map."),
        "point": _("This point lies in %(district)s, on the %(edition)s map."),
        "zip": _("ZIP %(zip)s lies in %(district)s, on the %(edition)s map."),
    }
    if values["count"] == 1:
        reason = sentences[ground.method] % values
    elif ground.method == "zip":
        reason = _("Your ZIP touches %(count)d districts; %(district)s is one of them, on the %(edition)s map.") % values
    else:
        reason = _("Our maps overlap here: %(district)s is one of %(count)d districts, on the %(edition)s map.") % values
    return f"{reason} {_floterial_note()}" if (seat.jurisdiction_id, seat.chamber) == ("NH", Chamber.STATE_LOWER) else reason


def _floterial_note() -> str:
    return _("New Hampshire also has floterial districts, which no map shows: you may have further representatives.")


def _sort_key(seat: Seat) -> tuple[object, ...]:
    numbers = [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", seat.district) if part]
    return (_ORDER.index(Chamber(seat.chamber)), seat.jurisdiction_id, numbers, seat.position)


def _division(state: str) -> str:
    return FRANKLIN.division if state == FRANKLIN.code else STATES[state].division


def _name(state: str) -> str:
    """As within a sentence."""
    if state in ("DC", "MP", "VI"):
        return _("the %(name)s") % {"name": STATES[state].name}
    return FRANKLIN.name if state == FRANKLIN.code else STATES[state].name if state in STATES else state


def _named(states: tuple[str, ...]) -> dict[str, str]:
    return {"states": _(" and ").join(_name(state) for state in states)}


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
    return {"name": term.legislator.name, "party": term.party, "email": ways.email, "phone": ways.phone}
