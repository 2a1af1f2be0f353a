"""Addresses found among the streets on this machine's own disk.

No network, no coordinate, nothing kept; a query only where the ZIP code has no such street.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from legislators.addresses import Address
from legislators.geocoders.candidates import (
    IMPUTED_RADIUS_M,
    POINT_RADIUS_M,
    RANGE_RADIUS_M,
    SURE,
    Candidate,
)
from legislators.street_line import Line, Street, readings, street_of
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.opening import StreetsInForce
from legislators.streetfile.reader import StreetFile
from legislators.streetfile.similarity import NEVER, OTHER_ZIP, street_cost, typo_cost
from legislators.streetfile.street_rows import METHODS, POINT, RANGE, STREET

RADII = {POINT: POINT_RADIUS_M, RANGE: RANGE_RADIUS_M, STREET: IMPUTED_RADIUS_M}
OFFERED = 5  # near spellings


def locate(
    address: Address,
    streets: Sequence[StreetsInForce],
    other_zips: Callable[[Address], Iterable[str]] = lambda address: (),
) -> list[Candidate]:
    """Every street that the address may mean: as written, else a letter or two away, else in
    another ZIP of the city, of those that `other_zips` names. Empty where none is known.
    """
    if address.is_box or not streets:
        return []
    lines = readings(address.street, address.city, address.state)
    found = list(_in_zip(address.zip, address.state, lines, streets))
    if found or not lines:
        return _finest(found)
    # A ZIP code mistyped within its city.
    return _finest(
        replace(each, score=each.score - OTHER_ZIP)
        for zip5 in other_zips(address)
        for each in _in_zip(zip5, address.state, lines, streets)
    )


def knows_zip(zip5: str, state: str, streets: Iterable[StreetsInForce]) -> bool:
    """Whether an unknown street of this ZIP is worth a word."""
    return any(each.file.knows_zip(zip5) for each in streets if state in ("", *each.states))


def near_spellings(address: Address, streets: Iterable[StreetsInForce]) -> tuple[str, ...]:
    """Streets of the ZIP that are spelled like the one written, the likest first, as published."""
    line = next(iter(readings(address.street, address.city, address.state)), None)
    if line is None:
        return ()
    costs: dict[str, float] = {}
    for each in streets:
        for written in each.names.of_zip(address.zip) if each.names else ():
            cost = _cost(line.street, street_of(written))
            if cost < NEVER:
                costs[written] = cost
    return tuple(sorted(costs, key=lambda name: (costs[name], name))[:OFFERED])


def _cost(asked: Street, there: Street) -> float:
    typo = 0.0 if asked.name == there.name else typo_cost(asked.name, there.name)
    return typo if typo >= NEVER else typo + street_cost(asked, there) / 10


def _in_zip(
    zip5: str, state: str, lines: Sequence[Line], streets: Sequence[StreetsInForce]
) -> Iterator[Candidate]:
    """By every reading, as written; where none is sure, by names a letter or two away too."""
    found = [
        each
        for known in streets
        for line in lines
        for each in _on_streets(known, zip5, state, line, line.street.name, 0.0)
    ]
    yield from found
    best = max((each.score for each in found), default=0.0)
    if SURE <= best < 1:
        for known in streets:
            for line in lines:
                yield from _a_letter_of_direction_away(known, zip5, state, line, best)
    if best < SURE:
        for known in streets:
            for line in lines:
                yield from _alike(known, zip5, state, line)


def _a_letter_of_direction_away(
    known: StreetsInForce, zip5: str, state: str, line: Line, score: float
) -> Iterator[Candidate]:
    """Where no street is written quite like that, "W Crawford St" is as likely SW Crawford St with
    a letter lost as it is Crawford St W.
    """
    ours = line.street.before + line.street.after
    for row in known.file.streets(zip5, line.street.name):
        theirs = row.street.before + row.street.after
        is_near = ours != theirs and bool(ours and theirs) and (ours in theirs or theirs in ours)
        if is_near and row.held.state in known.states and state in ("", row.held.state):
            held, quality = row.at(line.house)
            yield _candidate(known.file, held, quality, score)


def _alike(known: StreetsInForce, zip5: str, state: str, line: Line) -> Iterator[Candidate]:
    if known.names is None:
        return
    there = {street_of(written).name for written in known.names.of_zip(zip5)}
    for name in sorted(there - {line.street.name}):
        cost = typo_cost(line.street.name, name)
        if cost < NEVER:
            yield from _on_streets(known, zip5, state, line, name, cost)


def _on_streets(
    known: StreetsInForce, zip5: str, state: str, line: Line, name: str, cost: float
) -> Iterator[Candidate]:
    for row in known.file.streets(zip5, name):
        score = 1 - line.cost - cost - street_cost(line.street, row.street)
        if score <= 0.5 or row.held.state not in known.states or state not in ("", row.held.state):
            continue
        held, quality = row.at(line.house)
        yield _candidate(known.file, held, quality, score)


def _candidate(file: StreetFile, held: KnownDistricts, quality: int, score: float) -> Candidate:
    return Candidate(
        METHODS[quality],
        score,
        RADII[quality],
        held.state,
        file.name,
        held=dict(held.layers),
        proves=file.proves,
    )


def _finest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """A known house stands before blocks and streets as like as itself."""
    found = list(candidates)
    best = max((each.score for each in found), default=0.0)
    return [
        each for each in found if each.method == "address_point" and each.score == best
    ] or found
