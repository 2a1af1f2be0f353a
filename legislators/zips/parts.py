"""Which part of a ZIP code does each of its districts hold?

No map of ZIP codes is kept here, so it is said of what is published: the middle of the ZIP code,
how far from it a district begins and in which direction, and the towns around whose centers a
district holds (both GeoNames').
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import atan2, cos, degrees, hypot, inf, radians
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legislators.maps.boundaries import UNITS, Index
from legislators.maps.district_map import MILE_M, DistrictMap
from legislators.maps.nearby import METRES_PER_UNIT
from legislators.maps.outlines import Point
from legislators.models import Edition, ZipCode, ZipDistrict

LOOKED_M = (6_000, 25_000)
NAMED = 4  # towns of one district
_WINDS = (
    gettext_lazy("east"),
    gettext_lazy("northeast"),
    gettext_lazy("north"),
    gettext_lazy("northwest"),
    gettext_lazy("west"),
    gettext_lazy("southwest"),
    gettext_lazy("south"),
    gettext_lazy("southeast"),
)


class Way(NamedTuple):
    """To a district's nearest line; 0 metres where it covers the place."""

    metres: float
    angle: float  # in degrees, counter-clockwise from due east


class Town(NamedTuple):
    """`divisions`: those in which any of its ZIP codes has its middle; `at`: in the picture."""

    name: str
    divisions: frozenset[str]
    at: Point
    size: int  # the number of its ZIP codes


def middle_of(zip5: str, state: str) -> ZipCode | None:
    """Where a ZIP code is published to lie: its own middle, or `is_box`, only somewhere near."""
    rows = ZipCode.objects.filter(zip=zip5, state=state).order_by("is_box", "pk")
    return rows.first()


def towns_on(picture: DistrictMap, index: Index, state: str) -> list[Town]:
    """Those of one state whose ZIP codes have their middles on a map, the nearest to its middle
    first. One query.
    """
    frame = picture.frame
    rows: dict[str, list[ZipCode]] = {}
    around = ZipCode.objects.filter(
        state=state,
        is_box=False,
        lat__range=(frame.south / UNITS, frame.north / UNITS),
        lon__range=(frame.west / UNITS, frame.east / UNITS),
    )
    # A wide map of a city has thousands of ZIP codes; a few names are all that fits on it.
    for row in around.order_by("zip")[:500]:
        rows.setdefault(row.town or row.city.title(), []).append(row)
    towns = [_town(name, its, picture, index) for name, its in rows.items()]
    x, y = picture.middle
    return sorted(towns, key=lambda town: (hypot(town.at[0] - x, town.at[1] - y), town.name))


def _town(name: str, rows: Sequence[ZipCode], picture: DistrictMap, index: Index) -> Town:
    places = [(round(row.lon * UNITS), round(row.lat * UNITS)) for row in rows]
    held = {index.area(number).division for at in places for number in index.members(*at)}
    x = sum(place[0] for place in places) / len(places)
    y = sum(place[1] for place in places) / len(places)
    # A published place of its own: the mean of several may lie in a river.
    nearest = min(places, key=lambda place: hypot(place[0] - x, place[1] - y))
    return Town(name, frozenset(held), picture.frame.place(*nearest), len(rows))


def land_shares(zip5: str, edition: Edition) -> dict[str, float]:
    """Division -> its share of the ZIP code's land, where the map's source published it."""
    rows = ZipDistrict.objects.filter(zip=zip5, edition=edition)
    shares = rows.values_list("division", "land_share")
    return {division: share for division, share in shares if share is not None}


def sentence_about_share(share: float) -> str:
    """By a relationship file of the Census, which counts land and not people."""
    if share < 0.01:
        return _("Less than 1% of the ZIP’s land lies in it (Census).")
    return _("About %(percent)d%% of the ZIP’s land lies in it (Census).") % {
        "percent": min(99, round(100 * share))
    }


def sentences_about_part(
    division: str,
    middle: ZipCode,
    ways: Mapping[str, Way],
    towns: Iterable[Town],
    share: float | None = None,
) -> list[str]:
    """What there is to say of the part that a district holds: translated sentences.

    `share` is that of the ZIP code's land, None where nobody published it. `ways` are those from
    the middle to all that there is to choose between; a town of which each of them holds a part
    tells nothing.
    """
    said = [] if share is None else [sentence_about_share(share)]
    # A box is published at the place of another ZIP code, which is no middle of it.
    said += [] if middle.is_box else [_beside_middle(middle, ways.get(division))]
    here = [town for town in towns if division in town.divisions]
    whole = [town.name for town in here if len(town.divisions) == 1][:NAMED]
    parted = [town for town in here if len(town.divisions) > 1]
    shared = [town.name for town in parted if not ways.keys() <= town.divisions][:2]
    if whole:
        said.append(_("Town centers in it: %(towns)s.") % {"towns": ", ".join(whole)})
    if shared:
        said.append(_("It holds part of %(towns)s.") % {"towns": _(" and ").join(shared)})
    return [sentence for sentence in said if sentence]


def _beside_middle(middle: ZipCode, off: Way | None) -> str:
    if off is None:
        return ""
    metres, angle = off
    if not metres:
        return _("The middle of ZIP %(zip)s lies in it.") % {"zip": middle.zip}
    # It begins somewhere else, so never "0 miles".
    miles = max(0.1, round(metres / MILE_M, 1))
    sentence = ngettext(
        "It begins about %(miles)s mile %(direction)s of the middle of ZIP %(zip)s.",
        "It begins about %(miles)s miles %(direction)s of the middle of ZIP %(zip)s.",
        1 if miles == 1 else 2,
    )
    return sentence % {
        "miles": number_format(miles, decimal_pos=0 if miles == int(miles) else 1),
        "direction": _WINDS[round(angle / 45) % 8],
        "zip": middle.zip,
    }


@lru_cache(maxsize=512)
def ways_from(index: Index, lat: float, lon: float, divisions: frozenset[str]) -> dict[str, Way]:
    """From a place to each of these districts that comes within 25 km."""
    x, y = round(lon * UNITS), round(lat * UNITS)
    inside = dict.fromkeys(index.members(x, y), Way(0.0, 0.0))
    ways: dict[str, Way] = {}
    for metres in LOOKED_M:
        found = _nearest(index, x, y, metres) | inside
        ways = {index.area(number).division: way for number, way in found.items()}
        if divisions <= ways.keys():
            break
    return {division: way for division, way in ways.items() if division in divisions}


def _nearest(index: Index, x: int, y: int, metres: float) -> dict[int, Way]:
    east_m = METRES_PER_UNIT * max(cos(radians(y / UNITS)), 1e-9)
    up, aside = int(metres / METRES_PER_UNIT) + 1, int(metres / east_m) + 1
    found: dict[int, Way] = {}
    for parted, x1, y1, x2, y2 in index.lines_in(x - aside, y - up, x + aside, y + up):
        across, above = _foot(
            (x1 - x) * east_m,
            (y1 - y) * METRES_PER_UNIT,
            (x2 - x) * east_m,
            (y2 - y) * METRES_PER_UNIT,
        )
        distance = hypot(across, above)
        for number in parted if distance <= metres else ():
            if distance < found.get(number, (inf,))[0]:
                found[number] = Way(distance, degrees(atan2(above, across)) % 360)
    return found


def _foot(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """The point of a line that lies nearest to the origin."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
    return x1 + share * dx, y1 + share * dy
