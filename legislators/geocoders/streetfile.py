"""A county's or state's house-number ranges, or its known address points, in one read-only SQLite
file.

A point is a range of a single number on a line of a single corner, so both are found the same way.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from legislators.geocoders.candidates import Spot

VERSION = 1
PLACES = "places.db"
METRES_PER_DEGREE = 111_320
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE range (
    zip TEXT, name TEXT, n INTEGER, prefix TEXT,
    first INTEGER, last INTEGER, parity TEXT, side TEXT, quality INTEGER,
    before TEXT, kind TEXT, after TEXT, segment INTEGER, PRIMARY KEY (zip, name, n)
) WITHOUT ROWID;
CREATE TABLE segment (id INTEGER PRIMARY KEY, line BLOB, settled INTEGER);
CREATE TABLE settled (id INTEGER PRIMARY KEY, districts TEXT UNIQUE);
"""
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


@dataclass
class Streets:
    """What one published file says, before it is written: rows, and by segment its corners."""

    state: str
    dataset: str
    rows: list[Row] = field(default_factory=list)
    lines: dict[int, list[Spot]] = field(default_factory=dict)
    skipped: int = 0


class StreetFile:
    """One file, open for reading.

    Each thread has a connection of its own; pages are mapped and shared.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        meta = dict(self._db.execute("SELECT name, value FROM meta"))
        self.state, self.dataset = meta["state"], meta["dataset"]
        self.zips = frozenset(json.loads(meta["zips"]))

    @property
    def _db(self) -> sqlite3.Connection:
        mine = (os.getpid(), getattr(self._threads, "pid", None))
        if mine[0] != mine[1]:
            self._threads.db = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True)
            self._threads.db.execute("PRAGMA mmap_size=1073741824")
            self._threads.pid = mine[0]
        db: sqlite3.Connection = self._threads.db
        return db

    def rows(self, zip5: str, name: str) -> list[Row]:
        return [
            Row(*row)
            for row in self._db.execute(
                "SELECT * FROM range WHERE zip = ? AND name = ?", (zip5, name)
            )
        ]

    def names(self, zip5: str) -> list[str]:
        return [
            name
            for (name,) in self._db.execute(
                "SELECT DISTINCT name FROM range WHERE zip = ?", (zip5,)
            )
        ]

    def settled(self, segment: int) -> dict[str, list[str]]:
        """Index hash -> the divisions that hold the whole segment and its surroundings."""
        found = self._db.execute(
            "SELECT districts FROM segment JOIN settled ON settled.id = segment.settled WHERE"
            " segment.id = ?",
            (segment,),
        )
        row = found.fetchone()
        return _read_settled(row[0]) if row else {}

    def line(self, segment: int) -> list[Spot]:
        """Its corners as lat, lon."""
        (content,) = self._db.execute(
            "SELECT line FROM segment WHERE id = ?", (segment,)
        ).fetchone()
        return unpack(content)


def shelf() -> Path:
    return Path(settings.VAR_DIR) / "ranges"


def holding(zip5: str, state: str) -> list[StreetFile]:
    """The files of this ZIP; only those of the state, if one is given.

    A file put there or replaced is seen at once.
    """
    try:
        changed = shelf().stat().st_mtime_ns
    except OSError:
        return []
    return [file for file in _catalog(shelf(), changed).get(zip5, ()) if state in ("", file.state)]


def nearby_zips(zip5: str, city: str, state: str) -> list[str]:
    """Other ZIPs that begin with the same three digits and belong to that city, where a table of
    places is loaded (see docs/data.md).
    """
    path = shelf() / PLACES
    if not city or not state or not path.exists():
        return []
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        wanted = (f"{zip5[:3]}00", f"{zip5[:3]}99", state, plain_city(city), zip5)
        return [
            zip
            for (zip,) in db.execute(
                "SELECT zip FROM place WHERE zip BETWEEN ? AND ? AND state = ? AND city = ? AND zip"
                " <> ?",
                wanted,
            )
        ]
    finally:
        db.close()


def plain_city(city: str) -> str:
    return "".join(
        character for character in city.upper().replace("SAINT ", "ST ") if character.isalpha()
    )


@lru_cache(maxsize=2)
def _catalog(folder: Path, changed: int) -> dict[str, tuple[StreetFile, ...]]:
    found: dict[str, tuple[StreetFile, ...]] = {}
    for path in sorted(folder.glob("*.sqlite3")):
        file = StreetFile(path)
        for zip5 in file.zips:
            found[zip5] = (*found.get(zip5, ()), file)
    return found


@lru_cache(maxsize=1024)
def _read_settled(text: str) -> dict[str, list[str]]:
    districts: dict[str, list[str]] = json.loads(text)
    return districts


def pack(line: Sequence[Spot]) -> bytes:
    """Corners as differences of millionths of a degree, seven bits a byte."""
    out, before = bytearray(), (0, 0)
    for lat, lon in line:
        here = (round(lat * 1e6), round(lon * 1e6))
        for step in (here[0] - before[0], here[1] - before[1]):
            rest = step << 1 if step >= 0 else (-step << 1) - 1
            while rest > 127:
                out.append(rest & 127 | 128)
                rest >>= 7
            out.append(rest)
        before = here
    return bytes(out)


def unpack(content: bytes) -> list[Spot]:
    numbers, value, shift = [], 0, 0
    for byte in content:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(-((value + 1) >> 1) if value & 1 else value >> 1)
            value = shift = 0
    line, lat, lon = [], 0, 0
    for dlat, dlon in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + dlat, lon + dlon
        line.append((lat / 1e6, lon / 1e6))
    return line


def lengths(line: Sequence[Spot]) -> list[float]:
    """Metres from each corner to the next."""
    return [
        (((b[0] - a[0]) ** 2) + ((b[1] - a[1]) * cos(radians(a[0]))) ** 2) ** 0.5
        * METRES_PER_DEGREE
        for a, b in pairwise(line)
    ]
