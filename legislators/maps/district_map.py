"""A small map of the districts that an address may lie in, and of their neighbours: drawn by us,
from our own boundary index, around the middle of a ZIP code.

No tiles, no other host, no address: the middle is the published one. What is drawn is kept in this
process, since the same ZIP codes are asked for again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import NamedTuple

from legislators.maps.boundaries import UNITS, Index
from legislators.maps.nearby import METRES_PER_UNIT, distances
from legislators.maps.outlines import Frame, Outlines, Point

WIDTH, HEIGHT = 960, 720
TOLERANCE = 2.2
LEAST_M, MOST_M = 5_000, 90_000  # from the middle to the upper edge
LOOKED_M = (6_000, 25_000, 80_000)
COLUMNS, ROWS = 32, 24  # of points asked where a district's label may stand
MILE_M = 1609.344
BARS = (0.5, 1, 2, 5, 10, 20, 50)  # miles


class Shape(NamedTuple):
    """A candidate district: an SVG path, and where its label stands (none where it is too thin)."""

    division: str
    path: str
    label_at: Point | None


class Neighbour(NamedTuple):
    code: str
    at: Point


class Bar(NamedTuple):
    """The scale: so many miles are so long."""

    miles: float
    length: int


@dataclass(frozen=True)
class DistrictMap:
    frame: Frame
    shapes: tuple[Shape, ...]
    borders: str
    neighbours: tuple[Neighbour, ...]
    middle: Point
    bar: Bar

    @property
    def far_away(self) -> bool:
        """Whether some candidate is not on it."""
        return any(not shape.path for shape in self.shapes)


@lru_cache(maxsize=512)
def draw(index: Index, lat: float, lon: float, divisions: tuple[str, ...]) -> DistrictMap:
    """Round a place in degrees, wide enough that each of these districts is on it where any of it
    lies within 80 km.
    """
    frame, half_m = _frame(index, lat, lon, divisions)
    outlines = Outlines(index, frame, TOLERANCE)
    cells = _cells(index, frame)
    numbers = {index.area(number).division: number for number in cells}
    shapes = []
    for division in divisions:
        number = numbers.get(division)
        rings = [] if number is None else outlines.rings(number)
        at = None if number is None else _label_point(cells[number], frame)
        shapes.append(Shape(division, svg_path(rings, closed=True), at))
    return DistrictMap(
        frame=frame,
        shapes=tuple(shapes),
        borders=svg_path([each.points for each in outlines.borders]),
        neighbours=_neighbours(index, cells, frame, divisions),
        middle=frame.place(round(lon * UNITS), round(lat * UNITS)),
        bar=_bar(half_m),
    )


def _frame(index: Index, lat: float, lon: float, divisions: Sequence[str]) -> tuple[Frame, float]:
    """Half as far again as the farthest of them."""
    wanted, far = set(divisions), 0.0
    # The narrowest look that shows them all: a wide one reads many more lines.
    for metres in LOOKED_M:
        found = distances(index, lat, lon, metres)
        off = {index.area(number).division: distance for number, distance in found.items()}
        far = max((off[each] for each in wanted if each in off), default=0.0)
        if wanted <= off.keys():
            break
    half_m = min(max(LEAST_M, 1.6 * far), MOST_M)
    up = round(half_m / METRES_PER_UNIT)
    # A degree of longitude is shorter the farther north: without this the map would be squeezed.
    aside = round(up * WIDTH / HEIGHT / max(cos(radians(lat)), 0.1))
    x, y = round(lon * UNITS), round(lat * UNITS)
    return Frame(x - aside, y - up, x + aside, y + up, WIDTH, HEIGHT), half_m


def _cells(index: Index, frame: Frame) -> dict[int, set[Point]]:
    """District -> the cells (column, row) of the picture whose middle it covers."""
    cells: dict[int, set[Point]] = {}
    for row in range(ROWS):
        for column in range(COLUMNS):
            at = frame.at((column + 0.5) / COLUMNS, (row + 0.5) / ROWS)
            for number in index.members(*at):
                cells.setdefault(number, set()).add((column, row))
    return cells


def label_points(index: Index, frame: Frame) -> dict[int, Point]:
    """District -> where a label may stand, of those that are wide enough for one."""
    found = {number: _label_point(its, frame) for number, its in _cells(index, frame).items()}
    return {number: at for number, at in found.items() if at}


def _label_point(cells: set[Point], frame: Frame) -> Point | None:
    """The cell that lies deepest inside; None where there is none."""
    # Peeled ring by ring, as long as something is left: what stays last lies deepest.
    inner = cells
    while len(inner) > 1:
        peeled = {
            (column, row)
            for column, row in inner
            if {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)} <= inner
        }
        if not peeled:
            break
        inner = peeled
    if not inner:
        return None
    across = sum(column for column, _ in inner) / len(inner)
    down = sum(row for _, row in inner) / len(inner)
    column, row = min(sorted(inner), key=lambda c: (c[0] - across) ** 2 + (c[1] - down) ** 2)
    return (
        round((column + 0.5) / COLUMNS * frame.width),
        round((row + 0.5) / ROWS * frame.height),
    )


def _neighbours(
    index: Index, cells: dict[int, set[Point]], frame: Frame, divisions: Collection[str]
) -> tuple[Neighbour, ...]:
    """Those with room for a label."""
    found = []
    for number, its in sorted(cells.items()):
        area = index.area(number)
        # A sliver at the frame's edge would carry a label that lies half on its neighbour.
        at = _label_point(its, frame) if len(its) >= 12 else None
        if at and area.division not in divisions and len(area.code) <= 4:
            found.append(Neighbour(area.code, at))
    return tuple(found)


def _bar(half_m: float) -> Bar:
    """At most a quarter of the width."""
    per_mile = HEIGHT / 2 / half_m * MILE_M
    fitting = [miles for miles in BARS if miles * per_mile <= WIDTH / 4]
    miles = max(fitting, default=BARS[0])
    return Bar(miles, round(miles * per_mile))


def svg_path(chains: Sequence[Sequence[Point]], *, closed: bool = False) -> str:
    """SVG's, with steps relative to the point before."""
    parts = []
    for points in chains:
        (x, y), steps = points[0], []
        for at in points[1:]:
            steps.append(f"{at[0] - x} {at[1] - y}")
            x, y = at
        start = f"M{points[0][0]} {points[0][1]}"
        parts.append(f"{start}l{' '.join(steps)}" + ("z" if closed else ""))
    return "".join(parts)
