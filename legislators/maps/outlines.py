"""The outlines of districts within a box, put together again from the lines of a boundary index.

An index knows lines and which districts each of them parts, not polygons. Lines that part the same
districts are joined into chains; chains and pieces of the box's edge, walked round, are the rings
of a district. Coordinates are those of the index until `Frame` makes them a picture's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from legislators.maps.boundaries import Index

Point = tuple[int, int]
Line = tuple[Point, Point, frozenset[int]]
INWARD = 40  # index units, some centimetres: from the box's edge to a point beyond doubt inside


class Frame(NamedTuple):
    """A box of an index and the picture that it becomes: x to the east, y down."""

    west: int
    south: int
    east: int
    north: int
    width: int
    height: int

    def place(self, x: float, y: float) -> Point:
        """Where it lies in the picture."""
        across = (x - self.west) / (self.east - self.west)
        down = (self.north - y) / (self.north - self.south)
        return round(across * self.width), round(down * self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.west <= x <= self.east and self.south <= y <= self.north

    def at(self, across: float, down: float) -> Point:
        """The index's coordinates of a point given by its shares of width and height."""
        x = self.west + across * (self.east - self.west)
        y = self.north - down * (self.north - self.south)
        return round(x), round(y)


class Chain(NamedTuple):
    """Points of the picture, and the districts on one side of it but not on the other."""

    points: tuple[Point, ...]
    parts: frozenset[int]


class Outlines:
    """What a frame shows: `borders`, each once; and any district's rings."""

    def __init__(self, index: Index, frame: Frame, tolerance: float) -> None:
        """`tolerance`: how far, in the picture, a line may leave its true course."""
        box = (frame.west, frame.south, frame.east, frame.north)
        lines = {cut for each in _normal(index.lines_in(*box)) if (cut := _cut(each, frame))}
        whole = list(_chains(lines, frame))
        self.borders = [
            Chain(_simple([frame.place(*at) for at in points], tolerance), parts)
            for points, parts in whole
        ]
        crossings = {at for points, _ in whole for at in (points[0], points[-1])}
        self._edges = list(_edges(index, frame, crossings))

    def rings(self, number: int) -> list[list[Point]]:
        """Closed, for even-odd filling: islands and holes are rings of their own."""
        mine = [each.points for each in (*self.borders, *self._edges) if number in each.parts]
        ends: dict[Point, list[int]] = defaultdict(list)
        for at, points in enumerate(mine):
            ends[points[0]].append(at)
            ends[points[-1]].append(at)
        left, rings = set(range(len(mine))), []
        for at, points in enumerate(mine):
            if at in left:
                left.discard(at)
                rings.append(_walked(list(points), mine, ends, left))
        # Fewer points enclose nothing.
        return [ring for ring in rings if len(ring) > 3]


def _walked(
    ring: list[Point],
    chains: list[tuple[Point, ...]],
    ends: dict[Point, list[int]],
    left: set[int],
) -> list[Point]:
    """On from chain to chain until it closes. A loose end, where a source's own lines do not meet,
    is closed straight.
    """
    while ring[-1] != ring[0]:
        onward = next((at for at in ends[ring[-1]] if at in left), None)
        if onward is None:
            break
        left.discard(onward)
        points = chains[onward]
        ring += points[1:] if points[0] == ring[-1] else points[-2::-1]
    return ring


def _normal(
    found: Iterable[tuple[frozenset[int], int, int, int, int]],
) -> Iterator[Line]:
    # The index gives some lines twice: with their ends in one order they are one line of a set.
    for parts, x1, y1, x2, y2 in found:
        first, last = sorted([(x1, y1), (x2, y2)])
        if first != last:
            yield first, last, parts


def _cut(line: Line, frame: Frame) -> Line | None:
    """The part of it inside the frame (Liang and Barsky), its ends on the edge exactly."""
    (x1, y1), (x2, y2), parts = line
    if frame.holds(x1, y1) and frame.holds(x2, y2):
        return line
    dx, dy = x2 - x1, y2 - y1
    # Against each edge of the frame in turn: how far along the line goes in, and how far it goes
    # out.
    start, end = 0.0, 1.0
    for step, room in (
        (-dx, x1 - frame.west),
        (dx, frame.east - x1),
        (-dy, y1 - frame.south),
        (dy, frame.north - y1),
    ):
        if step == 0 and room < 0:
            return None
        if step:
            share = room / step
            start, end = (max(start, share), end) if step < 0 else (start, min(end, share))
    if start >= end:
        return None
    first = _snapped(x1 + start * dx, y1 + start * dy, frame)
    last = _snapped(x1 + end * dx, y1 + end * dy, frame)
    return (first, last, parts) if first != last else None


