"""Whom does this person's ask address?

Certain seats at once; where a ZIP is split, those that the person chose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from actions.letters import ladders
from actions.pages.forms import NOT_SURE
from campaigns import targeting
from campaigns.models import Ask
from legislators import lookup
from legislators.addresses import Address
from legislators.lookup import Place


@dataclass(frozen=True)
class Found:
    """`places` are addressed and settled; `open_chambers` still wait for a choice; `failed` means
    that lookup gave no answer.
    """

    state: str = ""
    places: Sequence[Place] = ()
    open_chambers: Mapping[str, Mapping[str, Sequence[Place]]] = field(default_factory=dict)
    chosen_by_person: bool = False
    failed: bool = False
    is_addressed: bool = True

    @cached_property
    def routes(self) -> dict[int, str]:
        """The way a letter to each of these places would take, by the seat's id."""
        facts = ladders.facts_for(self.places)
        return {place.seat.pk: ladders.route_to_place(place, facts) for place in self.places}

    @property
    def doubt(self) -> str:
        """Why there is a choice: "line", a street beside a district's edge; "street", several that
        fit; or "zip".
        """
        open_places = [
            place
            for districts in self.open_chambers.values()
            for places in districts.values()
            for place in places
        ]
        methods = {place.method for place in open_places}
        if methods <= {"zip", "state"}:
            return "zip"
        return (
            "line"
            if any(
                place.boundary_m is not None and place.boundary_m <= place.radius_m
                for place in open_places
            )
            else "street"
        )


def seek(ask: Ask, address: Address, choices: Mapping[str, str]) -> Found:
    """Look the address up and keep what the ask's rules address.

    A lookup that fails loses nobody: `failed`.
    """
    try:
        match = lookup.find(address)
    except lookup.LookupUnavailable:
        return Found(state=address.state, failed=True)
    addressed = {seat.pk for seat in targeting.choose(ask, [place.seat for place in match.places])}
    settled = list(match.certain_places())
    waiting: dict[str, Mapping[str, Sequence[Place]]] = {}
    chosen = False
    for chamber, districts in match.split_chambers().items():
        if not any(place.seat.pk in addressed for places in districts.values() for place in places):
            continue
        choice = choices.get(chamber, "")
        if choice in districts:
            settled += districts[choice]
            chosen = True
        elif choice != NOT_SURE:
            waiting[chamber] = districts
    places = [place for place in settled if place.seat.pk in addressed]
    return Found(match.state, places, waiting, chosen, is_addressed=bool(addressed))
