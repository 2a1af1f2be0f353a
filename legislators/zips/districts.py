"""Where does a ZIP code lie? Its state first, then on each layer the districts that it touches.

A ZIP code of boxes or of one building is on no map, and says of nobody where they live: it stands
for whatever lies near it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from legislators.loaded_data import LoadedData
from legislators.maps.boundaries import IndexUnavailable, open_index
from legislators.maps.nearby import divisions_near
from legislators.models import MapInForce, ZipCode
from legislators.states import FRANKLIN, STATES
from legislators.whereabouts import (
    District,
    Standing,
    Whereabouts,
    by_layer,
    join_standings,
    name_of,
    states_in_words,
)
from legislators.zips.states import is_franklin, is_military, state_by_digits
from legislators.zips.table import plain_city

NEAR_M = 25_000  # who has a box lives so near its post office, or in its town
# A ZIP code reaches at least so far from its published middle, and is looked around no farther.
LEAST_REACH_M, MOST_REACH_M = 600, 3_000


@dataclass(frozen=True)
class ZipAsked:
    """A ZIP code with what else was written.

    `home` is the state that the person chose when asked: nothing overrules it. `state` is only
    written: it decides between states that the ZIP code touches, and doubts any other.
    """

    zip: str
    city: str = ""
    state: str = ""
    home: str = ""
    is_box: bool = False


def whereabouts_of_zip(asked: ZipAsked, loaded: LoadedData) -> Whereabouts:
    """No layer is empty where a map in force can say what lies near."""
    # What the maps' crosswalk and the published table know of it; without a ZIP code, of the town.
    if asked.zip:
        touched, published = loaded.districts_of_zip(asked.zip), loaded.published(asked.zip)
    else:
        published = loaded.published_town(plain_city(asked.city), asked.state)
        touched = loaded.districts_of_town(published[0]) if published else []
    # Military mail has a blank state.
    known = {*(each.state for each in touched), *(each.state for each in published)} - {""}
    if not known and is_franklin(asked.zip) and loaded.has_franklin:
        known = {FRANKLIN.code}
    # Its state: what the person chose stands above all, what they wrote decides between several.
    states = _states(asked, known)
    doubt = _doubt(asked, states)
    if asked.home:
        states = (asked.home,)
    elif asked.state in states:
        states = (asked.state,)
    if not states:
        return Whereabouts({}, (), asked.zip, asks_state=_why_ask(asked), is_box=asked.is_box)
    # Its districts; and what lies near, where it touches none or says nothing of a home.
    touched = [district for district in touched if district.state in states]
    is_box = asked.is_box or _is_of_boxes(published, touched)
    standings = {
        layer: Standing(districts, "zip") for layer, districts in by_layer(touched).items()
    }
    for state in states:
        places = [place for place in published if place.state == state]
        # One that shares its point with others lies somewhere else than there.
        if asked.zip and places and not places[0].is_box:
            standings |= _within_reach(state, places[0], loaded, standings)
        near = _near(state, places, loaded, all_layers=is_box, known=standings)
        for layer, districts in by_layer(near).items():
            standings[layer] = _with_near(standings.get(layer), districts)
    return Whereabouts(standings, states, asked.zip, doubt, asked.is_box)


def _is_of_boxes(published: list[ZipCode], touched: list[District]) -> bool:
    """A ZIP code of boxes or of one building: published at the point of another, and not of an area
    that goes beyond one district. (910 of the 4,604 that share a point have streets nevertheless.)
    """
    layers = [district.layer for district in touched]
    has_area = len(layers) > len(set(layers))
    return bool(published) and all(place.is_box for place in published) and not has_area


def _states(asked: ZipAsked, known: Collection[str]) -> tuple[str, ...]:
    """Those that the maps and the published table name, else the digits, else what was written."""
    found = set(known)
    if not found and not is_military(asked.zip):
        found = {state_by_digits(asked.zip)} - {""}
    if not found and is_home(asked.state):
        found = {asked.state}
    return tuple(sorted(found))


def is_home(state: str) -> bool:
    """Whether somebody can live there: the armed forces' "states" are none."""
    return state in STATES or state == FRANKLIN.code


def _doubt(asked: ZipAsked, states: tuple[str, ...]) -> str:
    if asked.home or not states or asked.state in states:
        return ""
    if is_home(asked.state):
        values = {"written": name_of(asked.state), "zip": asked.zip, **states_in_words(states)}
        return _("You wrote %(written)s, but ZIP %(zip)s lies in %(states)s.") % values
    return _("Your ZIP touches %(states)s.") % states_in_words(states) if len(states) > 1 else ""


def _why_ask(asked: ZipAsked) -> str:
    if is_military(asked.zip):
        return _(
            "Mail to the armed forces and embassies does not say which state you are from. Choose"
            " the state in which you vote."
        )
    return _(
        "We do not know ZIP %(zip)s. Check it; if it is right, choose your state and go on."
    ) % {"zip": asked.zip}


def _near(
    state: str,
    places: list[ZipCode],
    loaded: LoadedData,
    *,
    all_layers: bool,
    known: dict[str, Standing],
) -> list[District]:
    """On the layers of this state that are not known yet, or on all of them."""
    wanted = {
        layer
        for layer in loaded.layers_of(state)
        if all_layers or layer not in known or not known[layer].names(state)
    }
    if not wanted or not places:
        return []
    maps = [each for each in loaded.maps if each.edition.layer in wanted and state in each.states]
    found = [each for place in places for each in _around(place, state, maps, NEAR_M)]
    # Who has a box may live in any part of the town.
    in_town = loaded.districts_of_town(places[0])
    return found + [each for each in in_town if each.layer in wanted]


def _within_reach(
    state: str, place: ZipCode, loaded: LoadedData, known: dict[str, Standing]
) -> dict[str, Standing]:
    """The layers on which the crosswalk knows one district and another lies as near.

    A ZIP code is a list of streets, and the area that the Census draws for it, on which crosswalks
    rest, leaves out some at its edge: over a bridge and a county line people still have its mail.
    It is known to reach as far as the farthest district that it touches on any layer.
    """
    single = {
        layer: each
        for layer, each in known.items()
        if len(each.districts) == 1 and each.names(state)
    }
    maps = [each for each in loaded.maps if state in each.states]
    if not single or not maps:
        return {}
    near = _around(place, state, maps, MOST_REACH_M)
    touched = [district for standing in known.values() for district in standing.districts]
    # One that it touches and that is not near lies farther away than was looked.
    distances = [near.get(each, MOST_REACH_M) for each in touched if each.state == state]
    reach_m = max(LEAST_REACH_M, *distances)
    widened = {}
    for layer, standing in single.items():
        others = [each for each in near if each.layer == layer and near[each] <= reach_m]
        if {*others} - {*standing.districts}:
            widened[layer] = join_standings(standing, Standing(tuple(others), "zip"))
    return widened


def _around(
    place: ZipCode, state: str, maps: list[MapInForce], metres: float
) -> dict[District, float]:
    """Within reach of its published middle, as the maps that have an index draw it: how near."""
    found = {}
    for edition, _states_of_map in maps:
        if not edition.index_sha256:
            continue
        try:
            index = open_index(edition.index_sha256)
        except (IndexUnavailable, OSError):
            continue
        divisions = divisions_near(index, place.lat, place.lon, metres, state)
        for division, distance in divisions.items():
            found[District(edition.layer, division, state, edition.name)] = distance
    return found


def _with_near(known: Standing | None, near: tuple[District, ...]) -> Standing:
    before = known.districts if known else ()
    return Standing(tuple(dict.fromkeys((*before, *near))), "near", NEAR_M)
