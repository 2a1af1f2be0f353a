"""Published maps and ZIP crosswalks, read, drawn and held against GEOS; `editions` stores them and
switches them on.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from legislators.maps.boundaries import Area, Index
from legislators.maps.indexing import Drawing, draw, drawing
from legislators.maps.shapes import features
from legislators.maps.verifying import Verdict, Wrong, verify
from legislators.models import Layer
from legislators.roster.congress import house_division
from legislators.roster.metadata import geoid_rows
from legislators.roster.published import Refused, read_json, read_table, read_text, reading
from legislators.roster.seats import Expected
from legislators.states import BY_FIPS, STATES

ZipRow = tuple[str, str, str]  # ZIP, state, division
_CODE_FIELDS = {Layer.SLDU: "sldust", Layer.SLDL: "sldlst"}
POINTS_CHECKED = 50_000


@dataclass
class Map:
    """A map to be made an edition.

    `divisions` names every district by its division; `drawings` may lack those without a shape.
    """

    layer: str
    name: str
    valid_from: dt.date
    states: list[str]
    source: str
    sha256: str
    session: str = ""
    valid_to: dt.date | None = None
    is_demo: bool = False
    drawings: list[Drawing] = field(default_factory=list)
    geoids: dict[str, str] = field(default_factory=dict)
    zips: list[ZipRow] = field(default_factory=list)
    # (ZIP, division) -> its share of the ZIP code's land, where the source says.
    land_shares: dict[tuple[str, str], float] = field(default_factory=dict)


class Divisions:
    """GEOID -> OCD division and our short code, by layer: the same GEOID means different districts
    on different layers.
    """

    def __init__(self, table: Path | None, seats: Iterable[Expected]) -> None:
        rows = geoid_rows(table) if table else []
        self.published = {(row["layer"], row["geoid"]): row["ocd_division"].lower() for row in rows}
        self.codes = {seat.division: seat.district for seat in seats}

    def of(self, layer: str, geoid: str) -> str:
        if layer == Layer.CD:
            # The Census' 00 is a state with one district, 98 a delegate's.
            number = geoid[2:]
            return house_division(
                BY_FIPS[geoid[:2]].code, "0" if number in ("00", "98") else str(int(number))
            )
        kind = "ward" if geoid.startswith(STATES["DC"].fips) else layer
        plain = f"{BY_FIPS[geoid[:2]].division}/{kind}:{geoid[2:].lstrip('0').lower()}"
        return self.published.get((layer, geoid), plain)

    def code(self, division: str) -> str:
        if division in self.codes:
            return self.codes[division]
        tail = division.rpartition(":")[2]
        return "0" if tail == "at-large" else tail.upper()


def congress_in_force(session: int) -> tuple[dt.date, dt.date]:
    """The first day of a Congress and of the next (20th Amendment)."""
    return dt.date(1787 + 2 * session, 1, 3), dt.date(1789 + 2 * session, 1, 3)


def congressional_map(source: str, sha256: str, session: int, states: list[str]) -> Map:
    start, end = congress_in_force(session)
    suffix = (
        "th"
        if session % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(session % 10, "th")
    )
    return Map(
        Layer.CD, f"{session}{suffix} Congress", start, states, source, sha256, str(session), end
    )


def read_shapes(paths: Sequence[Path], each: Map, divisions: Divisions) -> None:
    """Fill a map with the districts that these files draw on its layer in its states.

    Raises Refused.
    """
    for path in paths:
        with reading(path):
            for properties, geometry in features(
                path,
                lambda found: _state(found, each) in each.states,
                lambda name: _may_hold(name, each),
            ):
                geoid, state = _geoid(properties, each), _state(properties, each)
                division = divisions.of(each.layer, geoid)
                name = properties.get("namelsad") or properties.get("name") or division
                each.drawings.append(
                    drawing(Area(division, state, divisions.code(division), name), geometry)
                )
                each.geoids[division] = geoid
    twice = len(each.drawings) - len(each.geoids)
    if twice:
        raise Refused(
            f"{', '.join(path.name for path in paths)}: {twice} districts are drawn twice"
        )


def _geoid(properties: dict[str, str], each: Map) -> str:
    """ "" for a feature of another layer and for water and undefined areas (ZZ, ZZZ)."""
    column = f"cd{each.session}fp" if each.layer == Layer.CD else _CODE_FIELDS[Layer(each.layer)]
    code = properties.get(column, "")
    return "" if not code or code.startswith("ZZ") else properties["statefp"] + code


def _may_hold(name: str, each: Map) -> bool:
    """Whether a file of an archive is worth reading: one named like MD_upper.json holds one chamber
    of one state.
    """
    found = re.fullmatch(r"(\w\w)_(upper|lower)\.json", Path(name).name)
    return not found or (
        found[1] in each.states and (found[2] == "upper") == (each.layer == Layer.SLDU)
    )


def _state(properties: dict[str, str], each: Map) -> str:
    return BY_FIPS[properties["statefp"]].code if _geoid(properties, each) else ""


def read_zips(path: Path, each: Map, divisions: Divisions) -> None:
    """Fill a map with the ZIPs that touch its districts: the Census' relationship files, or the two
    tables made from them.
    """
    land: dict[tuple[str, str], int] = {}
    if path.name.startswith("tab20"):
        pairs, land = _relationship(path, each.layer)
    elif each.layer == Layer.CD:
        pairs = [
            (row["zcta"], f"{row['state_fips']}{row['cd'].zfill(2)}")
            for row in read_table(path, ("state_fips", "zcta", "cd"))
        ]
    else:
        pairs = _legislative_table(path, "upper" if each.layer == Layer.SLDU else "lower")
    of_zip: Counter[str] = Counter()
    for (zip5, _geoid), metres in land.items():
        of_zip[zip5] += metres
    with reading(path):
        for zip5, geoid in pairs:
            state = BY_FIPS[geoid[:2]].code
            if not re.fullmatch(r"\d{5}", zip5):
                raise Refused(f"{path.name}: {zip5!r} is no ZIP code")
            if state in each.states:
                division = divisions.of(each.layer, geoid)
                each.zips.append((zip5, state, division))
                if whole := of_zip[zip5]:
                    before = each.land_shares.get((zip5, division), 0.0)
                    each.land_shares[zip5, division] = before + land.get((zip5, geoid), 0) / whole
    each.zips = sorted(set(each.zips))


def _relationship(
    path: Path, layer: str
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], int]]:
    """Pairs of ZIP and GEOID; and, where the file says, the square metres of land of each."""
    with reading(path):
        header = read_text(path).partition("\n")[0].strip().split("|")
        column = next(name for name in header if name.startswith(f"GEOID_{layer.upper()}"))
    rows = read_table(path, (column, "GEOID_ZCTA5_20"), delimiter="|")
    of_pair = {
        (row["GEOID_ZCTA5_20"], row[column]): row.get("AREALAND_PART") or ""
        for row in rows
        if row["GEOID_ZCTA5_20"] and "ZZ" not in row[column]
    }
    land = {pair: int(metres) for pair, metres in of_pair.items() if metres.isdecimal()}
    return list(of_pair), land


def _legislative_table(path: Path, chamber: str) -> list[tuple[str, str]]:
    table = read_json(path)
    with reading(path):
        return [
            (zip5, fips + code.zfill(3))
            for fips, state in table["states"].items()
            for code, district in (
                state["chambers"].get(chamber, {"districts": {}})["districts"].items()
            )
            for zip5 in district["zips"]
        ]


def draw_and_check(each: Map, points: int | None = None) -> tuple[bytes, Verdict | None]:
    """The index of a map, held against GEOS.

    Raises Refused with the points on which they differ.
    """
    if not each.drawings:
        return b"", None
    content = draw(each.drawings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.idx"
        path.write_bytes(content)
        verdict = verify(Index(path), each.drawings, points or POINTS_CHECKED)
    if verdict.wrong:
        first = "; ".join(f"{point.lat:.7f} {point.lon:.7f}" for point in verdict.wrong[:5])
        found = (
            f"{each.source}: the index differs from GEOS at {len(verdict.wrong)} of"
            f" {verdict.points} points: {first}"
        )
        raise Refused(f"{found} (all of them: {_write_out(verdict.wrong, each)})")
    return content, verdict


def _write_out(wrong: Sequence[Wrong], each: Map) -> Path:
    """The points, for whoever looks into it: where, who is named, and who has the point inside by
    GEOS.
    """
    path = settings.VAR_DIR / "refused" / f"{each.layer}-{each.sha256[:12]}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["lat", "lon", "index", "geos"])
        rows.writerows(
            (f"{lat:.7f}", f"{lon:.7f}", " ".join(ours), " ".join(geos))
            for lat, lon, ours, geos in wrong
        )
    return path
