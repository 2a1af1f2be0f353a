"""The choice between districts where an address does not settle it: the same on a campaign's page
and on the one that says who represents you.

For each chamber the candidates with who holds them, the part of the ZIP code that each holds, a map
of ours, and where the state itself tells people their district.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.pages.address_forms import NOT_SURE, ChooseForm, vacancy_in_words
from legislators import parties
from legislators.finders import finder
from legislators.lookup import Place
from legislators.maps.boundaries import Index, IndexUnavailable, open_index
from legislators.maps.district_map import DistrictMap, draw
from legislators.models import Edition, MapInForce, Seat, ZipCode, maps_in_force
from legislators.zips.parts import (
    Town,
    land_shares,
    middle_of,
    sentences_about_part,
    towns_on,
    ways_from,
)

PATTERNS = 8  # in templates/actions/_district_patterns.html
MOST_DRAWN = 12  # more candidates than these make a folded list, and no map
SHORT = 4  # letters of a label that fits on a map
TOWNS_NAMED = 7  # on a map

Districts = Mapping[str, Sequence[Place]]


def questions(
    form: ChooseForm, open_chambers: Mapping[str, Districts], zip5: str
) -> list[dict[str, Any]]:
    """One for each chamber that is left open, as the page prints it."""
    if not open_chambers:
        return []
    first = [next(iter(districts.values()))[0].seat for districts in open_chambers.values()]
    middle = middle_of(zip5, first[0].jurisdiction_id) if zip5 else None
    maps = maps_in_force(timezone.localdate())
    return [
        _question(form, chamber, districts, _picture(seat, districts, middle, maps))
        for seat, (chamber, districts) in zip(first, open_chambers.items(), strict=True)
    ]


def _question(
    form: ChooseForm, chamber: str, districts: Districts, picture: dict[str, Any]
) -> dict[str, Any]:
    field = form[f"choice_{chamber}"]
    labels = _labels(districts)
    drawn = picture["where"]
    seat = next(iter(districts.values()))[0].seat
    options = [
        {
            "value": division,
            "id": f"{field.auto_id}_{at}",
            "is_chosen": field.value() == division,
            "label": labels[division],
            "pattern": at % PATTERNS + 1 if picture["map"] else 0,
            "name": places[0].seat.district_name,
            "people": [_person(place) for place in places],
            "where": drawn.get(division, []),
        }
        for at, (division, places) in enumerate(districts.items())
    ]
    return {
        "field": field,
        "chamber": chamber,
        "options": options,
        "not_sure": NOT_SURE,
        "is_unsure": field.value() == NOT_SURE,
        "is_long": len(options) > MOST_DRAWN,
        "is_answered": any(option["is_chosen"] for option in options),
        "finder": finder(chamber, seat.jurisdiction_id),
        "state": seat.jurisdiction.name,
        **picture,
    }


def _person(place: Place) -> dict[str, str]:
    if place.holder is None:
        return {"name": vacancy_in_words(place), "party": ""}
    return {
        "name": place.holder.legislator.name,
        "party": parties.spoken(place.holder.party),
    }


def _labels(districts: Districts) -> dict[str, str]:
    """What stands on the map for each: its number, or where any is long a letter."""
    codes = {division: places[0].seat.district for division, places in districts.items()}
    if all(0 < len(code) <= SHORT for code in codes.values()):
        return codes
    return {division: _letter(at) for at, division in enumerate(districts)}


def _letter(at: int) -> str:
    """A, B, ... Z, AA, AB ..."""
    first, last = divmod(at, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _picture(
    seat: Seat, districts: Districts, middle: ZipCode | None, maps: Sequence[MapInForce]
) -> dict[str, Any]:
    """The map, what it shows, and what there is to say of each district's part; empty where the
    ZIP code's place or the index is not at hand.
    """
    edition = _edition_of(seat, maps)
    index = _index_of(edition)
    if middle is None or edition is None or index is None:
        return {"map": None, "where": {}}
    divisions = tuple(districts)
    picture = draw(index, middle.lat, middle.lon, divisions)
    towns = towns_on(picture, index, seat.jurisdiction_id)
    ways = ways_from(index, middle.lat, middle.lon, frozenset(divisions))
    shares = land_shares(middle.zip, edition)
    parts = {
        each: sentences_about_part(each, middle, ways, towns, shares.get(each))
        for each in divisions
    }
    if len(divisions) > MOST_DRAWN or not any(shape.path for shape in picture.shapes):
        return {"map": None, "where": parts}
    labels = _labels(districts)
    return {
        "map": picture,
        "where": parts,
        "edition": edition.name,
        "zip": "" if middle.is_box else middle.zip,
        "shapes": [
            {"shape": shape, "label": labels[shape.division], "pattern": at % PATTERNS + 1}
            for at, shape in enumerate(picture.shapes)
            if shape.path
        ],
        "towns": _placed(towns, picture),
        "scale": _scale(picture.bar.miles),
        "text": _in_words(districts, picture, labels),
    }


def _edition_of(seat: Seat, maps: Sequence[MapInForce]) -> Edition | None:
    """The map in force that draws the districts of this seat's chamber in its state."""
    for edition, states in maps:
        if edition.layer == seat.layer and seat.jurisdiction_id in states:
            return edition
    return None


def _index_of(edition: Edition | None) -> Index | None:
    if edition is None or not edition.index_sha256:
        return None
    try:
        return open_index(edition.index_sha256)
    # The choice can be made without a picture.
    except (IndexUnavailable, OSError):
        return None


def _scale(miles: float) -> str:
    said = ngettext("%(miles)s mile", "%(miles)s miles", 1 if miles == 1 else 2)
    return said % {"miles": number_format(miles, decimal_pos=0 if miles >= 1 else 1)}


def _in_words(districts: Districts, picture: DistrictMap, labels: Mapping[str, str]) -> str:
    """The map for whoever does not see it; the parts themselves are told beside each choice."""
    shown = [shape.division for shape in picture.shapes if shape.path]
    names = [f"{labels[each]}: {districts[each][0].seat.district_name}" for each in shown]
    return _("Each district has a pattern and a label of its own: %(names)s.") % {
        "names": "; ".join(names)
    }


def _placed(towns: Sequence[Town], picture: DistrictMap) -> list[dict[str, Any]]:
    """Names that do not cover one another, nor a district's label; larger towns first."""
    # Boxes in the picture's units, by the plates of _district_map.html and the font sizes of
    # districts.css: whoever changes those changes these.
    taken = [shape.label_at for shape in picture.shapes if shape.label_at]
    boxes = [(x - 46, y - 34, x + 46, y + 34) for x, y in [*taken, picture.middle]]
    boxes += [(at[0] - 24, at[1] - 20, at[0] + 24, at[1] + 20) for _code, at in picture.neighbours]
    named: list[dict[str, Any]] = []
    for town in sorted(towns, key=lambda each: -each.size):
        (x, y), wide = town.at, 15 * len(town.name)
        box = (x - wide // 2, y - 34, x + wide // 2, y + 10)
        # Below 640 the scale stands.
        is_inside = box[0] > 8 and box[2] < picture.frame.width - 8 and 40 < y < 640
        if is_inside and not any(_touch(box, other) for other in boxes):
            boxes.append(box)
            named.append({"name": town.name, "x": x, "y": y})
        if len(named) == TOWNS_NAMED:
            break
    return named


def _touch(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
