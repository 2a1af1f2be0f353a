"""District polygons as published: GeoJSON, TopoJSON and the Census' shapefile zips, plain or
compressed. Import time only.
"""

from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from legislators.maps.topology import topology_features
from legislators.roster.published import Refused, files_within, read_text, reading

Feature = tuple[dict[str, str], shapely.Geometry]  # properties by lower-case name
Keep = Callable[[dict[str, str]], bool]
_NULL, _POLYGONS = 0, {5, 15, 25}


def features(path: Path, keep: Keep, keep_member: Callable[[str], bool]) -> Iterator[Feature]:
    """Those features of one published file whose properties are wanted; of an archive, only the
    members wanted. Raises Refused.
    """
    with reading(path):
        if path.name.endswith(".zip"):
            yield from _shapefile(path, keep)
        elif ".tar" in path.name:
            for _, content in files_within(path, ".json", keep_member):
                yield from _json(content, keep)
        else:
            yield from _json(read_text(path), keep)


def _json(content: str | bytes, keep: Keep) -> Iterator[Feature]:
    published = json.loads(content)
    if published.get("type") == "Topology":
        every = (
            (_lower(properties), geometry) for properties, geometry in topology_features(published)
        )
        yield from ((properties, geometry) for properties, geometry in every if keep(properties))
        return
    for feature in published["features"]:
        properties = _lower(feature["properties"])
        if feature["geometry"] and keep(properties):
            yield properties, shape(feature["geometry"])


def _lower(properties: dict[str, Any]) -> dict[str, str]:
    return {
        _column(name): "" if value is None else str(value).strip()
        for name, value in properties.items()
    }


def _column(name: str) -> str:
    """Some vintages of the Census' files add the decade: STATEFP20."""
    return re.sub(r"(?<=[a-z])[12]0$", "", name.lower())


def _shapefile(path: Path, keep: Keep) -> Iterator[Feature]:
    with zipfile.ZipFile(path) as archive:
        names = {Path(name).suffix.lower(): name for name in archive.namelist()}
        if ".shp" not in names or ".dbf" not in names:
            raise Refused(f"{path.name}: it holds no shapefile")
        rows = list(dbf_rows(archive.read(names[".dbf"])))
        shapes = list(_shp(archive.read(names[".shp"])))
    # Row n belongs to shape n by their order alone.
    if len(rows) != len(shapes):
        raise Refused(f"{path.name}: {len(rows)} rows but {len(shapes)} shapes")
    yield from (
        (row, geometry)
        for row, geometry in zip(rows, shapes, strict=True)
        if geometry is not None and keep(row)
    )


def dbf_rows(content: bytes) -> Iterator[dict[str, str]]:
    """dBASE III: a header of 32 bytes, 32 per field, then rows of fixed width whose first byte
    marks deleted ones.
    """
    count, header, width = struct.unpack_from("<IHH", content, 4)
    fields = [content[at : at + 32] for at in range(32, header - 1, 32)]
    columns = [(_column(field[:11].split(b"\0")[0].decode()), field[16]) for field in fields]
    for at in range(header, header + count * width, width):
        row, start = {}, at + 1
        for name, length in columns:
            row[name] = content[start : start + length].decode("utf-8", "replace").strip()
            start += length
        yield row


def _shp(content: bytes) -> Iterator[shapely.Geometry | None]:
    """Records of polygons (ESRI, 1998): big-endian number and length in words, then a little-endian
    body.
    """
    # The file's header comes before the first record.
    at = 100
    while at < len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        body = content[at + 8 : at + 8 + 2 * words]
        if len(body) < 2 * words:
            raise ValueError("it ends in the middle of a shape")
        yield _polygon(body)
        at += 8 + 2 * words


def _polygon(body: bytes) -> shapely.Geometry | None:
    (kind,) = struct.unpack_from("<i", body)
    if kind == _NULL:
        return None
    if kind not in _POLYGONS:
        raise ValueError(f"shape type {kind} is no polygon")
    parts, count = struct.unpack_from("<ii", body, 36)
    starts = [*struct.unpack_from(f"<{parts}i", body, 44), count]
    points = np.frombuffer(body, "<f8", 2 * count, 44 + 4 * parts).reshape(-1, 2)
    rings = [shapely.linearrings(points[start:end]) for start, end in pairwise(starts)]
    # Which ring is a hole follows from the rings themselves, so that a wrong winding in a file does
    # no harm.
    return (
        shapely.polygons(rings[0])
        if len(rings) == 1
        else shapely.build_area(shapely.geometrycollections(rings))
    )
