"""Street files of the editions in force, laid out on this machine's disk when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from legislators.maps.boundaries import IndexUnavailable, laid_out
from legislators.models import MapInForce
from legislators.streetfile.names import NameFile
from legislators.streetfile.reader import StreetFile, StreetsUnavailable


class StreetsInForce(NamedTuple):
    """A street file, the states for which no later one stands before it, its names if loaded."""

    file: StreetFile
    states: frozenset[str]
    names: NameFile | None


def open_editions(editions: Sequence[MapInForce]) -> list[StreetsInForce]:
    """Of those editions that have any. Raises StreetsUnavailable."""
    found = []
    for edition, states in editions:
        if edition.streets_sha256 and states:
            file = open_streets(edition.streets_sha256)
            # A small machine may do without the names.
            names = open_names(edition.names_sha256) if edition.names_sha256 else None
            found.append(StreetsInForce(file, states, names))
    return found


@lru_cache(maxsize=16)
def open_streets(sha256: str) -> StreetFile:
    """Raises StreetsUnavailable."""
    try:
        return StreetFile(laid_out(sha256, "streets", ".streets"))
    except (IndexUnavailable, OSError, ValueError) as error:
        raise StreetsUnavailable(sha256) from error


@lru_cache(maxsize=16)
def open_names(sha256: str) -> NameFile:
    """Raises StreetsUnavailable."""
    try:
        return NameFile(laid_out(sha256, "streets", ".names"))
    except (IndexUnavailable, OSError, ValueError) as error:
        raise StreetsUnavailable(sha256) from error
