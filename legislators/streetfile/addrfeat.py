"""The Census' address ranges as published: an ADDRFEAT shapefile a county, in a zip or tar archive.

Import time only.
"""

from __future__ import annotations

import re
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from legislators.maps.shapes import dbf_rows
from legislators.roster.published import Refused
from legislators.states import BY_FIPS
from legislators.street_line import house_number, street_of
from legislators.streetfile.ranges import IMPUTED, RANGE, Row, Spot, Streets

NAME = re.compile(r"tl_(\d{4})_(\d{2})(\d{3})?_addrfeat\.(zip|tar(\.\w+)?)$")


def read(path: Path) -> Streets:
    """A side without usable numbers is counted as skipped.

    Raises Refused, and what a damaged archive makes zipfile or struct raise.
    """
    found = NAME.search(path.name)
    if not found:
        raise Refused(f"{path.name}: not named like tl_2024_24003_addrfeat.zip")
    dbf, shp = _members(path)
    published, shapes = list(dbf_rows(dbf)), list(_polylines(shp))
    if len(published) != len(shapes):
        raise Refused(f"{path.name}: {len(published)} rows but {len(shapes)} shapes")
    state = BY_FIPS[found[2]].code
    streets = Streets(state, f"TIGER/Line {found[1]}, {found[2]}{found[3] or ''}")
    for row, line in zip(published, shapes, strict=True):
        if len(line) < 2:
            continue
        segment = int(row["tlid"])
        for side in ("l", "r"):
            range_ = _range(row, side, len(streets.rows), segment)
            if range_:
                streets.rows.append(range_)
                streets.lines[segment] = line
            elif row[f"{side}fromhn"] or row[f"{side}tohn"]:
                streets.skipped += 1
    return streets


def _members(path: Path) -> tuple[bytes, bytes]:
    """The .dbf and .shp of an archive."""
    found: dict[str, bytes] = {}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            wanted = [
                name for name in archive.namelist() if name.lower().endswith((".dbf", ".shp"))
            ]
            found = {Path(name).suffix.lower(): archive.read(name) for name in wanted}
    else:
        with tarfile.open(path) as archive:
            for member in archive:
                content = (
                    archive.extractfile(member)
                    if member.name.lower().endswith((".dbf", ".shp"))
                    else None
                )
                if content:
                    found[Path(member.name).suffix.lower()] = content.read()
    if len(found) < 2:
        raise Refused(f"{path.name}: it holds no shapefile")
    return found[".dbf"], found[".shp"]


def _polylines(content: bytes) -> Iterator[list[Spot]]:
    """The first part of each polyline (ESRI shapefile, 1998: types 3, 13 and 23), as lat, lon;
    empty for a null shape.
    """
    # The header of the shapefile.
    at = 100
    while at < len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        kind, *_ = struct.unpack_from("<i", content, at + 8)
        if kind not in (0, 3, 13, 23):
            raise ValueError(f"shape type {kind} is no line")
        if kind:
            parts, count = struct.unpack_from("<ii", content, at + 44)
            starts = [*struct.unpack_from(f"<{parts}i", content, at + 52), count]
            numbers = struct.unpack_from(f"<{2 * starts[1]}d", content, at + 52 + 4 * parts)
            yield list(zip(numbers[1::2], numbers[::2], strict=True))
        else:
            yield []
        at += 8 + 2 * words


def _range(row: dict[str, str], side: str, n: int, segment: int) -> Row | None:
    """One side of one row, or None where it has no usable numbers.

    Ends of different kinds (A1 to 99) are no range.
    """
    first, last = house_number(row[f"{side}fromhn"]), house_number(row[f"{side}tohn"])
    zip5 = row[f"zip{side}"]
    street = street_of(row["fullname"])
    if (
        not first
        or not last
        or first.prefix != last.prefix
        or not re.fullmatch(r"\d{5}", zip5)
        or not street.name
    ):
        return None
    imputed = "I" in (row[f"{side}fromtyp"], row[f"{side}totyp"])
    return Row(
        zip=zip5,
        name=street.name,
        n=n,
        prefix=first.prefix,
        first=first.number,
        last=last.number,
        parity=row[f"parity{side}"] or "B",
        side=side.upper(),
        quality=IMPUTED if imputed else RANGE,
        before=street.before,
        kind=street.kind,
        after=street.after,
        segment=segment,
        written=row["fullname"],
    )
