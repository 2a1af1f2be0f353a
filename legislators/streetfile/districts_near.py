"""Which districts lie within reach of a place or along a line, on the maps in force.

Import time only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

from legislators.maps.boundaries import UNITS, Index
from legislators.maps.nearby import METRES_PER_UNIT, distances
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.ranges import Spot, lengths

STEP_M = 100  # between two places measured; their surroundings are measured wider by half of it


class LayerMap(NamedTuple):
    """A layer's map and the states that it answers for."""

    layer: str
    drawn: Index
    states: frozenset[str]


def districts_along(
    maps: Sequence[LayerMap], state: str, line: Sequence[Spot], metres: float
) -> KnownDistricts:
    """Every district of a state that comes so near to a line (a place, if it has one corner)."""
    layers = []
    for each in maps:
        if state in each.states:
            divisions = _divisions(each.drawn, state, line, metres)
            if divisions:
                layers.append((each.layer, divisions))
    return KnownDistricts(state, tuple(layers))


def held_if_clear(
    maps: Sequence[LayerMap], state: str, spots: Sequence[Spot], metres: float
) -> KnownDistricts | None:
    """The districts of all that lies around these places, or None where any map draws a line there:
    one look for what may be many.
    """
    here = [each for each in maps if state in each.states]
    if any(_touches_a_line(each.drawn, spots, metres) for each in here):
        return None
    return held_at(maps, state, spots[0])


def held_at(maps: Sequence[LayerMap], state: str, spot: Spot) -> KnownDistricts:
    """The districts that cover a place."""
    layers = []
    for each in maps:
        if state in each.states:
            areas = each.drawn.covering(*spot)
            divisions = tuple(sorted(area.division for area in areas if area.state == state))
            if divisions:
                layers.append((each.layer, divisions))
    return KnownDistricts(state, tuple(layers))


def _divisions(index: Index, state: str, line: Sequence[Spot], metres: float) -> tuple[str, ...]:
    found: set[int] = set()
    if not _touches_a_line(index, line, metres):
        lat, lon = line[0]
        found |= index.members(round(lon * UNITS), round(lat * UNITS))
    else:
        steps = [length / (int(length / STEP_M) + 1) for length in lengths(line)]
        # Wider by half a step, so that nothing lies unseen between two places.
        reach = metres + max(steps, default=0.0) / 2
        for lat, lon in _places(line):
            found |= distances(index, lat, lon, reach).keys()
    areas = map(index.area, found)
    return tuple(sorted({area.division for area in areas if area.state == state}))


def _touches_a_line(index: Index, line: Sequence[Spot], metres: float) -> bool:
    """Whether the map may draw a line within reach: if not, all of it lies in the same districts.

    Exact where it says no.
    """
    lats, lons = [lat for lat, _ in line], [lon for _, lon in line]
    if max(lons) - min(lons) > 90:
        return True  # across the end of the map
    up = metres / METRES_PER_UNIT + 1
    aside = up / max(cos(radians(max(map(abs, lats)))), 1e-9) + 1
    west, south = int(min(lons) * UNITS - aside), int(min(lats) * UNITS - up)
    east, north = int(max(lons) * UNITS + aside), int(max(lats) * UNITS + up)
    if west < -180 * UNITS or east > 180 * UNITS:
        return True
    return any(
        max(x1, x2) >= west
        and min(x1, x2) <= east
        and max(y1, y2) >= south
        and min(y1, y2) <= north
        for _, x1, y1, x2, y2 in index.lines_in(west, south, east, north)
    )


def _places(line: Sequence[Spot]) -> Iterator[Spot]:
    """Corners, and places between them no farther apart than a step."""
    yield line[0]
    for (a, b), length in zip(pairwise(line), lengths(line), strict=True):
        count = int(length / STEP_M) + 1
        for i in range(1, count + 1):
            yield a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count
