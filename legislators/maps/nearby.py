"""How far it is from a point to districts: for the rule of certainty, and for places just off the
shore as a map draws it.

Metres are those of a plane laid at the point (equirectangular): good to half a percent over a few
kilometres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, inf, radians

from legislators.maps.boundaries import UNITS, Hit, Index, districts_at, open_index
from legislators.models import MapInForce

METRES_PER_UNIT = 111_195.08 / UNITS  # of latitude, on the mean sphere
OFF_SHORE_M = 2_000
AROUND = 360 * UNITS


def districts_near(
    lat: float, lon: float, maps: Sequence[MapInForce], metres: float = OFF_SHORE_M
) -> list[Hit]:
    """Those that cover a point; in a layer where none does, the nearest, with its distance.

    Maps are clipped to a shore, so a pier or a houseboat lies in no district. Those up to twice as
    far as the nearest are named as well: nothing picks among them. A layer never borrows from
    another state than the one the point is known to lie in.
    """
    hits = districts_at(lat, lon, list(maps))
    states = {hit.area.state for hit in hits}
    covered = {hit.edition.layer for hit in hits}
    off = [
        hit for hit in districts_within(lat, lon, maps, metres) if hit.edition.layer not in covered
    ]
    # Only where no map covers the point at all: then the state too is the nearest one's.
    states = states or {hit.area.state for hit in off if hit.metres <= 2 * off[0].metres}
    off = [hit for hit in off if hit.area.state in states]
    nearest = {hit.edition.layer: hit.metres for hit in reversed(off)}
    return hits + [hit for hit in off if hit.metres <= 2 * nearest[hit.edition.layer]]


def districts_within(
    lat: float, lon: float, maps: Sequence[MapInForce], metres: float
) -> list[Hit]:
    """Every district of these maps that comes this near to a point, the nearest first; 0 metres
    where one covers it.

    So the second one's distance is how far a point can be wrong before it lies in another district;
    a shore with none behind it does not count.
    """
    found = []
    for edition, states in maps:
        if not edition.index_sha256 or not states:
            continue
        index = open_index(edition.index_sha256)
        for number, distance in distances(index, lat, lon, metres).items():
            area = index.area(number)
            # A map may draw more states than it answers for: another edition covers those.
            if area.state in states:
                found.append(Hit(edition, area, distance))
    return sorted(found, key=lambda hit: (hit.metres, hit.area))


@lru_cache(maxsize=4096)
def divisions_near(
    index: Index, lat: float, lon: float, metres: float, state: str
) -> Mapping[str, float]:
    """Those of one state that come so near, with their metres.

    Kept in this process: ZIP codes are asked for again.
    """
    found = (
        (index.area(number), distance)
        for number, distance in distances(index, lat, lon, metres).items()
    )
    return {area.division: distance for area, distance in sorted(found) if area.state == state}


def distances(index: Index, lat: float, lon: float, metres: float) -> dict[int, float]:
    """District's number in an index -> metres, of those at most so far away."""
    x, y = round(lon * UNITS), round(lat * UNITS)
    # Never 0, also at a pole: it is divided by.
    north_m, east_m = METRES_PER_UNIT, METRES_PER_UNIT * max(cos(radians(lat)), 1e-9)
    up, aside = int(metres / north_m) + 1, min(int(metres / east_m) + 1, AROUND // 2)
    found = dict.fromkeys(index.members(x, y), 0.0)
    for start in (x - AROUND, x, x + AROUND):  # Alaska lies on both ends of the map
        west, south, east, north = start - aside, y - up, start + aside, y + up
        for parted, x1, y1, x2, y2 in index.lines_in(west, south, east, north):
            # Most lines of a cell lie to one side of the box, and are not worth a root.
            if (
                (x1 < west and x2 < west)
                or (x1 > east and x2 > east)
                or (y1 < south and y2 < south)
                or (y1 > north and y2 > north)
            ):
                continue
            distance = _to_line(
                (x1 - start) * east_m, (y1 - y) * north_m, (x2 - start) * east_m, (y2 - y) * north_m
            )
            if distance <= metres:
                for number in parted:
                    if distance < found.get(number, inf):
                        found[number] = distance
    return found


def _to_line(x1: float, y1: float, x2: float, y2: float) -> float:
    """From the origin to a line between two points."""
    dx, dy = x2 - x1, y2 - y1
    # Of its length, where the foot of the perpendicular falls: within the line, or at an end.
    share = min(1.0, max(0.0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)))
    return hypot(x1 + share * dx, y1 + share * dy)
