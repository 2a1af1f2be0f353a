"""Where does this lie, how do we know, and how sure are we?

Layer by layer, before any seat is looked at.

The rule of certainty: every good candidate lies in the same district of a layer, and no other
district of it is nearer than the method may be off. Otherwise all the districts it may be are
offered, and nothing here picks one.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from legislators.addresses import Address
from legislators.geocoders.candidates import POINT_RADIUS_M, STATE_MAPS_M, SURE, Candidate, good
from legislators.geocoders.chosen import GeocoderUnavailable, geocoders
from legislators.loaded_data import LoadedData
from legislators.maps.boundaries import Index, IndexUnavailable, open_index
from legislators.maps.nearby import distances, districts_near
from legislators.models import Layer, MapInForce
from legislators.street_line import with_street
from legislators.streetfile.locate import knows_zip, locate, near_spellings
from legislators.whereabouts import (
    District,
    Standing,
    Whereabouts,
    by_layer,
    join_standings,
    states_in_words,
)
from legislators.zips.districts import ZipAsked, whereabouts_of_zip
from legislators.zips.missing import with_zip

LOOK_M = 500  # how far the next district is looked for, if a method does not ask for more
log = logging.getLogger(__name__)


def whereabouts_of(address: Address, loaded: LoadedData, *, home: str = "") -> Whereabouts:
    """Known point, then our own streets, then another's geocoder if one is set up, and for what
    they leave open the ZIP.

    `home` is the state that the person chose when asked for it: nothing overrules it.
    """
    if not address.zip:
        address = with_zip(address, loaded)
    # A point or a street that is sure says more than any ZIP code.
    found = _candidates(address, home or address.state, loaded)
    found = good(found) if found else []
    near = _whereabouts_of_candidates(found, address, loaded) if found else None
    if near and near.standings and found[0].score >= SURE:
        return near
    # Else the ZIP code, widened by streets that are only like the one written.
    asked = ZipAsked(address.zip, address.city, address.state, home, address.is_box)
    by_zip = whereabouts_of_zip(asked, loaded)
    if near:
        by_zip = _widened(by_zip, near)
    if any(each.score >= SURE for each in found):
        return by_zip
    # Streets only like the one written are offered, which does not make it known.
    street_words, near_streets = _unknown_street(address, loaded)
    return replace(by_zip, street_words=street_words, near_streets=near_streets)


def whereabouts_of_point(lat: float, lon: float, loaded: LoadedData) -> Whereabouts:
    """Raises IndexUnavailable."""
    hits = districts_near(lat, lon, loaded.maps)
    found = [
        District(hit.edition.layer, hit.area.division, hit.area.state, hit.edition.name)
        for hit in hits
    ]
    states = tuple(sorted({district.state for district in found}))
    doubt = (
        _("This place lies on the line between %(states)s as our maps draw it.")
        % states_in_words(states)
        if len(states) > 1
        else ""
    )
    off = {hit.edition.layer: round(hit.metres) for hit in hits if hit.metres}
    standings = {
        layer: Standing(districts, "point", off.get(layer, 0), is_off_shore=layer in off)
        for layer, districts in by_layer(found).items()
    }
    return Whereabouts(standings, states, doubt=doubt)


def _candidates(address: Address, state: str, loaded: LoadedData) -> list[Candidate]:
    """Of the first that knows anything in this state ("": in any).

    One that fails is passed over: it costs fineness, never an answer.
    """
    point = loaded.known_point(address)
    if point:
        return [
            Candidate(
                "address_point",
                1.0,
                POINT_RADIUS_M,
                "",
                "known points",
                (point.lat, point.lon),
            )
        ]
    if not address.street or not address.zip or address.is_box:
        return []
    found = _on_streets(address, state, loaded)
    if found:
        return found
    for geocoder in geocoders():
        # Waiting for another machine would keep a transaction's locks, or a batch of thousands.
        if geocoder.is_remote and (loaded.many or transaction.get_connection().in_atomic_block):
            continue
        try:
            found = [each for each in geocoder.locate(address) if state in ("", each.state)]
        except GeocoderUnavailable as trouble:
            log.warning("A geocoder gave no answer: %s", trouble)
            continue
        if found:
            return found
    return []


def _on_streets(address: Address, state: str, loaded: LoadedData) -> list[Candidate]:
    """By the streets of this machine. A file that breaks is said, what was typed is not."""
    try:
        found = locate(address, loaded.streets, loaded.other_zips)
        return [each for each in found if state in ("", each.state)]
    except (LookupError, ValueError, OSError) as trouble:
        # Not its words: they may quote the address.
        log.warning("A street file cannot be read: %s", type(trouble).__name__)
        return []


def _unknown_street(address: Address, loaded: LoadedData) -> tuple[str, tuple[str, ...]]:
    """What to say of a street that its ZIP does not have, and lines to type instead; "" where
    nobody knows its streets.
    """
    if not address.street or not address.zip or address.is_box:
        return "", ()
    try:
        if not knows_zip(address.zip, address.state, loaded.streets):
            return "", ()
        near = near_spellings(address, loaded.streets)
    except (LookupError, ValueError, OSError):
        return "", ()
    words = _("We do not know this street in ZIP %(zip)s.") % {"zip": address.zip}
    if near:
        words += " " + _("Did you mean %(streets)s?") % {"streets": _(" or ").join(near)}
    return words, tuple(with_street(address.street, street) for street in near)


def _whereabouts_of_candidates(
    found: list[Candidate], address: Address, loaded: LoadedData
) -> Whereabouts | None:
    """None if they lie in several states."""
    if len({each.state for each in found}) > 1:
        return None
    standings: dict[str, Standing] = {}
    for each in loaded.maps:
        edition, here = each.edition, _standing(found, each)
        if here:
            standings[edition.layer] = join_standings(standings.get(edition.layer), here)
    at = tuple(
        sorted(
            {district.state for standing in standings.values() for district in standing.districts}
        )
    )
    # A layer that is drawn there, and that no candidate has settled, is the ZIP code's to say.
    drawn = {edition.layer for edition, states in loaded.maps if states & set(at)}
    if standings and drawn - set(standings):
        rest = [
            district for district in loaded.districts_of_zip(address.zip) if district.state in at
        ]
        standings = {
            layer: Standing(districts, "zip") for layer, districts in by_layer(rest).items()
        } | standings
    doubt = (
        _("This place lies on the line between %(states)s as our maps draw it.")
        % states_in_words(at)
        if len(at) > 1
        else ""
    )
    return Whereabouts(standings, at, address.zip, doubt)


def _standing(found: list[Candidate], map_in_force: MapInForce) -> Standing | None:
    """What the candidates say on one map; None if there is no map to judge them on, or it knows no
    district there.
    """
    edition, states = map_in_force
    if not edition.index_sha256 or (found[0].state and found[0].state not in states):
        return None
    is_generalized = edition.layer != Layer.CD and not edition.is_demo
    off_m = STATE_MAPS_M if is_generalized else 0
    districts: dict[District, None] = {}
    nearest: list[float] = []
    near = False
    try:
        for each in found:
            index = open_index(edition.index_sha256)
            here, boundary_m = _around(each, index, map_in_force, off_m)
            if not here:
                return None
            for division, state in here:
                districts[District(edition.layer, division, state, edition.name)] = None
            nearest += [] if boundary_m is None else [boundary_m]
            near = near or len(here) > 1
    except (IndexUnavailable, OSError):
        return None
    if not districts:
        return None
    radius_m = max(off_m, *(each.radius_m for each in found))
    boundary_m = round(min(nearest)) if nearest else None
    return Standing(tuple(districts), found[0].method, radius_m, boundary_m, near)


def _around(
    candidate: Candidate, index: Index, map_in_force: MapInForce, off_m: int
) -> tuple[list[tuple[str, str]], float | None]:
    """(division, state) of every district the candidate may lie in, and how far the next one is.

    `off_m` is how far the map's own lines may be off.
    """
    edition, states = map_in_force
    if candidate.spot is None:
        divisions = candidate.held_on(edition.index_sha256, edition.layer)
        # A street has no distance, only districts: of several the next is at its door.
        near_m = 0.0 if len(divisions) > 1 else None
        return [(division, candidate.state) for division in divisions], near_m
    lat, lon = candidate.spot
    radius_m = max(candidate.radius_m, off_m)
    areas = sorted(
        (metres, index.area(n))
        for n, metres in distances(index, lat, lon, max(radius_m, LOOK_M)).items()
    )
    near = [
        (area, metres)
        for metres, area in areas
        if area.state in states and candidate.state in ("", area.state)
    ]
    here = [(area.division, area.state) for area, metres in near if metres <= radius_m]
    # The second is the next one: the first is where it lies.
    return here, near[1][1] if len(near) > 1 else None


def _widened(by_zip: Whereabouts, near: Whereabouts) -> Whereabouts:
    """With the districts of streets that are only like the one written, on the layers and in the
    states that the ZIP knows.
    """
    standings = {
        layer: join_standings(standing, near.standings[layer])
        if layer in near.standings
        else standing
        for layer, standing in by_zip.standings.items()
    }
    return replace(by_zip, standings=standings)
