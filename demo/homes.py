"""Where the made-up supporters live: at Franklin's known addresses, and in towns elsewhere from
which they can sign a petition.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from actions.offices import places_by_id
from legislators import franklin
from legislators.lookup import Place, find_point
from legislators.maps.boundaries import districts_at
from legislators.models import CustomOffice, maps_in_force


@dataclass(frozen=True)
class Home:
    """`places` are the seats that represent it, as lookup found them; none outside Franklin."""

    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    places: tuple[Place, ...] = ()


def in_franklin(number: int, dice: random.Random) -> list[Home]:
    """So many of the addresses that lookup knows there."""
    maps = maps_in_force(timezone.localdate())
    known: dict[tuple[str, ...], tuple[Place, ...]] = {}
    # A point alone does not find them.
    of_our_own = CustomOffice.objects.filter(seat__is_demo=True).values_list("seat", flat=True)
    ours = places_by_id(list(of_our_own.order_by("seat")))
    found = []
    for address, (lon, lat) in dice.sample(list(franklin.addresses()), number):
        # One lookup for each piece of the maps, not for each house.
        piece = tuple(hit.area.division for hit in districts_at(lat, lon, maps))
        if piece not in known:
            known[piece] = (*find_point(lat, lon).places, *ours)
        found.append(
            Home(address.street, address.city, address.state, address.zip, places=known[piece])
        )
    return found


def elsewhere(towns: Sequence[str]) -> list[Home]:
    """From lines such as "Baltimore|MD|21201"."""
    return [
        Home(city=city, state=state, zip=zip_code)
        for city, state, zip_code in (town.split("|") for town in towns)
    ]


def abroad(towns: Sequence[str]) -> list[Home]:
    """From lines such as "Toronto|CA|M5V 2T6"."""
    return [
        Home(city=city, country=country, zip=postcode)
        for city, country, postcode in (town.split("|") for town in towns)
    ]
