"""TopoJSON: lines shared by neighbours are kept once, as arcs, mostly on a grid and as steps from
point to point. Import time only.

The two rings that use an arc get the very same numbers, so neighbours meet exactly, as they do in a
shapefile.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely


def topology_features(
    topology: dict[str, Any],
) -> Iterator[tuple[dict[str, Any], shapely.Geometry]]:
    """(properties, geometry) of every polygon of every object, as published: rounding to the grid
    may have left some invalid.
    """
    arcs = list(_arcs(topology))
    for published in topology["objects"].values():
        for each in _polygons(published):
            polygons = [each["arcs"]] if each["type"] == "Polygon" else each["arcs"]
            drawn = [_polygon([_ring(ring, arcs) for ring in rings]) for rings in polygons]
            parts = [part for part in drawn if part is not None]
            if parts:
                geometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
                yield each.get("properties") or {}, geometry


def _arcs(topology: dict[str, Any]) -> Iterator[np.ndarray]:
    grid = topology.get("transform")
    for arc in topology["arcs"]:
        points = np.array([position[:2] for position in arc])
        yield (
            np.cumsum(points, axis=0) * grid["scale"] + grid["translate"]
            if grid
            else points.astype(float)
        )


def _polygons(published: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if published["type"] == "GeometryCollection":
        for each in published["geometries"]:
            yield from _polygons(each)
    elif published["type"] in ("Polygon", "MultiPolygon"):
        yield published


def _ring(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """~n is arc n backwards; each arc begins where the one before it ends."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _polygon(rings: list[np.ndarray]) -> shapely.Geometry | None:
    """None where the grid left nothing of the outer ring."""
    # Fewer than four points, the first being the last again, are no ring.
    shell, *holes = [ring if len(ring) > 3 else None for ring in rings]
    return (
        None
        if shell is None
        else shapely.Polygon(shell, [hole for hole in holes if hole is not None])
    )
