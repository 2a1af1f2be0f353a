"""All districts of a state on one layer, drawn by us from our own boundary index.

No tiles and no other host. A drawing is kept in this process: it is the same until a map changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from django.db.models import Max, Min

from legislators.maps.boundaries import (
    UNITS,
    Area,
    Index,
    IndexUnavailable,
    open_index,
)
from legislators.maps.district_map import Shape, label_points, svg_path
from legislators.maps.outlines import Frame, Outlines
from legislators.models import ZipCode, maps_in_force

WIDTH, MOST_HEIGHT = 960, 960
TOLERANCE = 1.4
MARGIN = 12  # of the picture, so that no outline lies on its edge
AROUND_ZIPS = UNITS * 4 // 5  # a state reaches farther than the middles of its ZIP codes
Line = tuple[frozenset[int], int, int, int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class StateMap:
    """`edition` is the map's name; each shape a district with its division."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    codes: dict[str, str]
    borders: str
    edition: str


def draw_state(state: str, layer: str, on: dt.date) -> StateMap | None:
    """None where no map of that layer is loaded for the state. Two queries."""
    for edition, states in maps_in_force(on):
        if edition.layer != layer or state not in states or not edition.index_sha256:
            continue
        box = around_zips(state)
        try:
            return drawn(edition.index_sha256, state, box, edition.name) if box else None
        except (IndexUnavailable, OSError):  # a page of numbers goes on without it
            return None
    return None


def around_zips(state: str) -> Box | None:
    """West, south, east and north of its published ZIP codes, in an index's units, with room."""
    found = ZipCode.objects.filter(state=state).aggregate(
        west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat")
    )
    if found["west"] is None:
        return None
    # The Aleutians lie on both sides of the line where the day changes: drawn up to it.
    east = min(found["east"], -1.0) if found["west"] < 0 < found["east"] else found["east"]
    west, south, east, north = (
        round(degrees * UNITS) for degrees in (found["west"], found["south"], east, found["north"])
    )
    room = AROUND_ZIPS
    return west - room, south - room, east + room, north + room


@lru_cache(maxsize=128)
def drawn(sha256: str, state: str, box: Box, edition: str) -> StateMap | None:
    """Raises IndexUnavailable, and OSError where it cannot be laid out."""
    part = Part(open_index(sha256), state, box)
    if not part.areas:
        return None
    frame = part.frame()
    # It reads as an index does, and knows this state alone.
    outlines = Outlines(part, frame, TOLERANCE)  # type: ignore[arg-type]
    labels = label_points(part, frame)  # type: ignore[arg-type]
    shapes = [
        Shape(area.division, svg_path(outlines.rings(number), closed=True), labels.get(number))
        for number, area in sorted(part.areas.items(), key=lambda item: item[1])
    ]
    borders = svg_path([each.points for each in outlines.borders])
    codes = {area.division: area.code for area in part.areas.values()}
    return StateMap(frame.width, frame.height, tuple(shapes), codes, borders, edition)


class Part:
    """One state of an index: other states' districts are nothing here."""

    def __init__(self, index: Index, state: str, box: Box) -> None:
        self._index = index
        self.areas: dict[int, Area] = {}
        others: set[int] = set()
        self._lines: list[Line] = []
        west, south, east, north = box
        for parts, *ends in index.lines_in(*box):
            for number in parts - self.areas.keys() - others:
                area = index.area(number)
                if area.state == state:
                    self.areas[number] = area
                else:
                    others.add(number)
            mine = parts - others
            x1, y1, x2, y2 = ends
            # Beyond the box only islands lie that would make the rest tiny.
            if mine and west < x1 < east and south < y1 < north:
                self._lines.append((mine, x1, y1, x2, y2))

    def lines_in(self, *_box: int) -> Iterator[Line]:
        return iter(self._lines)

    def members(self, x: int, y: int) -> frozenset[int]:
        return self._index.members(x, y) & self.areas.keys()

    def area(self, number: int) -> Area:
        return self.areas[number]

    def frame(self) -> Frame:
        """Just wide enough, with a margin."""
        xs = [x for _, x1, _, x2, _ in self._lines for x in (x1, x2)]
        ys = [y for _, _, y1, _, y2 in self._lines for y in (y1, y2)]
        west, south, east, north = min(xs), min(ys), max(xs), max(ys)
        # A degree of longitude is shorter the farther north: else the state would be squeezed.
        across = (east - west) * cos(radians((south + north) / 2 / UNITS))
        up = north - south
        width = min(WIDTH, round(MOST_HEIGHT * across / up)) if up else WIDTH
        height = max(1, round(width * up / across)) if across else MOST_HEIGHT
        aside, above = (east - west) * MARGIN // width, up * MARGIN // height
        return Frame(west - aside, south - above, east + aside, north + above, width, height)
