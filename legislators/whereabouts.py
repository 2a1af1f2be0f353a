"""What is known of where somebody lives, layer by layer, before any seat is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from legislators.states import FRANKLIN, STATES


@dataclass(frozen=True)
class District:
    layer: str
    division: str
    state: str
    edition: str


@dataclass(frozen=True)
class Standing:
    """What is known about one layer.

    `boundary_m` is the distance to the next district, None if it is farther than was looked.
    """

    districts: tuple[District, ...]
    method: str  # address_point, range, street, census, point, zip or near
    radius_m: int = 0
    boundary_m: int | None = None
    is_near_line: bool = False
    is_off_shore: bool = False  # in no district as the map draws it; these are the nearest

    @property
    def is_certain(self) -> bool:
        return len(self.districts) == 1 and not self.is_off_shore

    def names(self, state: str) -> bool:
        """Whether any of its districts lies in a state."""
        return any(district.state == state for district in self.districts)


@dataclass(frozen=True)
class Whereabouts:
    """Candidate districts by layer, candidate states, and a doubt that touches all of them.

    No state at all: `asks_state` says why, in a sentence for the person. A layer of a candidate
    state that has no district here may be any of the state's.
    """

    standings: Mapping[str, Standing]
    states: tuple[str, ...]
    zip: str = ""
    doubt: str = ""
    is_box: bool = False
    asks_state: str = ""
    street_words: str = ""  # a sentence for the person, where their ZIP has no such street
    near_streets: tuple[str, ...] = ()  # the line they typed, with streets that the ZIP has

    @property
    def state(self) -> str:
        """ "" while there is a doubt, or more than one."""
        return self.states[0] if len(self.states) == 1 and not self.doubt else ""

    def districts(self) -> list[District]:
        return [district for standing in self.standings.values() for district in standing.districts]

    def names(self, layer: str, state: str) -> bool:
        """Whether any district of this layer and state is a candidate."""
        return layer in self.standings and self.standings[layer].names(state)


def join_standings(first: Standing | None, second: Standing) -> Standing:
    """The districts of both; what else is known is the first's."""
    if first is None:
        return second
    # Each once, in the order in which they came.
    together = dict.fromkeys((*first.districts, *second.districts))
    return replace(first, districts=tuple(together))


def by_layer(found: Iterable[District]) -> dict[str, tuple[District, ...]]:
    layers: dict[str, tuple[District, ...]] = {}
    for district in found:
        layers[district.layer] = (*layers.get(district.layer, ()), district)
    return layers


def name_of(state: str) -> str:
    """As within a sentence."""
    if state in ("DC", "MP", "VI"):
        return _("the %(name)s") % {"name": STATES[state].name}
    if state == FRANKLIN.code:
        return FRANKLIN.name
    return STATES[state].name if state in STATES else state


def states_in_words(states: Sequence[str]) -> dict[str, str]:
    return {"states": _(" and ").join(name_of(state) for state in states)}
