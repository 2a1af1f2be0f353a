"""Where does this lie, how do we know, and how sure are we?

Layer by layer, before any seat is looked at.

The rule of certainty: every good candidate lies in the same district of a layer, and no other
district of it is nearer than the method may be off. Otherwise all the districts it may be are
offered, and nothing here picks one.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from legislators.addresses import Address
from legislators.boundaries import Index, IndexUnavailable, MapInForce, maps_in_force, open_index
from legislators.geocoders.candidates import (
    POINT_RADIUS_M,
    SURE,
    Candidate,
    GeocoderUnavailable,
    geocoders,
    good,
)
from legislators.models import AddressPoint, ZipDistrict
from legislators.nearby import distances, districts_near
from legislators.states import FRANKLIN, STATES

LOOK_M = (
    500  # how far from a place the next district is looked for, if its method does not ask for more
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class District:
    layer: str
    division: str
    state: str
    edition: str


@dataclass(frozen=True)
class Standing:
    """What is known about one layer.

    `boundary_m` is the distance to the next district, None if it is farther than was looked.
    """

    districts: tuple[District, ...]
    method: str
    radius_m: int = 0
    boundary_m: int | None = None
    is_near_line: bool = False
    is_off_shore: bool = False  # in no district as the map draws it; these are the nearest

    @property
    def is_certain(self) -> bool:
        return len(self.districts) == 1 and not self.is_off_shore


@dataclass(frozen=True)
class Whereabouts:
    """Candidate districts by layer, candidate states, and a doubt that touches all of them."""

    standings: Mapping[str, Standing]
    states: tuple[str, ...]
    zip: str = ""
    doubt: str = ""
    is_box: bool = False

    @property
    def state(self) -> str:
        """ "" while there is a doubt, or more than one."""
        return self.states[0] if len(self.states) == 1 and not self.doubt else ""

    def districts(self) -> list[District]:
        return [district for standing in self.standings.values() for district in standing.districts]

    def rivals(self, layer: str) -> int:
        return len(self.standings[layer].districts) if layer in self.standings else 0


class Survey:
    """The maps in force on a day, and what is read by the way.

    `many`: what was read is kept for the next address, and no other machine is asked.
    """

    def __init__(self, on: dt.date, *, many: bool = False) -> None:
        self.on, self.many = on, many
        self._zips: dict[str, list[District]] = {}

    @cached_property
    def maps(self) -> list[MapInForce]:
        return maps_in_force(self.on)

    def districts_of_zip(self, zip5: str) -> list[District]:
        if zip5 not in self._zips or not self.many:
            self._zips[zip5] = self._read_zip(zip5)
        return self._zips[zip5]

    def _read_zip(self, zip5: str) -> list[District]:
        in_force = {each.edition.pk: each for each in self.maps}
        return [
            District(
                in_force[row.edition_id].edition.layer,
                row.division,
                row.state,
                in_force[row.edition_id].edition.name,
            )
            for row in ZipDistrict.objects.filter(zip=zip5, edition__in=in_force).order_by("pk")
            if row.state in in_force[row.edition_id].states
        ]

    def known_point(self, address: Address) -> AddressPoint | None:
        if not address.street or (self.many and address.zip not in self._zips_with_points):
            return None
        return AddressPoint.objects.filter(key=address.key()).first()

    @cached_property
    def _zips_with_points(self) -> set[str]:
        return {
            key.rpartition("|")[2]
            for key in AddressPoint.objects.values_list("key", flat=True).iterator()
        }


def whereabouts_of(address: Address, survey: Survey) -> Whereabouts:
    """Known point, then our own streets, then another's geocoder if one is set up, and for what
    they leave open the ZIP.
    """
    found = good(_candidates(address, survey))
    near = _whereabouts_of_candidates(found, address, survey) if found else None
    if near and near.standings and found[0].score >= SURE:
        return near
    by_zip = whereabouts_of_zip(address.zip, address.state, survey, is_box=address.is_box)
    return _widened(by_zip, near) if near else by_zip


def whereabouts_of_point(lat: float, lon: float, survey: Survey) -> Whereabouts:
    """Raises IndexUnavailable."""
    hits = districts_near(lat, lon, survey.maps)
    found = [
        District(hit.edition.layer, hit.area.division, hit.area.state, hit.edition.name)
        for hit in hits
    ]
    states = tuple(sorted({district.state for district in found}))
    doubt = (
        _("This place lies on the line between %(states)s as our maps draw it.") % named(states)
        if len(states) > 1
        else ""
    )
    off = {hit.edition.layer: round(hit.metres) for hit in hits if hit.metres}
    standings = {
        layer: Standing(districts, "point", off.get(layer, 0), is_off_shore=layer in off)
        for layer, districts in _by_layer(found).items()
    }
    return Whereabouts(standings, states, doubt=doubt)


def whereabouts_of_zip(
    zip5: str, written: str, survey: Survey, *, is_box: bool = False
) -> Whereabouts:
    """`written` is the state the person wrote, "" if none: it decides for a ZIP across a state
    line, and doubts any other.
    """
    found = survey.districts_of_zip(zip5)
    states = tuple(sorted({district.state for district in found}))
    doubt = ""
    if not states:
        states = (written,) if written in STATES or written == FRANKLIN.code else ()
        doubt = _("We do not know ZIP %(zip)s; this rests on the state you wrote.") % {"zip": zip5}
    elif written in states:
        found, states = [district for district in found if district.state == written], (written,)
    elif written:
        values = {"written": name_of(written), "zip": zip5, **named(states)}
        doubt = _("You wrote %(written)s, but ZIP %(zip)s lies in %(states)s.") % values
    elif len(states) > 1:
        doubt = _("Your ZIP touches %(states)s.") % named(states)
    return Whereabouts(
        {layer: Standing(districts, "zip") for layer, districts in _by_layer(found).items()},
        states,
        zip5,
        doubt,
        is_box,
    )


def _candidates(address: Address, survey: Survey) -> list[Candidate]:
    """Of the first that knows anything.

    One that fails is passed over: it costs fineness, never an answer.
    """
    point = survey.known_point(address)
    if point:
        return [
            Candidate(
                "address_point",
                1.0,
                POINT_RADIUS_M,
                "",
                "known points",
                lambda: (point.lat, point.lon),
            )
        ]
    if not address.street or address.is_box:
        return []
    for geocoder in geocoders():
        if geocoder.is_remote and (survey.many or transaction.get_connection().in_atomic_block):
            continue
        try:
            found = [each for each in geocoder.locate(address) if address.state in ("", each.state)]
        except GeocoderUnavailable as trouble:
            log.warning("A geocoder gave no answer: %s", trouble)
            continue
        if found:
            return found
    return []


def _whereabouts_of_candidates(
    found: list[Candidate], address: Address, survey: Survey
) -> Whereabouts | None:
    """None if they lie in several states."""
    if len({each.state for each in found}) > 1:
        return None
    standings: dict[str, Standing] = {}
    for edition, states in survey.maps:
        here = _standing(found, edition.index_sha256, edition.layer, edition.name, states)
        if here:
            standings[edition.layer] = _joined(standings.get(edition.layer), here)
    at = tuple(
        sorted(
            {district.state for standing in standings.values() for district in standing.districts}
        )
    )
    if standings and {edition.layer for edition, states in survey.maps if states & set(at)} - set(
        standings
    ):
        rest = [
            district for district in survey.districts_of_zip(address.zip) if district.state in at
        ]
        standings = {
            layer: Standing(districts, "zip") for layer, districts in _by_layer(rest).items()
        } | standings
    doubt = (
        _("This place lies on the line between %(states)s as our maps draw it.") % named(at)
        if len(at) > 1
        else ""
    )
    return Whereabouts(standings, at, address.zip, doubt)


def _standing(
    found: list[Candidate], sha256: str, layer: str, name: str, states: frozenset[str]
) -> Standing | None:
    """What the candidates say on one map; None if there is no map to judge them on, or it knows no
    district there.
    """
    if not sha256 or (found[0].state and found[0].state not in states):
        return None
    districts: dict[District, None] = {}
    nearest: list[float] = []
    near = False
    try:
        for each in found:
            here, boundary_m = _around(each, open_index(sha256), sha256, states)
            districts |= dict.fromkeys(
                District(layer, division, state, name) for division, state in here
            )
            nearest += [] if boundary_m is None else [boundary_m]
            near = near or len(here) > 1
    except (IndexUnavailable, OSError):
        return None
    boundary = round(min(nearest)) if nearest else None
    return (
        Standing(
            tuple(districts), found[0].method, max(each.radius_m for each in found), boundary, near
        )
        if districts
        else None
    )


def _around(
    candidate: Candidate, index: Index, sha256: str, states: frozenset[str]
) -> tuple[list[tuple[str, str]], float | None]:
    """(division, state) of every district the candidate may lie in, and how far the next one is."""
    if sha256 in candidate.districts:
        return [(division, candidate.state) for division in candidate.districts[sha256]], None
    lat, lon = candidate.spot()
    areas = sorted(
        (metres, index.area(n))
        for n, metres in distances(index, lat, lon, max(candidate.radius_m, LOOK_M)).items()
    )
    near = [
        (area, metres)
        for metres, area in areas
        if area.state in states and candidate.state in ("", area.state)
    ]
    here = [(area.division, area.state) for area, metres in near if metres <= candidate.radius_m]
    return here, near[1][1] if len(near) > 1 else None


def _joined(first: Standing | None, second: Standing) -> Standing:
    return (
        second
        if first is None
        else replace(first, districts=tuple(dict.fromkeys((*first.districts, *second.districts))))
    )


def _widened(by_zip: Whereabouts, near: Whereabouts) -> Whereabouts:
    """With the districts of streets that are only like the one written, on the layers and in the
    states that the ZIP knows.
    """
    standings = {
        layer: _joined(standing, near.standings[layer]) if layer in near.standings else standing
        for layer, standing in by_zip.standings.items()
    }
    return replace(by_zip, standings=standings)


def _by_layer(found: Iterable[District]) -> dict[str, tuple[District, ...]]:
    layers: dict[str, tuple[District, ...]] = {}
    for district in found:
        layers[district.layer] = (*layers.get(district.layer, ()), district)
    return layers


def name_of(state: str) -> str:
    """As within a sentence."""
    if state in ("DC", "MP", "VI"):
        return _("the %(name)s") % {"name": STATES[state].name}
    return (
        FRANKLIN.name
        if state == FRANKLIN.code
        else STATES[state].name
        if state in STATES
        else state
    )


def named(states: Sequence[str]) -> dict[str, str]:
    return {"states": _(" and ").join(name_of(state) for state in states)}
