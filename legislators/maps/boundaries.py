"""Point -> districts, in this process, exactly, with the standard library.

An index file (see `indexing` for how it is drawn) is mapped into memory and shared by every process
of the machine. Coordinates are whole numbers of 1e-7 degrees (about a centimetre), so every
comparison below is exact. A point on a line between two districts belongs to the one on its east,
or to the one on its north where the line runs due east: one tie rule everywhere.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from legislators.models import BoundaryFile, Edition, MapInForce

MAGIC = b"TAMAP\x00\x00\x03"
HEADER = 24  # the magic, where the numbers end, where the head begins
UNITS = 10_000_000  # per degree
NODE, LEAF = 1, 2  # what a cell's two lowest bits say; 0 is a plain set of districts


class Area(NamedTuple):
    """A district as an index knows it."""

    division: str
    state: str
    code: str
    name: str


class Hit(NamedTuple):
    """A district that covers a point, or that lies so many metres from it."""

    edition: Edition
    area: Area
    metres: float = 0.0


class IndexUnavailable(Exception):
    """A boundary index is missing or damaged."""


def districts_at(lat: float, lon: float, maps: list[MapInForce]) -> list[Hit]:
    """Every district of these maps that covers a point. Raises IndexUnavailable.

    No query once an index lies on this disk.
    """
    return [
        Hit(edition, area)
        for edition, states in maps
        if edition.index_sha256 and states
        for area in open_index(edition.index_sha256).covering(lat, lon)
        if area.state in states
    ]


@lru_cache(maxsize=256)
def open_index(sha256: str) -> Index:
    """Raises IndexUnavailable, and OSError where it cannot be laid out."""
    return Index(laid_out(sha256, "boundaries", ".idx"))


def laid_out(sha256: str, folder: str, suffix: str) -> Path:
    """A file kept in the database, on this machine's disk: put there when first asked for.

    Raises IndexUnavailable when it is missing or damaged.
    """
    path: Path = settings.VAR_DIR / folder / f"{sha256}{suffix}"
    if not path.exists():
        _lay_out(sha256, path)
    return path


def store_index(content: bytes) -> str:
    """Keep an index (or a street file) in the database under its own hash, which is returned."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not BoundaryFile.objects.filter(pk=sha256).exists():
        BoundaryFile.objects.create(sha256=sha256, content=zlib.compress(content, 6))
    return sha256


