"""The ZIP codes of a new map for which no table is published, from the maps and tables at hand.

A ZIP code lies within the districts that the published tables name for it, on every layer at once:
of the old House map, the state's upper and its lower one. Where those overlap the new map's
districts are read off. That is more than the ZIP code itself, never less: it asks too many people
rather than tell one wrongly. Streets that are known on the new map add what they lie in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, radians

import shapely

from legislators.maps.boundaries import UNITS, Index, open_index
from legislators.maps.nearby import METRES_PER_UNIT
from legislators.maps.published import ZipRow
from legislators.models import Layer, MapInForce, ZipDistrict
from legislators.streetfile.opening import StreetsInForce
from legislators.streetfile.reader import ZIPS

# What is narrower lies between two drawings of one line: maps are generalized by up to 50 m (p99).
NARROWEST_M = 100

Outlines = dict[str, shapely.Geometry]  # by division, in index units
Table = Mapping[str, set[str]]  # by ZIP code, the divisions that it touches
Piece = tuple[tuple[str, ...], shapely.Geometry]


def zips_of(state: str, new: Index, maps: Iterable[MapInForce]) -> list[ZipRow]:
    """(ZIP, state, division) for the new House map; `maps` are those in force before it.

    Nothing where the old House map has no outlines or no table.
    """
    layers = {each.edition.layer: each.edition for each in maps if state in each.states}
    known = [Layer.CD, Layer.SLDU, Layer.SLDL]
    editions = [layers[layer] for layer in known if layer in layers and layers[layer].index_sha256]
    if not editions or editions[0].layer != Layer.CD:
        return []
    tables = [_table(edition.pk, state) for edition in editions]
    parts: list[Piece] = [((), shapely.box(-180 * UNITS, -90 * UNITS, 180 * UNITS, 90 * UNITS))]
    for edition in editions:
        parts = _cut(parts, outlines(open_index(edition.index_sha256), state))
    found = [
        (names[:-1], names[-1])
        for names, overlap in _cut(parts, outlines(new, state))
        if _is_wide(overlap)
    ]
    return sorted(
        {
            (zip5, state, division)
            for zip5 in tables[0]
            for names, division in found
            if _may_lie_in(zip5, names, tables)
        }
    )


def zips_of_streets(state: str, new: Index, streets: Iterable[StreetsInForce]) -> list[ZipRow]:
    """The same from streets that were laid on this very map; nothing from those of another."""
    found: set[ZipRow] = set()
    for file, states, _names in streets:
        asked, wrong = file.disagreements(new, Layer.CD, state) if state in states else (0, 0)
        if wrong or not asked:
            continue
        for zip5 in map("{:05}".format, range(ZIPS)):
            for known in file.districts_of(zip5):
                if known.state == state:
                    found |= {(zip5, state, division) for division in known.of(Layer.CD)}
    return sorted(found)


def _table(edition: int, state: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = ZipDistrict.objects.filter(edition=edition, state=state)
    for zip5, division in rows.values_list("zip", "division"):
        found.setdefault(zip5, set()).add(division)
    return found


def _may_lie_in(zip5: str, names: tuple[str, ...], tables: list[dict[str, set[str]]]) -> bool:
    """A table without this ZIP code excludes nothing."""
    return all(
        zip5 not in table or name in table[zip5] for name, table in zip(names, tables, strict=True)
    )


def _cut(parts: list[Piece], districts: Outlines) -> list[Piece]:
    """Each part once for each district that it shares with."""
    names, shapes = list(districts), list(districts.values())
    tree = shapely.STRtree(shapes)
    found = []
    for before, part in parts:
        for number in tree.query(part, predicate="intersects").tolist():
            overlap = shapely.intersection(part, shapes[number])
            if overlap.area > 0:
                found.append(((*before, names[number]), overlap))
    return found


def _is_wide(overlap: shapely.Geometry) -> bool:
    west, south, _, north = overlap.bounds
    scale = METRES_PER_UNIT * cos(radians((south + north) / 2 / UNITS))
    in_metres = shapely.transform(
        overlap, lambda points: (points - (west, south)) * (scale, METRES_PER_UNIT)
    )
    return not shapely.buffer(in_metres, -NARROWEST_M / 2).is_empty


def outlines(index: Index, state: str) -> Outlines:
    """Of a state's districts, put together again from the lines that an index keeps."""
    lines: dict[int, set[tuple[int, ...]]] = {}
    for pair, *ends in index.lines_everywhere():
        for number in pair:
            lines.setdefault(number, set()).add(tuple(ends))
    return {
        index.area(number).division: _polygon(index, number, ends)
        for number, ends in sorted(lines.items())
        if index.area(number).state == state
    }


def _polygon(index: Index, number: int, ends: set[tuple[int, ...]]) -> shapely.Geometry:
    rings = shapely.linestrings([[line[:2], line[2:]] for line in sorted(ends)])
    faces = shapely.get_parts(shapely.polygonize(rings))
    inside = [face for face in faces if number in _members(index, face)]
    return shapely.make_valid(shapely.multipolygons(inside)) if inside else shapely.MultiPolygon()


def _members(index: Index, face: shapely.Geometry) -> frozenset[int]:
    point = face.representative_point()
    return index.members(int(point.x), int(point.y))
