"""A map of the states, each coloured by how far a bill that we are for has come, and the table
beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.bills.looks import LOOKS, OTHER, Look
from campaigns.bills.numbers import Whose, by_jurisdiction, numbers
from campaigns.models import Issue
from campaigns.state_tiles import TILE, WIDTH, places
from legislators.state_words import state_names
from legislators.states import UNITED_STATES


class Tile(NamedTuple):
    code: str
    title: str
    """What a reader hears."""
    x: int
    y: int
    look: Look | None
    url: str


class Row(NamedTuple):
    name: str
    url: str
    whose: Whose


class StateMap(NamedTuple):
    """For `campaigns/pages/_state_map.html`."""

    tiles: list[Tile]
    rows: list[Row]
    legend: list[Look]
    width: int
    height: int


def state_map(issue: Issue | None = None) -> StateMap:
    """Of an issue's public bills, or of all. One query more than `numbers`."""
    return drawn(by_jurisdiction(numbers(issue)), place_names())


def drawn(bills: Mapping[str, Whose], names: Mapping[str, str]) -> StateMap:
    where = places(bills)
    tiles = [
        tile(code, x * TILE, y * TILE, bills.get(code), names) for code, (x, y) in where.items()
    ]
    looks = {row.look for row in bills.values()}
    by_name = sorted(bills.values(), key=lambda row: names.get(row.code, row.code))
    return StateMap(
        # Whoever goes by Tab reads them as a page: from the left, line by line.
        sorted(tiles, key=lambda one: (one.y, one.x)),
        [Row(names.get(row.code, row.code), state_url(row.code), row) for row in by_name],
        [look for look in (*LOOKS, OTHER) if look in looks],
        WIDTH,
        (1 + max(y for _x, y in where.values())) * TILE,
    )


def tile(code: str, x: int, y: int, bills: Whose | None, names: Mapping[str, str]) -> Tile:
    name = names.get(code, code)
    if bills is None:
        return Tile(code, name, x, y, None, "")
    return Tile(code, f"{name}: {bills.look.label}", x, y, bills.look, state_url(code))


def place_names() -> dict[str, str]:
    """Whose bills there may be, in the language of the page. One query."""
    return state_names() | {UNITED_STATES.code: _("U.S. Congress")}


def state_url(code: str) -> str:
    return reverse("campaigns:state", args=[code.lower()])


def choices(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """For a filter: those that have something, by name."""
    names = place_names()
    return sorted(((code, names.get(code, code)) for code in codes if code), key=lambda row: row[1])
