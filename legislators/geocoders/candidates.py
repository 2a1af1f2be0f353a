"""What a geocoder answers, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from legislators.addresses import Address

Spot = tuple[float, float]  # lat, lon
POINT_RADIUS_M, RANGE_RADIUS_M, IMPUTED_RADIUS_M = 30, 100, 200  # how far off each may be
# Published state maps are generalized: 99 of 100 lines are off by less than 40 to 52 metres.
STATE_MAPS_M = 60
GOOD = 0.1  # candidates this close to the best one are as good as it
SURE = 0.8  # what scores less is only ever offered


@dataclass(frozen=True)
class Candidate:
    """One place where an address may lie.

    `spot` is only called where `districts` does not already say enough.
    """

    method: str  # address_point, range, street or census
    score: float  # of the text: 1 is letter for letter
    radius_m: int
    state: str
    dataset: str
    spot: Callable[[], Spot]
    # Index hash -> the divisions that hold the whole place, its radius included, on that map.
    districts: Mapping[str, Sequence[str]] = field(default_factory=dict)


class GeocoderUnavailable(Exception):
    """It gave no answer; the address may be fine. Never says what was asked."""


class Geocoder(Protocol):
    is_remote: bool  # asks another machine: never within a transaction, never for a batch

    def locate(self, address: Address) -> Sequence[Candidate]:
        """Every place where the address may lie; none if it knows none.

        Raises GeocoderUnavailable.
        """
        ...


def geocoders() -> tuple[Geocoder, ...]:
    """Those of settings.GEOCODERS, in the order in which they are asked."""
    return _made(tuple(settings.GEOCODERS))


@lru_cache(maxsize=4)
def _made(names: tuple[str, ...]) -> tuple[Geocoder, ...]:
    return tuple(import_string(name)() for name in names)


def good(found: Sequence[Candidate]) -> list[Candidate]:
    best = max((each.score for each in found), default=0.0)
    return [each for each in found if each.score >= best - GOOD]
