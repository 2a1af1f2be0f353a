"""Hold a boundary index against GEOS before anyone may use it. Import time only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from legislators.maps.boundaries import UNITS, Index
from legislators.maps.indexing import Drawing


class Wrong(NamedTuple):
    """A point and the districts that an index and GEOS have it in."""

    lat: float
    lon: float
    ours: list[str]
    geos: list[str]


@dataclass(frozen=True)
class Verdict:
    """points asked; how many lie in several districts because the source overlaps, and in which;
    those answered otherwise than by GEOS.
    """

    points: int
    overlapping: Counter[tuple[str, ...]]
    wrong: list[Wrong]

    @property
    def overlaps(self) -> int:
        return self.overlapping.total()


def verify(
    index: Index, drawings: Sequence[Drawing], points: int = 50_000, seed: int = 1
) -> Verdict:
    """Hold an index against GEOS on seeded points: half spread over the districts, half hard by
    their lines.

    One tie rule: whoever has a point inside must be named, and whoever is named must have it inside
    or on its line.
    """
    xy = _test_points(drawings, points, np.random.default_rng(seed))
    geometries = np.array([each.geometry for each in drawings], dtype=object)
    shapely.prepare(geometries)
    at, who = shapely.STRtree(geometries).query(shapely.points(xy))
    inside = shapely.contains_xy(geometries[who], xy[at])
    touched = shapely.intersects_xy(geometries[who], xy[at])
    # A point on a line is inside nobody for GEOS, and somebody's by our tie rule: both are right.
    strictly, loosely = (
        _sets(at[inside], who[inside], len(xy)),
        _sets(at[touched], who[touched], len(xy)),
    )
    ours = [index.members(int(x), int(y)) for x, y in xy]
    overlapping = Counter(
        tuple(_divisions(least, drawings)) for least in strictly if len(least) > 1
    )
    wrong = [
        Wrong(y / UNITS, x / UNITS, _divisions(mine, drawings), _divisions(least, drawings))
        for (x, y), least, mine, most in zip(xy, strictly, ours, loosely, strict=True)
        if not least <= mine <= most
    ]
    return Verdict(len(xy), overlapping, wrong)


def _divisions(members: Iterable[int], drawings: Sequence[Drawing]) -> list[str]:
    return sorted(drawings[number].area.division for number in members)


def _test_points(
    drawings: Sequence[Drawing], count: int, random: np.random.Generator
) -> np.ndarray:
    bounds = np.array([shapely.bounds(each.geometry) for each in drawings])
    box = bounds[random.integers(len(bounds), size=count // 2)]
    spread = box[:, :2] + random.random((len(box), 2)) * (box[:, 2:] - box[:, :2])
    corners = shapely.get_coordinates([each.geometry for each in drawings])
    near = corners[random.integers(len(corners), size=count - len(box))]
    # On a corner itself, and a centimetre, a metre and a hundred metres away from it.
    near = near + np.rint(
        random.normal(scale=1, size=near.shape)
        * random.choice([0, 1, 100, 10_000], size=(len(near), 1))
    )
    return np.rint(np.concatenate([spread, near])).astype(np.int64)


def _sets(at: np.ndarray, who: np.ndarray, count: int) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in range(count)]
    for point, district in zip(at.tolist(), who.tolist(), strict=True):
        found[point].add(district)
    return found
