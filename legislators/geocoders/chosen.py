"""The geocoders that the settings name, what each has to do, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from legislators.addresses import Address
from legislators.geocoders.candidates import Candidate

_OWN_STREETS = "legislators.geocoders.ranges.Ranges"


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
    """Those of settings.GEOCODERS, in the order in which they are asked: after the streets of this
    machine, which older settings name among them.
    """
    return _made(tuple(name for name in settings.GEOCODERS if name != _OWN_STREETS))


def asks_elsewhere() -> bool:
    """Whether an address that this machine does not know is told to another one."""
    return any(each.is_remote for each in geocoders())


@lru_cache(maxsize=4)
def _made(names: tuple[str, ...]) -> tuple[Geocoder, ...]:
    return tuple(import_string(name)() for name in names)