def _snapped(x: float, y: float, frame: Frame) -> Point:
    # Rounding may leave a cut end one unit beside the edge, where no chain would meet the edge's
    # pieces.
    across = min(max(round(x), frame.west), frame.east)
    up = min(max(round(y), frame.south), frame.north)
    for edge in (frame.west, frame.east):
        across = edge if abs(across - edge) <= 1 else across
    for edge in (frame.south, frame.north):
        up = edge if abs(up - edge) <= 1 else up
    return across, up


def _chains(lines: set[Line], frame: Frame) -> Iterator[tuple[list[Point], frozenset[int]]]:
    """Lines joined where exactly two of them meet that part the same districts."""
    meeting: dict[Point, list[Line]] = defaultdict(list)
    for line in lines:
        meeting[line[0]].append(line)
        meeting[line[1]].append(line)

    def goes_on(at: Point) -> bool:
        two = meeting[at]
        # At the frame's edge a chain ends: there the outline goes on along the edge.
        return len(two) == 2 and two[0][2] == two[1][2] and not _on_edge(at, frame)

    left = set(lines)
    starts = [at for at in meeting if not goes_on(at)]
    for at in sorted(starts) + sorted(meeting):  # whole loops last, from anywhere
        for line in meeting[at]:
            if line not in left:
                continue
            left.discard(line)
            points = [at, line[1] if line[0] == at else line[0]]
            while goes_on(points[-1]):
                onward = next((each for each in meeting[points[-1]] if each in left), None)
                if onward is None:
                    break
                left.discard(onward)
                points.append(onward[1] if onward[0] == points[-1] else onward[0])
            yield points, line[2]


def _on_edge(at: Point, frame: Frame) -> bool:
    x, y = at
    return x in (frame.west, frame.east) or y in (frame.south, frame.north)


def _edges(index: Index, frame: Frame, ends: Iterable[Point]) -> Iterator[Chain]:
    """The pieces of the frame's edge between crossings, each with the districts that it bounds."""
    corners = [
        (frame.west, frame.south),
        (frame.east, frame.south),
        (frame.east, frame.north),
        (frame.west, frame.north),
    ]
    stops = {at for at in ends if _on_edge(at, frame)} | set(corners)
    round_about = sorted(stops, key=lambda at: _way_round(at, frame))
    for first, last in zip(round_about, round_about[1:] + round_about[:1], strict=True):
        # Asked a little inside: on the edge itself a line may run, and whose the piece is would be
        # chance.
        x, y = (first[0] + last[0]) // 2, (first[1] + last[1]) // 2
        x = min(max(x, frame.west + INWARD), frame.east - INWARD)
        y = min(max(y, frame.south + INWARD), frame.north - INWARD)
        yield Chain((frame.place(*first), frame.place(*last)), index.members(x, y))


def _way_round(at: Point, frame: Frame) -> tuple[int, int]:
    """Sorts the points of the edge counter-clockwise from the lower left corner."""
    x, y = at
    if y == frame.south:
        return 0, x
    if x == frame.east:
        return 1, y
    return (2, -x) if y == frame.north else (3, -y)


def _simple(points: list[Point], tolerance: float) -> tuple[Point, ...]:
    """Fewer points, none of those left out farther than `tolerance` from its line (Douglas and
    Peucker). Both ends stay.
    """
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if points[0] == points[-1] and len(points) > 3:  # a loop has no line between its ends
        far = max(range(len(points)), key=lambda i: _off(points[i], points[0], points[0]))
        kept, spans = kept | {far}, [(0, far), (far, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, most = first, tolerance
        for i in range(first + 1, last):
            distance = _off(points[i], points[first], points[last])
            if distance > most:
                farthest, most = i, distance
        if farthest != first:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return tuple(points[i] for i in sorted(kept))


def _off(at: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = at, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = 0.0 if not length else min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return float(((x - x1 - share * dx) ** 2 + (y - y1 - share * dy) ** 2) ** 0.5)
