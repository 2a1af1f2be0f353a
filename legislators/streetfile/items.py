"""From published ranges and known points to what each says of its house numbers.

Import time only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from legislators.geocoders.candidates import IMPUTED_RADIUS_M, RANGE_RADIUS_M, STATE_MAPS_M
from legislators.street_line import Street
from legislators.streetfile.districts_near import LayerMap, districts_along, held_if_clear
from legislators.streetfile.house_runs import BESIDE, BETWEEN, KNOWN, PUBLISHED, Item
from legislators.streetfile.house_runs import IMPUTED as IMPUTED_RANGE
from legislators.streetfile.known_districts import KnownDistricts, united
from legislators.streetfile.ranges import (
    IMPUTED,
    KEEP_CLEAR,
    OFFSET_M,
    POINT,
    Row,
    Spot,
    Streets,
    house_at,
    lengths,
    metres,
    part,
)
from legislators.streetfile.street_rows import BOTH, EVEN, ODD
from legislators.streetfile.writer import Place

FINE_M = 5  # a piece of street near a line is cut no finer
APART_M, APART = 1_000, 400  # two known houses this near, in metres and numbers, hold those between
BESIDE_M, BESIDE_NUMBERS = 150, 20  # beside a known house with none known further on
PARITIES = {"O": ODD, "E": EVEN, "B": BOTH}
Key = tuple[str, Street]  # ZIP and street


class Teller:
    """Makes the items of one published file, and keeps places to prove other maps by."""

    def __init__(self, streets: Streets, maps: Sequence[LayerMap]) -> None:
        self.streets, self.maps = streets, maps
        self.places: dict[tuple[KnownDistricts, KnownDistricts], list[Place]] = defaultdict(list)
        self._wide: dict[int, KnownDistricts] = {}

    def items(self) -> dict[Key, list[Item]]:
        """Of every street, in the file's order."""
        self._look_at_whole_streets()
        found: dict[Key, list[Item]] = defaultdict(list)
        # Points are gathered by street first: two neighbours speak for the houses between them.
        points: dict[tuple[Key, str], dict[int, list[Spot]]] = defaultdict(dict)
        for row in self.streets.rows:
            key = (row.zip, Street(row.name, row.before, row.kind, row.after))
            line = self.streets.lines[row.segment]
            if row.quality == POINT:
                points[key, row.prefix].setdefault(row.first, []).append(line[0])
            else:
                found[key] += self._of_range(row, line)
        for (key, prefix), houses in points.items():
            found[key] += self._of_points(prefix, houses)
        return found

    def _look_at_whole_streets(self) -> None:
        """Most have no line near any of their houses: one look at all of a street says so."""
        corners: dict[Key, list[Spot]] = defaultdict(list)
        segments: dict[Key, list[int]] = defaultdict(list)
        for row in self.streets.rows:
            if row.quality != POINT:
                key = (row.zip, Street(row.name, row.before, row.kind, row.after))
                corners[key] += self.streets.lines[row.segment]
                segments[key].append(row.segment)
        for key, spots in corners.items():
            held = held_if_clear(self.maps, self.streets.state, spots, IMPUTED_RADIUS_M + OFFSET_M)
            if held is not None:
                self._wide |= dict.fromkeys(segments[key], held)

    def _held(self, line: Sequence[Spot], reach_m: float) -> KnownDistricts:
        return districts_along(self.maps, self.streets.state, line, reach_m)

    def _of_range(self, row: Row, line: Sequence[Spot]) -> Iterator[Item]:
        """One item, or one for each piece of a range with a line within reach."""
        if row.segment not in self._wide:
            self._wide[row.segment] = self._held(line, IMPUTED_RADIUS_M + OFFSET_M)
        wide = self._wide[row.segment]
        rank = IMPUTED_RANGE if row.quality == IMPUTED else PUBLISHED
        parity = PARITIES[row.parity]
        if wide.is_single:
            low, high = sorted((row.first, row.last))
            yield Item(row.prefix, low, high, parity, rank, wide, wide)
            return
        reach_m = IMPUTED_RADIUS_M if row.quality == IMPUTED else RANGE_RADIUS_M
        before: KnownDistricts | None = None
        for houses, held in self._pieces(row, line, _houses(row), reach_m):
            self._keep_place(before, held, house_at(row, line, houses[0]))
            before = held
            low, high = sorted((houses[0], houses[-1]))
            # No gap before the next piece: a run of numbers would end there.
            high = min(high + abs(houses.step) - 1, max(row.first, row.last))
            yield Item(row.prefix, low, high, parity, rank, held, wide)

    def _pieces(
        self, row: Row, line: Sequence[Spot], houses: range, reach_m: int
    ) -> Iterator[tuple[range, KnownDistricts]]:
        """Houses along a range, with the districts within reach of them.

        Halved until all of a piece lies in one district of each layer or a house is alone, so that
        a house answers for what lies around it and not for its whole block.
        """
        if len(houses) == 1:
            yield houses, self._held([house_at(row, line, houses[0])], reach_m)
            return
        piece = part(line, *(_share(row, house) for house in (houses[0], houses[-1])))
        held = self._held(piece, reach_m + OFFSET_M)
        if held.is_single or sum(lengths(piece)) < FINE_M:
            yield houses, held
            return
        middle = len(houses) // 2
        yield from self._pieces(row, line, houses[:middle], reach_m)
        yield from self._pieces(row, line, houses[middle:], reach_m)

    def _keep_place(self, before: KnownDistricts | None, held: KnownDistricts, spot: Spot) -> None:
        """Where a street comes clear of a line, another map is proven best."""
        if before is not None and held.is_single and not before.is_single:
            kept = self.places[held, before]
            # A few of each kind prove a map; thousands would only make the file larger.
            if len(kept) < 4:
                kept.append(Place(*spot, held))

    def _of_points(self, prefix: str, houses: dict[int, list[Spot]]) -> Iterator[Item]:
        """Each known house, those between it and the next, and those beside it."""
        held = {}
        for number, spots in sorted(houses.items()):
            near = self._near(spots, BESIDE_M)
            # Near a line only as far as the maps may be off: a known house is exact.
            held[number] = near if near.is_single else self._near(spots, STATE_MAPS_M)
            yield Item(prefix, number, number, BOTH, KNOWN, held[number], near)
            low, high = max(number - BESIDE_NUMBERS, 0), number + BESIDE_NUMBERS
            yield Item(prefix, low, high, BOTH, BESIDE, near, near)
        for first, last in pairwise(sorted(houses)):
            a, b = houses[first][0], houses[last][0]
            apart = metres(a, b)
            if last - first <= 1 or last - first > APART or apart > APART_M:
                continue
            between = self._held([a, b], max(RANGE_RADIUS_M, apart / 2))
            yield Item(prefix, first + 1, last - 1, BOTH, BETWEEN, between, between)

    def _near(self, spots: Sequence[Spot], reach_m: float) -> KnownDistricts:
        """One house may have several entrances."""
        if len(spots) == 1:
            return self._held(spots, reach_m)
        return united(self._held([spot], reach_m) for spot in spots)


def _houses(row: Row) -> range:
    """Every house number of a range, in its order."""
    step = 1 if row.parity == "B" else 2
    if row.first <= row.last:
        return range(row.first, row.last + 1, step)
    return range(row.first, row.last - 1, -step)


def _share(row: Row, house: int) -> float:
    """Where a house falls along its range, clear of the corners as in `house_at`."""
    share = (house - row.first) / (row.last - row.first)
    return min(max(share, KEEP_CLEAR), 1 - KEEP_CLEAR)
