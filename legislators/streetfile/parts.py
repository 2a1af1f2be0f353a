"""One published file's streets, kept beside the others until all are there.

A part says what it was made from, so that an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from legislators.roster.published import reading, sha256_of
from legislators.street_line import House, Street
from legislators.streetfile import addrfeat, pointtable
from legislators.streetfile.districts_near import LayerMap, districts_along, held_at
from legislators.streetfile.house_runs import Item, simplified
from legislators.streetfile.items import Key, Teller
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.ranges import Row, Streets, house_at
from legislators.streetfile.writer import Place

VERSION = 2
HOUSES = 32  # of each file, by which the finished file is held against the maps
CLEAR_M = 150  # a place that proves a map lies so far from every line


class KnownHouse(NamedTuple):
    """A house of a published range or point, and where the maps have it."""

    zip: str
    street: Street
    house: House
    held: KnownDistricts


class Part:
    """Open for reading."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            head: dict[str, Any] = json.loads(file.read(size))
        self._start = 8 + size
        self.key: str = head["key"]
        self.state: str = head["state"]
        self.dataset: str = head["dataset"]
        self.said: str = head["said"]
        self.zips: dict[str, list[int]] = head["zips"]
        self._held = [_read_held(each) for each in head["held"]]
        self.places = [Place(lat, lon, self._held[n]) for lat, lon, n in head["places"]]
        self.houses = [
            KnownHouse(zip5, Street(*street), House(*house), self._held[n])
            for zip5, street, house, n in head["houses"]
        ]

    def streets(self, zip5: str) -> dict[Street, tuple[str, list[Item]]]:
        """Of a ZIP: as published, and what is said of its house numbers."""
        at, size = self.zips[zip5]
        with self._path.open("rb") as file:
            file.seek(self._start + at)
            rows = json.loads(zlib.decompress(file.read(size)))
        return {
            Street(*street): (written, [self._item(*each) for each in items])
            for street, written, items in rows
        }

    def _item(
        self, prefix: str, low: int, high: int, parity: int, rank: int, held: int, wide: int
    ) -> Item:
        return Item(prefix, low, high, parity, rank, self._held[held], self._held[wide])


def make_part(path: Path, target: Path, maps: Sequence[LayerMap], maps_key: str) -> str:
    """Read one published file and write its part, unless it is there already.

    What was done, for whoever builds. Raises Refused; then nothing has changed.
    """
    # Made again when our way of making it, the published file or a map differs.
    key = f"{VERSION} {sha256_of(path)} {maps_key}"
    if target.exists() and Part(target).key == key:
        return f"{path.name}: already there"
    with reading(path):
        streets = addrfeat.read(path) if addrfeat.NAME.search(path.name) else pointtable.read(path)
    teller = Teller(streets, maps)
    found = teller.items()
    said = (
        f"{path.name}: {len(streets.rows):,} ranges and points of {len(found):,} streets in"
        f" {streets.state}, {streets.skipped} skipped"
    )
    _write(target, key, said, streets, teller, found)
    return said


def _write(
    target: Path,
    key: str,
    said: str,
    streets: Streets,
    teller: Teller,
    found: dict[Key, list[Item]],
) -> None:
    numbers: dict[KnownDistricts, int] = {}

    def number(held: KnownDistricts) -> int:
        return numbers.setdefault(held, len(numbers))

    blobs, zips = b"", {}
    for zip5, rows in _by_zip(found, _written(streets), number).items():
        blob = zlib.compress(json.dumps(rows).encode(), 1)
        zips[zip5] = [len(blobs), len(blob)]
        blobs += blob
    houses, places = _test_houses(streets, teller.maps)
    for kept in teller.places.values():
        places += kept
    head = {
        "key": key,
        "said": said,
        "state": streets.state,
        "dataset": streets.dataset,
        "zips": zips,
        "places": [[lat, lon, number(held)] for lat, lon, held in places],
        "houses": [[zip5, street, house, number(held)] for zip5, street, house, held in houses],
    }
    head["held"] = list(numbers)
    _replace(target, json.dumps(head).encode(), blobs)


def _by_zip(
    found: dict[Key, list[Item]], written: dict[Key, str], number: Callable[[KnownDistricts], int]
) -> dict[str, list[Any]]:
    zips: dict[str, list[Any]] = defaultdict(list)
    for (zip5, street), items in found.items():
        told = [[*item[:5], number(item.held), number(item.wide)] for item in simplified(items)]
        zips[zip5].append([street, written[zip5, street], told])
    return zips


def _written(streets: Streets) -> dict[Key, str]:
    return {
        (row.zip, Street(row.name, row.before, row.kind, row.after)): row.written
        for row in streets.rows
    }


def _test_houses(
    streets: Streets, maps: Sequence[LayerMap]
) -> tuple[list[KnownHouse], list[Place]]:
    """Seeded houses with their districts, and those of them that lie clear of every line."""
    source = random.Random(len(streets.rows))  # noqa: S311 - a sample
    houses, places = [], []
    for row in source.sample(streets.rows, min(HOUSES, len(streets.rows))):
        number = _some_number(row, source)
        spot = house_at(row, streets.lines[row.segment], number)
        street = Street(row.name, row.before, row.kind, row.after)
        truth = held_at(maps, streets.state, spot)
        houses.append(KnownHouse(row.zip, street, House(row.prefix, number), truth))
        clear = districts_along(maps, streets.state, [spot], CLEAR_M)
        if any(len(divisions) == 1 for _, divisions in clear.layers):
            places.append(Place(*spot, clear))
    return houses, places


def _some_number(row: Row, source: random.Random) -> int:
    low, high = sorted((row.first, row.last))
    step = 1 if row.parity == "B" else 2
    return row.first if low == high else low + step * source.randint(0, (high - low) // step)


def _read_held(written: Iterable[Any]) -> KnownDistricts:
    state, layers = written
    return KnownDistricts(state, tuple((layer, tuple(divisions)) for layer, divisions in layers))


def _replace(target: Path, head: bytes, blobs: bytes) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(len(head).to_bytes(8, "little") + head + blobs)
    os.replace(file.name, target)
