"""Known address points as published: the National Address Database, OpenAddresses, or any table
with their columns. Import time only.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from legislators.roster.published import Refused, read_text
from legislators.street_line import house_number, street_of
from legislators.streetfile.ranges import POINT, Row, Streets

NAME = re.compile(r"(address_?points|openaddresses|nad)[^/]*\.csv(\.gz|\.xz|\.bz2)?$", re.I)
_COLUMNS = {
    "number": ("number", "add_number", "addnum"),
    "street": ("street", "stnam_full"),
    "name": ("name", "st_name"),
    "before": ("predir", "st_predir"),
    "kind": ("type", "st_postyp"),
    "after": ("postdir", "st_posdir"),
    "zip": ("zip", "zip_code", "postcode"),
    "state": ("state", "region"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "longitude"),
}


def read(path: Path) -> Streets:
    """All of one state; a row of another, or without a number or a place, is counted as skipped.

    Raises Refused.
    """
    rows = csv.DictReader(read_text(path).splitlines())
    there = {column.lower(): column for column in rows.fieldnames or ()}
    columns = {
        part: next((there[each] for each in names if each in there), "")
        for part, names in _COLUMNS.items()
    }
    if not all(columns[part] for part in ("number", "zip", "state", "lat", "lon")) or not (
        columns["street"] or columns["name"]
    ):
        raise Refused(f"{path.name}: it needs columns for number, street, zip, state, lat and lon")
    streets = Streets("", f"Address points, {path.name}")
    for row in rows:
        cells = {
            part: (row[column] or "").strip() if column else "" for part, column in columns.items()
        }
        point = _point(cells, len(streets.rows))
        # One file is one state's: the first row says which.
        if point is None or streets.state not in ("", cells["state"].upper()):
            streets.skipped += 1
            continue
        streets.state = cells["state"].upper()
        streets.rows.append(point)
        streets.lines[point.segment] = [(float(cells["lat"]), float(cells["lon"]))]
    return streets


def _point(cells: dict[str, str], n: int) -> Row | None:
    house = house_number(cells["number"])
    written = cells["street"] or " ".join(
        cells[part] for part in ("before", "name", "kind", "after") if cells[part]
    )
    street = street_of(written)
    if (
        not house
        or not street.name
        or not re.fullmatch(r"\d{5}", cells["zip"])
        or not (cells["lat"] and cells["lon"])
    ):
        return None
    parts = {"before": street.before, "kind": street.kind, "after": street.after}
    return Row(
        cells["zip"],
        street.name,
        n,
        house.prefix,
        house.number,
        house.number,
        "B",
        "",
        POINT,
        segment=n,
        written=written,
        **parts,
    )
