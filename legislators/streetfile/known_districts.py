"""Which districts a place is known to lie in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class KnownDistricts(NamedTuple):
    """(layer, divisions within reach) for each layer whose map knows a district there."""

    state: str
    layers: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, layer: str) -> tuple[str, ...]:
        return next((divisions for each, divisions in self.layers if each == layer), ())

    @property
    def is_single(self) -> bool:
        return all(len(divisions) == 1 for _, divisions in self.layers)


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
