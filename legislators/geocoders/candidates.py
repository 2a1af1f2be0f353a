"""What a geocoder answers: places where an address may lie, and how near to its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Spot = tuple[float, float]  # lat, lon
POINT_RADIUS_M, RANGE_RADIUS_M, IMPUTED_RADIUS_M = 30, 100, 200  # how far off each may be
# Published state maps are generalized: 99 of 100 lines are off by less than 40 to 52 metres.
STATE_MAPS_M = 60
GOOD = 0.1  # candidates this close to the best one are as good as it
SURE = 0.8  # what scores less is only ever offered


@dataclass(frozen=True)
class Candidate:
    """One place where an address may lie: a point, or a street of which only the districts are
    known.
    """

    method: str  # address_point, range, street or census
    score: float  # of the text: 1 is letter for letter
    radius_m: int
    state: str
    dataset: str
    spot: Spot | None = None
    # Layer -> the divisions within reach of the whole place, on the map that it was laid on.
    held: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # (index hash, layer, state) -> whether that map draws them alike. Raises IndexUnavailable.
    proves: Callable[[str, str, str], bool] | None = None

    def held_on(self, sha256: str, layer: str) -> Sequence[str]:
        """The divisions it may lie in on a map; none where that map is another than it knows."""
        divisions = self.held.get(layer, ())
        if not divisions or self.proves is None or not self.proves(sha256, layer, self.state):
            return ()
        return divisions


def good(found: Sequence[Candidate]) -> list[Candidate]:
    best = max((each.score for each in found), default=0.0)
    return [each for each in found if each.score >= best - GOOD]