def _lay_out(sha256: str, path: Path) -> None:
    """From the database to this machine's disk, whole or not at all."""
    row = BoundaryFile.objects.filter(pk=sha256).first()
    try:
        content = zlib.decompress(row.content) if row else b""
    except zlib.error as error:
        raise IndexUnavailable(sha256) from error
    # A damaged map would answer, and wrongly.
    if hashlib.sha256(content).hexdigest() != sha256:
        raise IndexUnavailable(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(content)
    # In one step: another process finds all of it or nothing.
    os.replace(part.name, path)


class Index:
    """A read-only index file, mapped. Safe to share between threads.

    What an answer names is decoded when first named.
    """

    def __init__(self, path: Path) -> None:
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise IndexUnavailable(str(path))
        self._text, head_at = (int.from_bytes(self._map[at : at + 8], "little") for at in (8, 16))
        self._ints = memoryview(self._map)[HEADER : self._text].cast("i")
        head = json.loads(self._map[head_at:])
        self._left, self._bottom, self._shift, self._columns, self._rows = head["grid"]
        self._set_starts, self._members_at, self._area_starts = (
            head["sets"],
            head["members"],
            head["areas"],
        )
        self._sets: dict[int, frozenset[int]] = {}
        self._answers: dict[frozenset[int], tuple[Area, ...]] = {}

    @property
    def size(self) -> int:
        return len(self._map)

    def covering(self, lat: float, lon: float) -> tuple[Area, ...]:
        """The districts that cover a point in degrees: one at most, unless the source's polygons
        overlap.
        """
        members = self.members(round(lon * UNITS), round(lat * UNITS))
        try:
            return self._answers[members]
        except KeyError:
            # setdefault, since another thread may have made the same meanwhile: both then hand out
            # one.
            return self._answers.setdefault(members, tuple(self.area(i) for i in sorted(members)))

    def members(self, x: int, y: int) -> frozenset[int]:
        shift = self._shift
        dx, dy = x - self._left, y - self._bottom
        column, row = dx >> shift, dy >> shift
        if not (0 <= column < self._columns and 0 <= row < self._rows):
            return frozenset()
        ints = self._ints
        cell = ints[row * self._columns + column]
        while cell & 3 == NODE:
            # Each cell is cut into four by four: two bits of each coordinate say which is meant.
            shift -= 2
            cell = ints[(cell >> 2) + ((dy >> shift & 3) << 2 | dx >> shift & 3)]
        if cell & 3 == LEAF:
            return self._in_leaf(cell >> 2, x, y)
        return self._set(cell >> 2)

    def _in_leaf(self, at: int, x: int, y: int) -> frozenset[int]:
        """Who covers the leaf's left side at this height, changed by every line crossed from there
        to the point.

        A leaf: length, set at its lower left corner, number of (height, set) steps up the left side
        and those, then for each pair of neighbours their set, the number of whole lines (x1 y1 x2
        y2, y1 < y2) and of lines that enter from the left (the same, and the rows between which
        they lie in this leaf). Behind its length: the number of lines that touch the cell and part
        nothing in it (level ones), and those, each behind its pair. Only `lines_in` reads them.
        """
        leaf = self._ints[at : at + self._ints[at]].tolist()
        # Up the left side, from the corner to the point's height.
        members, steps, i = leaf[1], leaf[2], 3
        for _ in range(steps):
            if y < leaf[i]:
                break
            members = leaf[i + 1]
            i += 2
        result = self._set(members)
        # Then east to the point: lines of one pair crossed an odd number of times change the side.
        i, end = 3 + 2 * steps, len(leaf)
        while i < end:
            neighbours, whole, cut = leaf[i : i + 3]
            i += 3
            crossed = 0
            numbers = iter(leaf[i : i + 4 * whole])
            for x1, y1, x2, y2 in zip(numbers, numbers, numbers, numbers, strict=True):
                # Half open, so that a corner shared by two lines is crossed once. Multiplied and
                # not divided: whole numbers stay exact.
                if y1 <= y < y2 and (x - x1) * (y2 - y1) >= (y - y1) * (x2 - x1):
                    crossed ^= 1
            i += 4 * whole
            numbers = iter(leaf[i : i + 6 * cut])
            for x1, y1, x2, y2, low, high in zip(
                numbers, numbers, numbers, numbers, numbers, numbers, strict=True
            ):
                if low <= y < high and (x - x1) * (y2 - y1) >= (y - y1) * (x2 - x1):
                    crossed ^= 1
            i += 6 * cut
            if crossed:
                result = result ^ self._set(neighbours)
        return result

    def lines_in(
        self, west: int, south: int, east: int, north: int
    ) -> Iterator[tuple[frozenset[int], int, int, int, int]]:
        """At least every line that touches this box: the districts it parts and its ends.

        Some come twice.
        """
        shift = self._shift
        west, south, east, north = (
            west - self._left,
            south - self._bottom,
            east - self._left,
            north - self._bottom,
        )
        for row in range(max(0, south >> shift), min(self._rows - 1, north >> shift) + 1):
            for column in range(max(0, west >> shift), min(self._columns - 1, east >> shift) + 1):
                cell = self._ints[row * self._columns + column]
                yield from self._lines_of(
                    cell, column << shift, row << shift, shift - 2, (west, south, east, north)
                )

    def lines_everywhere(self) -> Iterator[tuple[frozenset[int], int, int, int, int]]:
        """Every line; many come twice."""
        wide, high = self._columns << self._shift, self._rows << self._shift
        return self.lines_in(self._left, self._bottom, self._left + wide, self._bottom + high)

    def _lines_of(
        self, cell: int, x: int, y: int, shift: int, box: tuple[int, int, int, int]
    ) -> Iterator[tuple[frozenset[int], int, int, int, int]]:
        """Of one cell, its lower left corner relative to the grid's; `shift` is its children's."""
        if cell & 3 == LEAF:
            yield from self._lines_of_leaf(cell >> 2)
        elif cell & 3 == NODE:
            west, south, east, north = box
            for child in range(16):
                cx, cy = x + ((child & 3) << shift), y + (child >> 2 << shift)
                if (
                    cx <= east
                    and cx + (1 << shift) >= west
                    and cy <= north
                    and cy + (1 << shift) >= south
                ):
                    yield from self._lines_of(
                        self._ints[(cell >> 2) + child], cx, cy, shift - 2, box
                    )

    def _lines_of_leaf(self, at: int) -> Iterator[tuple[frozenset[int], int, int, int, int]]:
        end = at + self._ints[at]
        leaf, level = (
            self._ints[at:end].tolist(),
            self._ints[end + 1 : end + 1 + 5 * self._ints[end]].tolist(),
        )
        i = 3 + 2 * leaf[2]
        while i < len(leaf):
            neighbours, (whole, cut) = self._set(leaf[i]), leaf[i + 1 : i + 3]
            middle, last = i + 3 + 4 * whole, i + 3 + 4 * whole + 6 * cut
            for start in [*range(i + 3, middle, 4), *range(middle, last, 6)]:
                x1, y1, x2, y2 = leaf[start : start + 4]
                yield neighbours, x1, y1, x2, y2
            i = last
        for start in range(0, len(level), 5):
            pair, x1, y1, x2, y2 = level[start : start + 5]
            yield self._set(pair), x1, y1, x2, y2

    def _set(self, number: int) -> frozenset[int]:
        try:
            return self._sets[number]
        except KeyError:
            start, end = self._ints[self._set_starts + number : self._set_starts + number + 2]
            return self._sets.setdefault(
                number, frozenset(self._ints[self._members_at + start : self._members_at + end])
            )

    def area(self, number: int) -> Area:
        start, end = self._ints[self._area_starts + number : self._area_starts + number + 2]
        division, state, code, name = (
            self._map[self._text + start : self._text + end].decode().split("\t")
        )
        # Few states and codes stand in thousands of areas.
        return Area(division, sys.intern(state), sys.intern(code), name)
