"""The bytes of a street file (see `reader` for their order). Import time only."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from legislators.maps.boundaries import UNITS
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.reader import HEADER, MAGIC, ZIPS, hash_of
from legislators.streetfile.street_rows import StreetRow

Key = TypeVar("Key")


class Place(NamedTuple):
    """A place clear of every line by which a map in force is held against the one at making."""

    lat: float
    lon: float
    held: KnownDistricts


class Writer:
    """Takes ZIP after ZIP. The same rows always give the same bytes."""

    def __init__(self) -> None:
        self._words = array("I", bytes(4 * ZIPS))
        self._styles: dict[tuple[str, str, str], int] = {}
        self._prefixes: dict[str, int] = {}
        self._layers: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._sets: dict[KnownDistricts, int] = {}
        self.rows = self.crossing = 0

    def add(self, zip5: str, rows: Iterable[StreetRow]) -> None:
        """The streets of one ZIP, once."""
        # By the hash, in which the reader searches; by the rest for the same bytes each time.
        ordered = sorted(rows, key=lambda row: (hash_of(row.street.name), row.street, row.held))
        block = _Block()
        styles = [block.style(self._style(row)) for row in ordered]
        told = [self._place(block, row) for row in ordered]
        places = [number + (len(block.sets) if crosses else 0) for crosses, number in told]
        self.rows += len(ordered)
        self.crossing += len(block.starts)
        self._words[int(zip5)] = len(self._words)
        self._words.extend(
            block.words([hash_of(row.street.name) for row in ordered], styles, places)
        )

    def finish(self, head: dict[str, Any], places: Mapping[str, Sequence[Place]]) -> bytes:
        """`head` has name, states and valid_from; `places` those of each state."""
        proof = {}
        for state, found in sorted(places.items()):
            proof[state] = [len(self._words), len(found)]
            for place in found:
                where = (round(place.lon * UNITS), round(place.lat * UNITS))
                self._words.extend(value & 0xFFFFFFFF for value in where)
                self._words.append(self._set(place.held))
        tables = self._tables()
        texts = [text.encode() for text in self._texts]
        whole = head | {
            "rows": self.rows,
            "crossing": self.crossing,
            "styles": list(self._styles),
            "prefixes": list(self._prefixes),
            "layers": list(self._layers),
            "tables": tables,
            "places": proof,
        }
        text_at = HEADER + 4 * len(self._words)
        head_at = text_at + sum(map(len, texts))
        rest = text_at.to_bytes(8, "little") + head_at.to_bytes(8, "little")
        rest += self._words.tobytes() + b"".join(texts)
        rest += json.dumps(whole, sort_keys=True).encode()
        return MAGIC + hashlib.sha256(rest).digest() + rest

    def _tables(self) -> list[int]:
        """Where the sets' starts, their members and the names' starts begin."""
        members = [self._members(held) for held in self._sets]
        tables = []
        for numbers in (
            [0, *accumulate(map(len, members))],
            [number for each in members for number in each],
            [0, *accumulate(len(text.encode()) for text in self._texts)],
        ):
            tables.append(len(self._words))
            self._words.extend(numbers)
        return tables

    def _members(self, held: KnownDistricts) -> list[int]:
        """Every one of them is interned already: the texts' own table is complete by then."""
        return [self._texts[held.state]] + [
            self._texts[division] << 3 | self._layers[layer]
            for layer, divisions in held.layers
            for division in divisions
        ]

    def _set(self, held: KnownDistricts) -> int:
        if held not in self._sets:
            _number(self._texts, held.state)
            for layer, divisions in held.layers:
                _number(self._layers, layer)
                for division in divisions:
                    _number(self._texts, division)
        return _number(self._sets, held)

    def _style(self, row: StreetRow) -> int:
        return _number(self._styles, (row.street.before, row.street.kind, row.street.after))

    def _place(self, block: _Block, row: StreetRow) -> tuple[bool, int]:
        """Whether it crosses, and the number of its set or crossing street within a block."""
        whole = block.set(self._set(row.held))
        if not row.runs:
            return False, whole
        block.starts.append(len(block.runs))
        numbers = [whole, len(row.runs)]
        before = 0
        for run in row.runs:
            kind = _number(self._prefixes, run.prefix) << 4 | run.quality << 2 | run.parity
            step = run.low - before
            zigzag = step << 1 if step >= 0 else (-step << 1) - 1
            numbers += [kind, zigzag, run.high - run.low, block.set(self._set(run.held))]
            before = run.low
        block.runs += b"".join(map(_varint, numbers))
        return True, len(block.starts) - 1


class _Block:
    """What one ZIP has to say, numbered within itself: most know few styles and few sets."""

    def __init__(self) -> None:
        self.styles: dict[int, int] = {}
        self.sets: dict[int, int] = {}
        self.starts: list[int] = []
        self.runs = b""

    def style(self, number: int) -> int:
        return _number(self.styles, number)

    def set(self, number: int) -> int:
        return _number(self.sets, number)

    def words(self, hashes: list[int], styles: list[int], places: list[int]) -> array[int]:
        style_width = _width(len(self.styles))
        set_width = _width(len(self.sets) + len(self.starts))
        counts = [len(hashes), len(self.styles), len(self.sets), len(self.starts)]
        content = array(
            "I",
            [*counts, style_width, set_width, *hashes, *self.styles, *self.sets, *self.starts],
        ).tobytes()
        content += b"".join(number.to_bytes(style_width, "little") for number in styles)
        content += b"".join(number.to_bytes(set_width, "little") for number in places)
        content += self.runs
        # Filled up to whole numbers of four bytes.
        return array("I", content + bytes(-len(content) % 4))


def _width(count: int) -> int:
    """Bytes for one of so many numbers: none for the only one."""
    return 0 if count <= 1 else 1 if count <= 256 else 2


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(numbers: dict[Key, int], of: Key) -> int:
    """Its number, the next one for what was not seen before."""
    return numbers.setdefault(of, len(numbers))
