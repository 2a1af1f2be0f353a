"""Which city a ZIP belongs to, so that a ZIP mistyped within its city still finds the street.

From GeoNames' table of postal codes, where one is loaded (see docs/data.md).
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings

from legislators.roster.published import read_text, reading

NAME = re.compile(r"(^US|geonames_US_postal)\.txt(\.\w+)?$")


def shelf() -> Path:
    return Path(settings.VAR_DIR) / "ranges" / "places.db"


def nearby_zips(zip5: str, city: str, state: str) -> list[str]:
    """Other ZIPs that begin with the same three digits and belong to that city."""
    path = shelf()
    if not city or not state or not path.exists():
        return []
    # immutable: the file is only ever replaced whole, so no lock is taken for a question.
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        wanted = (f"{zip5[:3]}00", f"{zip5[:3]}99", state, plain_city(city), zip5)
        rows = db.execute(
            "SELECT zip FROM place WHERE zip BETWEEN ? AND ? AND state = ? AND city = ? AND zip"
            " <> ?",
            wanted,
        )
        return [zip5 for (zip5,) in rows]
    except sqlite3.Error:
        return []
    finally:
        db.close()


def import_places(path: Path) -> str:
    """The table into a file under VAR_DIR, whole or not at all. Raises Refused."""
    with reading(path):
        rows = [line.split("\t") for line in read_text(path).splitlines()]
        places = sorted({(row[1], row[4], plain_city(row[2])) for row in rows})
    target = shelf()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        new = Path(folder) / "new"
        db = sqlite3.connect(new)
        with db:
            db.execute(
                "CREATE TABLE place (zip TEXT, state TEXT, city TEXT,"
                " PRIMARY KEY (zip, state, city)) WITHOUT ROWID"
            )
            db.executemany("INSERT INTO place VALUES (?, ?, ?)", places)
        db.close()
        os.replace(new, target)
    return f"{path.name}: {len(places):,} cities of ZIP codes"


def plain_city(city: str) -> str:
    """Letters only: "St. Paul" and "SAINT PAUL" are one."""
    return "".join(
        character for character in city.upper().replace("SAINT ", "ST ") if character.isalpha()
    )
