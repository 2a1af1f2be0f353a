"""Whether two maps draw a state's districts alike: the next Congress' map, where nobody redrew.

Only lines between two districts of the state are compared. Where a map ends at the shore or at the
state's own line is a matter of how it was generalized.
"""

from __future__ import annotations

from math import cos, radians
from typing import NamedTuple

import numpy as np
import shapely

from legislators.maps.boundaries import UNITS, Index
from legislators.maps.nearby import METRES_PER_UNIT

# A line that is generalized anew moves by less: 1:500,000 lies up to 116 m (New Hampshire) and
# 125 m (Maryland) off TIGER/Line. Wisconsin's 197 m count as new lines, which does no harm.
TOLERANCE_M = 150


class Lines(NamedTuple):
    """What parts a state's districts, in index units: rows of x1, y1, x2, y2; and who they are."""

    rows: np.ndarray
    divisions: frozenset[str]


def lines_of(index: Index) -> dict[str, Lines]:
    """By state."""
    rows: dict[str, set[tuple[int, int, int, int]]] = {}
    divisions: dict[str, set[str]] = {}
    parted: dict[frozenset[int], tuple[str, ...]] = {}
    for pair, *ends in index.lines_everywhere():
        if pair not in parted:
            areas = [index.area(number) for number in pair]
            parted[pair] = tuple(area.state for area in areas)
            for area in areas:
                divisions.setdefault(area.state, set()).add(area.division)
        states = parted[pair]
        if len(states) > 1 and len(set(states)) == 1:
            rows.setdefault(states[0], set()).add(tuple(ends))  # type: ignore[arg-type]
    return {
        state: Lines(
            np.array(sorted(rows.get(state, ())), dtype=float).reshape(-1, 4), frozenset(names)
        )
        for state, names in divisions.items()
    }


def same(old: Index, new: Index) -> list[str]:
    """The states that both draw with the same districts, each line within TOLERANCE_M of the
    other's, and each name on the same side.
    """
    before, after = lines_of(old), lines_of(new)
    return sorted(
        state
        for state in before.keys() & after.keys()
        if before[state].divisions == after[state].divisions
        and _lie_alike(before[state].rows, after[state].rows, old, new)
        and _named_alike(old, new, after[state].rows)
    )


def _lie_alike(before: np.ndarray, after: np.ndarray, old: Index, new: Index) -> bool:
    if not len(before) or not len(after):
        return len(before) == len(after)  # one district for the whole state
    return max(_farthest(before, after, new), _farthest(after, before, old)) <= TOLERANCE_M


def _farthest(rows: np.ndarray, others: np.ndarray, index: Index) -> float:
    """Metres from the corner of these lines that lies farthest from all of the others; those off
    the other map, as in open water, are left out.
    """
    middle = float(rows[:, 1].mean()) / UNITS
    scale = np.array([METRES_PER_UNIT * cos(radians(middle)), METRES_PER_UNIT])
    lines = shapely.linestrings(others.reshape(-1, 2, 2) * scale)
    corners = np.unique(rows.reshape(-1, 2), axis=0)
    on_map = [bool(index.members(x, y)) for x, y in corners.astype(int).tolist()]
    corners = shapely.points(corners[on_map] * scale)
    _, metres = shapely.STRtree(lines).query_nearest(corners, return_distance=True)
    return float(metres.max(initial=0))


def _named_alike(old: Index, new: Index, rows: np.ndarray) -> bool:
    """Points well off the lines on both sides of some of them: numbers may have been exchanged."""
    step = max(1, len(rows) // 200)
    away = round(4 * TOLERANCE_M / METRES_PER_UNIT)
    for x1, y1, x2, y2 in rows[::step].astype(int).tolist():
        x, y = (x1 + x2) // 2, (y1 + y2) // 2
        for dx, dy in ((away, 0), (-away, 0), (0, away), (0, -away)):
            names = [_names(index, x + dx, y + dy) for index in (old, new)]
            # Off one of the maps, as in open water, nobody lives.
            if all(names) and names[0] != names[1] and _is_clear(old, x + dx, y + dy):
                return False
    return True


def _names(index: Index, x: int, y: int) -> set[str]:
    return {index.area(number).division for number in index.members(x, y)}


def _is_clear(index: Index, x: int, y: int) -> bool:
    """Whether no line of this map comes near: what differs there does so by name."""
    around = round(TOLERANCE_M / METRES_PER_UNIT)
    members = {
        index.members(x + dx, y + dy)
        for dx, dy in ((0, 0), (around, 0), (-around, 0), (0, around), (0, -around))
    }
    return len(members) == 1
