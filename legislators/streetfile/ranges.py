"""What one published file says: house-number ranges and known points, each on its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

Spot = tuple[float, float]  # lat, lon
METRES_PER_DEGREE = 111_320
OFFSET_M = 10  # a house stands this far from the middle of its street
KEEP_CLEAR = 0.05  # of a range's length: nobody lives on the corner
POINT, RANGE, IMPUTED = range(3)  # a row's quality


class Row(NamedTuple):
    """first and last run in the line's own direction, so first may be the greater. side is L, R or
    "" (on the line).
    """

    zip: str
    name: str
    n: int
    prefix: str
    first: int
    last: int
    parity: str  # O, E or B
    side: str
    quality: int
    before: str
    kind: str
    after: str
    segment: int
    written: str  # the street as published


@dataclass
class Streets:
    """Rows, and by segment its corners: a known point is a line of a single corner."""

    state: str
    dataset: str
    rows: list[Row] = field(default_factory=list)
    lines: dict[int, list[Spot]] = field(default_factory=dict)
    skipped: int = 0


def lengths(line: Sequence[Spot]) -> list[float]:
    """Metres from each corner to the next."""
    return [metres(a, b) for a, b in pairwise(line)]


def metres(a: Spot, b: Spot) -> float:
    """Between two places near each other."""
    north, east = b[0] - a[0], (b[1] - a[1]) * cos(radians(a[0]))
    return (north**2 + east**2) ** 0.5 * METRES_PER_DEGREE


def part(line: Sequence[Spot], start: float, end: float) -> list[Spot]:
    """A line from one share of its length to another."""
    steps = lengths(line)
    total = sum(steps)
    inner, gone = [], 0.0
    for step, corner in zip(steps, line[1:], strict=True):
        gone += step
        if start * total < gone < end * total:
            inner.append(corner)
    return [along(line, start), *inner, along(line, end)]


def along(line: Sequence[Spot], share: float, side: str = "") -> Spot:
    """The place at a share of a line's length, on it or, for side L or R, a house's width off."""
    if len(line) == 1:
        return line[0]
    steps = lengths(line)
    left = share * sum(steps)
    i = 0
    while i < len(steps) - 1 and left > steps[i]:
        left -= steps[i]
        i += 1
    return _beside(line[i], line[i + 1], left / steps[i] if steps[i] else 0.0, side)


def house_at(row: Row, line: Sequence[Spot], number: int) -> Spot:
    """Where a number falls between first and last, ends kept clear of the corners."""
    share = 0.5 if row.first == row.last else (number - row.first) / (row.last - row.first)
    return along(line, min(max(share, KEEP_CLEAR), 1 - KEEP_CLEAR), row.side)


def _beside(a: Spot, b: Spot, share: float, side: str) -> Spot:
    """The point between a and b, OFFSET_M to the left or right as seen from a."""
    # A degree of longitude is so much shorter up here.
    narrow = cos(radians(a[0]))
    east, north = (b[1] - a[1]) * narrow, b[0] - a[0]
    length = (east**2 + north**2) ** 0.5 or 1.0
    off = {"L": OFFSET_M, "R": -OFFSET_M}.get(side, 0) / METRES_PER_DEGREE / length
    return a[0] + share * north + off * east, a[1] + (share * east - off * north) / narrow
