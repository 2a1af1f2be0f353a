"""A street of a ZIP code: its runs of odd or even house numbers, and where each of them lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from legislators.street_line import House, Street
from legislators.streetfile.known_districts import KnownDistricts

POINT, RANGE, STREET = range(3)  # how finely it is known: the house, its block, its street
METHODS = {POINT: "address_point", RANGE: "range", STREET: "street"}
ODD, EVEN, BOTH = 1, 2, 3


class Run(NamedTuple):
    """House numbers low to high, both included, of one parity or both, that lie alike."""

    prefix: str
    low: int
    high: int
    parity: int
    quality: int
    held: KnownDistricts

    def has(self, house: House) -> bool:
        return (
            self.prefix == house.prefix
            and self.low <= house.number <= self.high
            and bool(self.parity & (ODD if house.number % 2 else EVEN))
        )


class StreetRow(NamedTuple):
    """A street of a ZIP. `held` is all that it touches; runs say more of some of its houses."""

    street: Street
    held: KnownDistricts
    runs: tuple[Run, ...] = ()

    def at(self, house: House) -> tuple[KnownDistricts, int]:
        """What is known of a house, and how finely.

        8810 and 88-10 are one house where only the other way is known.
        """
        known = {run.prefix for run in self.runs}
        for reading in (house, *_other_readings(house)):
            if reading.prefix in known:
                found = next((run for run in self.runs if run.has(reading)), None)
                if found:
                    return found.held, found.quality
        return self.held, STREET


def _other_readings(house: House) -> Iterable[House]:
    if house.prefix == "-":
        yield House("", house.number // 1000 * 100 + house.number % 1000)
    elif house.prefix == "" and 1000 <= house.number < 100_000:
        yield House("-", house.number // 100 * 1000 + house.number % 100)
