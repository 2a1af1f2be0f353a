"""Streets that lie wholly inside one district are answered by its name alone: no coordinate of an
address is ever made there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise

from legislators.boundaries import Index
from legislators.geocoders.candidates import IMPUTED_RADIUS_M, STATE_MAPS_M, Spot
from legislators.geocoders.ranges import OFFSET_M
from legislators.geocoders.streetfile import lengths
from legislators.nearby import distances

STEP_M = 100  # between two places measured; their surroundings are measured wider by half of it


def settle(
    db: sqlite3.Connection,
    indexes: Mapping[str, Index],
    lines: Mapping[int, Sequence[Spot]],
    state: str,
) -> int:
    """Note for each segment and map which division holds it with its houses and every method's
    radius. The number settled on all maps.
    """
    numbers: dict[str, int] = {}
    marks, whole = [], 0
    for segment, line in lines.items():
        districts = {
            sha: held
            for sha, index in indexes.items()
            if (held := _holder(index, line, state)) is not None
        }
        whole += bool(indexes) and len(districts) == len(indexes)
        if districts:
            text = json.dumps(districts, sort_keys=True)
            marks.append((numbers.setdefault(text, len(numbers) + 1), segment))
    db.executemany(
        "INSERT INTO settled VALUES (?, ?)", ((number, text) for text, number in numbers.items())
    )
    db.executemany("UPDATE segment SET settled = ? WHERE id = ?", marks)
    return whole


def _holder(index: Index, line: Sequence[Spot], state: str) -> list[str] | None:
    """The one division of this state within reach everywhere along a line; None for several, and
    where the map knows none.
    """
    held: set[str] = set()
    # A point is judged on state maps too, whose lines may be off by more than it is.
    need = STATE_MAPS_M if len(line) == 1 else OFFSET_M + IMPUTED_RADIUS_M + STEP_M / 2
    for lat, lon in _places(line):
        held |= {
            area.division
            for area in map(index.area, distances(index, lat, lon, need))
            if area.state == state
        }
        if len(held) > 1:
            return None
    return sorted(held) or None


def _places(line: Sequence[Spot]) -> list[Spot]:
    """Corners, and places between them no farther apart than a step."""
    places = [line[0]]
    for (a, b), length in zip(pairwise(line), lengths(line), strict=True):
        count = int(length / STEP_M) + 1
        places += [
            (a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count)
            for i in range(1, count + 1)
        ]
    return places
