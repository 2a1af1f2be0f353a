"""Addresses found among the house-number ranges and known points on this machine's own disk.

No network, no query, nothing kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import cos, radians

from legislators.addresses import Address
from legislators.geocoders.candidates import (
    IMPUTED_RADIUS_M,
    POINT_RADIUS_M,
    RANGE_RADIUS_M,
    SURE,
    Candidate,
    GeocoderUnavailable,
    Spot,
)
from legislators.geocoders.streetfile import (
    IMPUTED,
    METRES_PER_DEGREE,
    POINT,
    Row,
    StreetFile,
    holding,
    lengths,
    nearby_zips,
)
from legislators.streets import House, Line, Street, readings

OFFSET_M = 10  # a house stands this far from the middle of its street
BLOCK = 100  # house numbers
LONG_NAME = 6
# What a difference costs. More than candidates.GOOD, so that a letter-for-letter street stands
# before all others.
MISSING, ELSEWHERE, OTHER_KIND, TYPO, SECOND_TYPO, NEAR, OTHER_ZIP = (
    0.12,
    0.12,
    0.25,
    0.15,
    0.3,
    0.15,
    0.15,
)
NEVER = 1.0


class Ranges:
    is_remote = False

    def locate(self, address: Address) -> list[Candidate]:
        if address.is_box:
            return []
        lines = readings(address.street, address.city)
        try:
            found = _in_zip(address.zip, address.state, lines)
            others = nearby_zips(address.zip, address.city, address.state) if not found else []
            found += [
                replace(each, score=each.score - OTHER_ZIP)
                for zip5 in others
                for each in _in_zip(zip5, address.state, lines)
            ]
        except (sqlite3.Error, OSError) as error:
            raise GeocoderUnavailable("a file of address ranges cannot be read") from error
        best = max((each.score for each in found), default=0.0)
        return [
            each for each in found if each.method == "address_point" and each.score == best
        ] or found


def _in_zip(zip5: str, state: str, lines: Sequence[Line]) -> list[Candidate]:
    """By every reading, as written; where none is sure, by names a letter or two away too."""
    files = holding(zip5, state)
    found = [each for file in files for line in lines for each in _as_written(file, zip5, line)]
    if max((each.score for each in found), default=0.0) < SURE:
        found += [each for file in files for line in lines for each in _alike(file, zip5, line)]
    return found


def _as_written(file: StreetFile, zip5: str, line: Line) -> Iterator[Candidate]:
    return _on_streets(file, zip5, line, {line.street.name: 0.0})


def _alike(file: StreetFile, zip5: str, line: Line) -> Iterator[Candidate]:
    costs = {name: _typo_cost(line.street.name, name) for name in file.names(zip5)}
    alike = {
        name: cost for name, cost in costs.items() if cost < NEVER and name != line.street.name
    }
    return _on_streets(file, zip5, line, alike)


def _on_streets(
    file: StreetFile, zip5: str, line: Line, names: dict[str, float]
) -> Iterator[Candidate]:
    for name, cost in names.items():
        for street, rows in _by_street(file.rows(zip5, name)).items():
            score = 1 - line.cost - cost - street_cost(line.street, street)
            house, members = _as_numbered_there(line.house, rows)
            if score > 0.5:
                yield from _on_street(file, members, house, score)


def _as_numbered_there(house: House, rows: list[Row]) -> tuple[House, list[Row]]:
    """The rows numbered in the house's own way; 8810 and 88-10 are one house where only the other
    way is known.
    """
    for reading in (house, *_other_readings(house)):
        members = [row for row in rows if row.prefix == reading.prefix]
        if members:
            return reading, members
    return house, []


def _other_readings(house: House) -> Iterator[House]:
    if house.prefix == "-":
        yield House("", house.number // 1000 * 100 + house.number % 1000)
    elif house.prefix == "" and 1000 <= house.number < 100_000:
        yield House("-", house.number // 100 * 1000 + house.number % 100)


def _by_street(rows: Iterable[Row]) -> dict[Street, list[Row]]:
    streets: dict[Street, list[Row]] = {}
    for row in rows:
        streets.setdefault(Street(row.name, row.before, row.kind, row.after), []).append(row)
    return streets


def _on_street(
    file: StreetFile, rows: list[Row], house: House, score: float
) -> Iterator[Candidate]:
    """The ranges that hold the number; else the nearest one, if it is no more than a block away or
    only the side is wrong.
    """
    holding = [row for row in rows if _gap(row, house.number) == 0]
    exact = [row for row in holding if row.parity in ("B", _parity(house.number))]
    if exact:
        yield from (_at_number(file, row, house.number, score) for row in exact)
        return
    ranges = [row for row in rows if row.quality != POINT]
    nearest = min((_gap(row, house.number) for row in ranges), default=BLOCK + 1)
    if nearest <= BLOCK:
        yield from (
            _on_the_street(file, row, house.number, score - NEAR)
            for row in ranges
            if _gap(row, house.number) == nearest
        )


def _gap(row: Row, number: int) -> int:
    return max(min(row.first, row.last) - number, number - max(row.first, row.last), 0)


def _parity(number: int) -> str:
    return "O" if number % 2 else "E"


def _at_number(file: StreetFile, row: Row, number: int, score: float) -> Candidate:
    method, radius = (
        ("address_point", POINT_RADIUS_M) if row.quality == POINT else ("range", RANGE_RADIUS_M)
    )
    if row.quality == IMPUTED:
        radius = IMPUTED_RADIUS_M
    spot = partial(_spot, file, row, number)
    return Candidate(
        method, score, radius, file.state, file.dataset, spot, file.settled(row.segment)
    )


def _on_the_street(file: StreetFile, row: Row, number: int, score: float) -> Candidate:
    """Somewhere along it: the whole segment counts."""
    length = sum(lengths(file.line(row.segment)))
    radius = max(IMPUTED_RADIUS_M, round(length / 2) + OFFSET_M)
    middle = partial(_spot, file, row._replace(side=""), (row.first + row.last) // 2)
    return Candidate(
        "street", score, radius, file.state, file.dataset, middle, file.settled(row.segment)
    )


def _spot(file: StreetFile, row: Row, number: int) -> Spot:
    """Where the number falls between first and last, a few metres off the line to its own side."""
    line = file.line(row.segment)
    if len(line) == 1:
        return line[0]
    share = 0.5 if row.first == row.last else (number - row.first) / (row.last - row.first)
    share = min(max(share, 0.05), 0.95)
    steps = lengths(line)
    left = share * sum(steps)
    i = 0
    while i < len(steps) - 1 and left > steps[i]:
        left -= steps[i]
        i += 1
    return _beside(line[i], line[i + 1], left / steps[i] if steps[i] else 0.0, row.side)


def _beside(a: Spot, b: Spot, share: float, side: str) -> Spot:
    """The point between a and b, OFFSET_M to the left or right as seen from a."""
    narrow = cos(radians(a[0]))
    east, north = (b[1] - a[1]) * narrow, b[0] - a[0]
    length = (east**2 + north**2) ** 0.5 or 1.0
    off = {"L": OFFSET_M, "R": -OFFSET_M}.get(side, 0) / METRES_PER_DEGREE / length
    return a[0] + share * north + off * east, a[1] + (share * east - off * north) / narrow


def street_cost(asked: Street, there: Street) -> float:
    return _direction_cost(asked, there) + _kind_cost(asked.kind, there.kind)


def _direction_cost(asked: Street, there: Street) -> float:
    ours, theirs = (asked.before, asked.after), (there.before, there.after)
    if ours == theirs:
        return 0.0
    if ours == theirs[::-1]:
        return ELSEWHERE
    clash = any(
        a and b and a != b
        for a, b in (
            (ours[0], theirs[0]),
            (ours[1], theirs[1]),
            (ours[0] or ours[1], theirs[0] or theirs[1]),
        )
    )
    return NEVER if clash else MISSING


def _kind_cost(asked: str, there: str) -> float:
    if asked == there:
        return 0.0
    if not asked or not there or asked.strip("^") == there.strip("^") or "^HWY" in (asked, there):
        return MISSING
    return OTHER_KIND


def _typo_cost(asked: str, there: str) -> float:
    """Numbers are never mistyped into each other: 4th is not 5th."""
    if any(character.isdigit() for character in asked + there) or abs(len(asked) - len(there)) > 2:
        return NEVER
    distance = _edits(asked, there)
    if distance == 1:
        return TYPO if len(asked) > LONG_NAME else OTHER_KIND
    return SECOND_TYPO if distance == 2 and len(asked) > LONG_NAME else NEVER


def _edits(a: str, b: str) -> int:
    """Letters to add, drop, change or swap with their neighbour; 3 stands for more than two."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y)))
            if older and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
