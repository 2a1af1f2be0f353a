"""Which districts a place is known to lie in, and house numbers that lie in the same ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from legislators.street_line import House, Street

POINT, RANGE, STREET = range(3)  # how finely it is known: the house, its block, its street
METHODS = {POINT: "address_point", RANGE: "range", STREET: "street"}
ODD, EVEN, BOTH = 1, 2, 3


class KnownDistricts(NamedTuple):
    """(layer, divisions within reach) for each layer whose map knows a district there."""

    state: str
    layers: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, layer: str) -> tuple[str, ...]:
        return next((divisions for each, divisions in self.layers if each == layer), ())

    @property
    def is_single(self) -> bool:
        return all(len(divisions) == 1 for _, divisions in self.layers)


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


def united(all_of: Iterable[KnownDistricts]) -> KnownDistricts:
    """Everything that any of them touches. A layer that one of them does not know is left out:
    nothing is certain there.
    """
    helds = list(dict.fromkeys(all_of))
    if len(helds) == 1:
        return helds[0]
    layers = []
    for layer, _divisions in helds[0].layers:
        each = [held.of(layer) for held in helds]
        if all(each):
            touched = set().union(*each)
            layers.append((layer, tuple(sorted(touched))))
    return KnownDistricts(helds[0].state, tuple(layers))
