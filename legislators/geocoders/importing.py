"""Published address ranges and points into street files under VAR_DIR, one a county or table.

Whole or not at all, and safe twice.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from legislators.boundaries import MapInForce, open_index
from legislators.geocoders import addrfeat, pointtable
from legislators.geocoders.settling import settle
from legislators.geocoders.streetfile import (
    PLACES,
    SCHEMA,
    VERSION,
    Row,
    Streets,
    pack,
    plain_city,
    shelf,
)
from legislators.roster.published import read_text, reading, sha256_of
from legislators.states import BY_FIPS


def import_folder(
    folder: Path, states: list[str], maps: list[MapInForce], say: Callable[[str], None]
) -> int:
    """Every range and point file of a folder that belongs to these states (all, if none is named).

    The number of files. Raises Refused.
    """
    kept = 0
    for path in sorted(
        path
        for path in folder.rglob("*")
        if re.search(r"(^US|geonames_US_postal)\.txt(\.\w+)?$", path.name)
    )[-1:]:
        say(import_places(path))
    for path in sorted(
        path
        for path in folder.rglob("*")
        if addrfeat.NAME.search(path.name) or pointtable.NAME.search(path.name)
    ):
        found = addrfeat.NAME.search(path.name)
        if found and states and BY_FIPS[found[2]].code not in states:
            continue
        kept += 1
        say(import_file(path, maps))
    return kept


def import_file(path: Path, maps: list[MapInForce]) -> str:
    """One published file into a street file under VAR_DIR; what was done, for the operator.

    Raises Refused, having changed nothing.
    """
    indexes = sorted(
        {edition.index_sha256 for edition, states in maps if edition.index_sha256 and states}
    )
    sha256 = sha256_of(path)
    target = shelf() / f"{_name(path)}.sqlite3"
    if _already(target) == (sha256, str(VERSION), json.dumps(indexes)):
        return f"{path.name}: already there"
    with reading(path):
        streets = addrfeat.read(path) if addrfeat.NAME.search(path.name) else pointtable.read(path)
    with _written(target) as db:
        _write(db, streets, sha256, indexes)
        inside = settle(db, {sha: open_index(sha) for sha in indexes}, streets.lines, streets.state)
    return (
        f"{path.name}: {len(streets.rows):,} ranges on {len(streets.lines):,} streets in"
        f" {streets.state}, {inside:,} wholly inside their districts, {streets.skipped} skipped"
    )


def import_places(path: Path) -> str:
    """GeoNames' table of postal codes: which city a ZIP belongs to, so that a ZIP mistyped within a
    city still finds its street.
    """
    with reading(path):
        rows = [line.split("\t") for line in read_text(path).splitlines()]
        places = sorted({(row[1], row[4], plain_city(row[2])) for row in rows})
    with _written(shelf() / PLACES) as db:
        db.execute(
            "CREATE TABLE place (zip TEXT, state TEXT, city TEXT, PRIMARY KEY (zip, state, city))"
            " WITHOUT ROWID"
        )
        db.executemany("INSERT INTO place VALUES (?, ?, ?)", places)
    return f"{path.name}: {len(places):,} cities of ZIP codes"


@contextmanager
def _written(target: Path) -> Iterator[sqlite3.Connection]:
    """A database that takes its place when all is written, or never."""
    shelf().mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=shelf(), suffix=".part")
    os.close(handle)
    db = sqlite3.connect(part)
    try:
        with db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
            yield db
        db.close()
        os.chmod(part, 0o644)
        os.replace(part, target)
    finally:
        db.close()
        Path(part).unlink(missing_ok=True)


def _name(path: Path) -> str:
    """A county's next edition takes the place of its last."""
    found = addrfeat.NAME.search(path.name)
    return f"{found[2]}{found[3] or ''}" if found else path.name.partition(".")[0]


def _already(target: Path) -> tuple[str, ...]:
    if not target.exists():
        return ()
    db = sqlite3.connect(f"file:{target}?mode=ro&immutable=1", uri=True)
    meta = dict(db.execute("SELECT name, value FROM meta"))
    db.close()
    return meta.get("sha256", ""), meta.get("version", ""), meta.get("indexes", "")


def _write(db: sqlite3.Connection, streets: Streets, sha256: str, indexes: list[str]) -> None:
    db.executescript(SCHEMA)
    meta = {
        "state": streets.state,
        "dataset": streets.dataset,
        "sha256": sha256,
        "version": str(VERSION),
    }
    meta |= {
        "zips": json.dumps(sorted({row.zip for row in streets.rows})),
        "indexes": json.dumps(indexes),
    }
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    slots = ",".join("?" * len(Row._fields))
    # Question marks only
    db.executemany(f"INSERT INTO range VALUES ({slots})", sorted(streets.rows))  # noqa: S608
    db.executemany(
        "INSERT INTO segment VALUES (?, ?, NULL)",
        ((number, pack(line)) for number, line in streets.lines.items()),
    )
