"""A street file, mapped into memory and shared by every process of the machine.

Standard library only. Nothing in the file is a coordinate of an address: a row has the hash of a
street's name and the districts that the street lies in. See `writer` for how it is made.

    header     magic, sha256 of the rest, where the numbers end, where the head begins
    numbers    (32 bits) for each ZIP code its block; the blocks; sets of districts; places to prove
    text       the districts' names
    head       JSON: what it was made from and where the tables begin

    block      rows n, styles, sets, crossing streets, width of a style, width of a place number;
               n hashes in order; the block's own styles, its own sets, for each crossing street
               where its runs begin; then bytes: a style for each row, a set for each row (or, past
               the last set, a crossing street), the runs
"""

from __future__ import annotations

import hashlib
import json
import mmap
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from legislators.maps.boundaries import UNITS, Index, open_index
from legislators.street_line import Street
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.street_rows import Run, StreetRow

MAGIC = b"TASTRT\x00\x01"
HEADER = 56  # magic 8, sha256 32, where the numbers end 8, where the head begins 8
BLOCK_HEAD = 6
ZIPS = 100_000


class StreetsUnavailable(Exception):
    """A street file is missing, damaged or of another format."""


def hash_of(name: str) -> int:
    """32 bits: among a thousand streets of a ZIP, an unknown name is taken for a known one four
    times in ten million.
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


def sound(content: bytes) -> bool:
    """Whether a file is whole and unchanged since it was made."""
    return content[:8] == MAGIC and hashlib.sha256(content[40:]).digest() == content[8:40]


class StreetFile:
    """Open for reading. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise StreetsUnavailable(str(path))
        self._text, head_at = (int.from_bytes(self._map[at : at + 8], "little") for at in (40, 48))
        self._words = memoryview(self._map)[HEADER : self._text].cast("I")
        head = json.loads(self._map[head_at:])
        self.name: str = head["name"]
        self.states: list[str] = head["states"]
        self.valid_from: str = head["valid_from"]
        self.rows: int = head["rows"]
        self.crossing: int = head["crossing"]
        self._styles = [tuple(map(sys.intern, style)) for style in head["styles"]]
        self._prefixes: list[str] = head["prefixes"]
        self._layers: list[str] = head["layers"]
        self._set_starts, self._members, self._name_starts = head["tables"]
        self._places: dict[str, list[int]] = head["places"]

    @property
    def size(self) -> int:
        return len(self._map)

    def knows_zip(self, zip5: str) -> bool:
        return bool(self._words[int(zip5)])

    def districts_of(self, zip5: str) -> list[KnownDistricts]:
        """The sets of districts that the streets of a ZIP lie in; none where it is unknown."""
        at = self._words[int(zip5)]
        if not at:
            return []
        rows, styles, sets = self._words[at : at + 3]
        start = at + BLOCK_HEAD + rows + styles
        return [self.held(number) for number in self._words[start : start + sets]]

    def streets(self, zip5: str, name: str) -> list[StreetRow]:
        """Every street of a ZIP with this name, whatever its kind and direction."""
        at = self._words[int(zip5)]
        if not at:
            return []
        wanted, n = hash_of(name), self._words[at]
        first = at + BLOCK_HEAD
        # The hashes stand in order. Streets of one name stand side by side.
        i = bisect_left(self._words, wanted, first, first + n) - first
        found = []
        while i < n and self._words[first + i] == wanted:
            found.append(self._row(at, i, name))
            i += 1
        return found

    def _row(self, at: int, i: int, name: str) -> StreetRow:
        words = self._words
        n, styles, sets, crossing, style_width, set_width = words[at : at + BLOCK_HEAD]
        styles_at = at + BLOCK_HEAD + n
        sets_at = styles_at + styles
        crossing_at = sets_at + sets
        bytes_at = HEADER + 4 * (crossing_at + crossing)
        style = words[styles_at + self._number(bytes_at + i * style_width, style_width)]
        sets_from = bytes_at + n * style_width
        number = self._number(sets_from + i * set_width, set_width)
        street = Street(name, *self._styles[style])
        if number < sets:
            return StreetRow(street, self.held(words[sets_at + number]))
        runs_at = sets_from + n * set_width + words[crossing_at + number - sets]
        numbers = self._varints(runs_at)
        whole = self.held(words[sets_at + next(numbers)])
        runs = tuple(self._runs(numbers, next(numbers), sets_at))
        return StreetRow(street, whole, runs)

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self._map[at : at + width], "little")

    def _varints(self, at: int) -> Iterator[int]:
        """Numbers of seven bits a byte."""
        content = self._map
        while True:
            byte = content[at]
            at += 1
            value, shift = byte & 127, 7
            while byte > 127:
                byte = content[at]
                at += 1
                value |= (byte & 127) << shift
                shift += 7
            yield value

    def _runs(self, numbers: Iterator[int], count: int, sets_at: int) -> Iterator[Run]:
        """Each: prefix, quality and parity in one number; how far its first house lies from the
        last one's first, zigzag; its length; its set.
        """
        before = 0
        for _ in range(count):
            kind, step, length, number = islice(numbers, 4)
            before += -((step + 1) >> 1) if step & 1 else step >> 1
            prefix, quality, parity = self._prefixes[kind >> 4], kind >> 2 & 3, kind & 3
            held = self.held(self._words[sets_at + number])
            yield Run(prefix, before, before + length, parity, quality, held)

    def held(self, number: int) -> KnownDistricts:
        """A set of districts: its state, then layer and name of each."""
        return _held(self, number)

    def members(self, number: int) -> list[int]:
        """A set's state, then its districts, as they stand in the file."""
        start, end = self._words[self._set_starts + number : self._set_starts + number + 2]
        return self._words[self._members + start : self._members + end].tolist()

    def text(self, number: int) -> str:
        start, end = self._words[self._name_starts + number : self._name_starts + number + 2]
        return sys.intern(self._map[self._text + start : self._text + end].decode())

    def layer(self, number: int) -> str:
        return self._layers[number]

    def proves(self, sha256: str, layer: str, state: str) -> bool:
        """Whether a map in force draws this layer of this state as the map that the file was made
        on: every place kept for that lies in the same district. Raises IndexUnavailable.
        """
        return _proves(self, sha256, layer, state)

    def disagreements(self, index: Index, layer: str, state: str) -> tuple[int, int]:
        """(places asked, places that lie in another district) on a map."""
        start, count = self._places.get(state, (0, 0))
        asked = wrong = 0
        # Three numbers a place: lon, lat, its set.
        for at in range(start, start + 3 * count, 3):
            x, y, number = self._words[at : at + 3]
            divisions = self.held(number).of(layer)
            if len(divisions) != 1:
                continue
            asked += 1
            lon, lat = (_signed(value) / UNITS for value in (x, y))
            wrong += divisions[0] not in {area.division for area in index.covering(lat, lon)}
        return asked, wrong


def _signed(word: int) -> int:
    return word - (1 << 32) if word >> 31 else word


@lru_cache(maxsize=8192)
def _held(file: StreetFile, number: int) -> KnownDistricts:
    """Kept by its number: the streets of a town share few sets, and a crossing one reads dozens."""
    state, *members = file.members(number)
    layers: dict[str, tuple[str, ...]] = {}
    for member in members:
        layer = file.layer(member & 7)
        layers[layer] = (*layers.get(layer, ()), file.text(member >> 3))
    return KnownDistricts(file.text(state), tuple(layers.items()))


@lru_cache(maxsize=2048)
def _proves(file: StreetFile, sha256: str, layer: str, state: str) -> bool:
    asked, wrong = file.disagreements(open_index(sha256), layer, state)
    return asked > 0 and not wrong
