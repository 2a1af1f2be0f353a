"""The published table of ZIP codes: read from GeoNames' files and stored.

US.txt, and PR.txt, VI.txt, GU.txt, AS.txt and MP.txt for the territories; CC BY 4.0, so GeoNames
is named where sources are credited (docs/data.md).
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db import transaction

from legislators.models import ZipCode
from legislators.roster.published import Refused, read_text, reading
from legislators.states import FRANKLIN, STATES
from legislators.zips.states import is_military

Row = tuple[str, str, str, float, float, str, bool]  # as _COLUMNS
_COLUMNS = ("zip", "state", "city", "lat", "lon", "town", "is_box")


def read_table(paths: Sequence[Path]) -> list[Row]:
    """Every ZIP code of these files. Raises Refused for a file that is none of GeoNames'.

    Boxes and single buildings have no place of their own: they are published at their county's
    middle, several at one point.
    """
    lines = [line.split("\t") for path in paths for line in _lines(path)]
    rows = {row[:3]: row for line in lines if (row := _row(line))}
    # How many ZIP codes lie at one point; a ZIP code of several towns counts once.
    points = {(zip5, lat, lon) for zip5, _, _, lat, lon, _ in rows.values()}
    crowd = Counter((lat, lon) for _, lat, lon in points)
    return sorted((*row, crowd[row[3:5]] > 1) for row in rows.values())


@transaction.atomic
def store_table(rows: Iterable[Row]) -> int:
    """Make the stored table this one. How many rows are new, gone or different.

    The made-up state's own stay.
    """
    wanted = set(rows)
    published = ZipCode.objects.exclude(state=FRANKLIN.code)
    stored = {row[1:]: row[0] for row in published.values_list("pk", *_COLUMNS)}
    gone, new = set(stored) - wanted, wanted - set(stored)
    ids = [stored[row] for row in gone]
    for start in range(0, len(ids), 500):
        ZipCode.objects.filter(pk__in=ids[start : start + 500]).delete()
    made = [ZipCode(**dict(zip(_COLUMNS, row, strict=True))) for row in sorted(new)]
    ZipCode.objects.bulk_create(made, batch_size=2_000)
    return len(gone | new)


def plain_city(city: str) -> str:
    """Letters only, in capitals: "St. Paul" and "Saint Paul" are one town."""
    words = re.sub(r"\bSAINT\b", "ST", city.upper())
    return "".join(character for character in words if character.isalpha())[:60]


def _lines(path: Path) -> Iterator[str]:
    with reading(path):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                text = archive.read(f"{path.stem}.txt").decode()
        else:
            text = read_text(path)
    found = [line for line in text.splitlines() if line.strip()]
    if not found or any(line.count("\t") < 10 for line in found[:5]):
        raise Refused(f"{path.name}: it is not GeoNames' table of postal codes")
    yield from found


def _row(cells: list[str]) -> tuple[str, str, str, float, float, str] | None:
    """None for what is no ZIP code, or lies in no state that elects anybody to Congress."""
    country, zip5, city, state, lat, lon = (cells[i].strip() for i in (0, 1, 2, 4, 9, 10))
    state = state if country == "US" else country
    if is_military(zip5):
        state = ""
    elif state not in STATES:
        return None
    if not re.fullmatch(r"\d{5}", zip5) or not lat or not lon:
        return None
    return zip5, state, plain_city(city), float(lat), float(lon), city[:80]
