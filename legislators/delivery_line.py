"""Where a published address is delivered, in Publication 28's words: the box, the street with its
unit behind it, or the building; and what stands on the line above.

Published addresses run together ("Lowe Building 6 Bladen St., Room 156"). A street is all from its
house number up to the comma, but for rooms and suites: its name may hold any suffix ("75 Rev. Dr.
Martin Luther King Jr. Blvd."). Nothing is left out, but a street beside a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from legislators.publication_28 import SUFFIXES

# What the Postal Service recommends.
LINE = 40

_BOX = re.compile(r"\b(?:P\.? ?O\.? ?|POST OFFICE )BOX [A-Z0-9-]+", re.IGNORECASE)
# The comma in "Dr. Martin L. King, Jr. Blvd." ends no street.
_JUNIOR = re.compile(r",(?= (?:JR|SR)\b)", re.IGNORECASE)
# 12, 12A, 40-13 in Queens, 67/69, 1202-1/2, 12 1/2, Wisconsin's W62N589; not 2nd.
_NUMBER = r"(?:[NSEW]\d+)?(?:\d+[A-Z]?|[NSEW]\d+)(?:[-/]\d+[A-Z]?)*(?: \d/\d)?"
_HOUSE = re.compile(rf"(?:^|(?<= )){_NUMBER} (?=\S)")
# A number behind one of these is no house's.
_BEFORE_OTHER_NUMBERS = {
    *("HIGHWAY", "HWY", "ROUTE", "RT", "RTE", "ROAD", "RD", "STATE", "INTERSTATE", "US", "FM"),
    *("SR", "CR", "LOOP", "PIER", "POST", "DISTRICT", "NO", "N", "S", "E", "W", "NE", "NW", "SE"),
    *("SW", "NORTH", "SOUTH", "EAST", "WEST"),
}
_WORD = r"(?:ROOM|RM|SUITE|STE|APARTMENT|APT|UNIT|PMB|BOX|(?:PRIVATE )?MAILBOX)S?"
_ONE = r"(?:#? ?(?:[A-Z]{0,3}-?\d[A-Z0-9./&-]*|[A-Z]{1,2}|[A-Z]&[A-Z]|ONE|TWO|THREE)(?= |$))"
_WHICH = rf"{_ONE}(?: (?:AND|&) {_ONE})?(?: (?:NORTH|SOUTH|EAST|WEST)(?= |$))?"
_UNIT = re.compile(
    rf"(?:^|(?<= ))(?:{_WORD} {_WHICH}|# ?[A-Z0-9-]+"
    r"|(?:\d+(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD|FOURTH|FIFTH|GROUND|LOWER|UPPER) (?:FLOOR|FL)\b"
    r"|(?:FLOOR|FL) \d+\b"
    # "Coverdell Office Building 18 Capitol Square" has no building 18.
    rf"|(?:BUILDING|BLDG|OFFICE|SPACE|LOT|LEVEL) {_WHICH}(?=$| (?:{_WORD}|FLOOR|FL|#)))"
)
_WORDS = {
    "ROOM": "RM", "ROOMS": "RM", "SUITE": "STE", "SUITES": "STE", "BUILDING": "BLDG",
    "FLOOR": "FL", "APARTMENT": "APT", "DEPARTMENT": "DEPT", "SPACE": "SPC",
}  # fmt: skip
_SUFFIXES = {**SUFFIXES, "FREEWAY": "FWY"}
_SUFFIXES |= {short: short for short in SUFFIXES.values()}
# No hall or building is called so.
_STREETS_ONLY = {"ST", "AVE", "RD", "BLVD", "DR", "LN"}
_SIDES = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W"}
_SIDES |= {short: short for short in ("N", "S", "E", "W", "NE", "NW", "SE", "SW")}
_DOTS = re.compile(r"\.(?![A-Z]?\d)|(?<![A-Z0-9])\.")


class InDoubt(ValueError):
    """It may be delivered to either of two streets, or names none. The message says which."""


@dataclass(frozen=True)
class Piece:
    """What stands between two commas: `street` is "" for one without a house number."""

    building: str
    street: str
    units_before: tuple[str, ...]
    units: tuple[str, ...]


def delivery(text: str) -> tuple[str, str]:
    """The line above, "" mostly, and the line that is delivered to. Raises InDoubt."""
    if box := _BOX.search(text):
        # A street beside a box is where the building stands, not where the mail goes.
        beside = [_read(one) for one in _pieces(f"{text[: box.start()]}, {text[box.end() :]}")]
        lines = [line for one in beside for line in (*one.units_before, one.building, *one.units)]
        return _fitted(lines, "PO BOX " + _capitals(box[0]).split()[-1])
    pieces = [_read(one) for one in _pieces(text)]
    numbered = [n for n, piece in enumerate(pieces) if piece.street]
    named = [n for n, piece in enumerate(pieces) if piece.building]
    if not numbered and not named:
        raise InDoubt("It has no street.")
    # The last is where it is delivered, before it stand buildings named after streets; but in "501
    # North 3rd Street, 508 Main Capitol Building" the number is a room's.
    streets = [n for n in numbered if _ends_with_suffix(pieces[n].street.split())]
    at = (streets or numbered or named)[-1]
    above: list[str] = []
    behind: list[str] = []
    for n, piece in enumerate(pieces):
        if n == at:
            above += [*piece.units_before, piece.building if piece.street else ""]
            behind += piece.units
        else:
            # What stands before is one with its building; after it, it is behind the street.
            (above if n < at else behind).extend(piece.units_before)
            above += [piece.building, piece.street]
            (above if n < at else behind).extend(piece.units)
    # The building, and then the room.
    units = sorted(dict.fromkeys(behind), key=lambda unit: not unit.startswith("BLDG"))
    if all(_UNIT.match(line) for line in above if line):
        above, units = [], [*units, *(line for line in above if line)]
    line = " ".join([pieces[at].street or pieces[at].building, *units])
    if len(line) <= LINE:
        return _fitted(above, line)
    return _fitted([*above, *units], pieces[at].street or pieces[at].building)


def _pieces(text: str) -> Iterator[str]:
    for piece in _JUNIOR.sub("", text).split(","):
        piece = re.sub(r"\b(\d+) (nd|rd|th)\b", r"\1\2", piece, flags=re.IGNORECASE)
        bare = " ".join(_DOTS.sub("", re.sub(r"[^A-Z0-9#&/.\- ]", "", piece.upper())).split())
        if bare:
            yield bare


def _read(piece: str) -> Piece:
    # A unit alone, without its word: "3465 Camino del Rio S, 350", "115 East, State Capitol".
    if re.fullmatch(rf"\d+[A-Z]?(?: (?:{'|'.join(_SIDES)}))?", piece):
        return Piece("", "", (), (f"# {piece}",))
    if piece in ("BUILDING", "BLDG"):
        return Piece("", "", (), ("BLDG",))
    units = list(_UNIT.finditer(piece))
    starts = _house_number(_UNIT.sub(lambda unit: " " * len(unit[0]), piece))
    if starts is not None:
        street, behind = _apart(piece[starts:])
        before = [unit for unit in units if unit.start() < starts]
        building = _UNIT.sub(" ", piece[:starts])
        return Piece(_capitals(building), _street(street), _all(before), behind)
    for unit in units:
        if any(_SUFFIXES.get(word) in _STREETS_ONLY for word in piece[unit.end() :].split()):
            raise InDoubt(f"It may be a room, or a house in a street: {piece}")
    if units and units[0].start() == 0:
        rest = _capitals(_UNIT.sub(" ", piece))
        # "Room 100 A-F" and "3rd Floor Suite" are units with all their words.
        is_named = any(len(word) > 3 for word in rest.split())
        return Piece(rest, "", _all(units), ()) if is_named else Piece("", "", (), _apart(piece)[1])
    building, behind = _apart(piece)
    return Piece(_capitals(building), "", (), behind)


def _all(units: Sequence[re.Match[str]]) -> tuple[str, ...]:
    return tuple(_capitals(unit[0]) for unit in units)


def _apart(text: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the first unit, and the units with all the words that follow each."""
    starts = [unit.start() for unit in _UNIT.finditer(text)]
    edges = [*starts, len(text)]
    units = tuple(_capitals(text[a:b]) for a, b in pairwise(edges))
    return (text[: starts[0]] if starts else text), units


def _house_number(text: str) -> int | None:
    """Where the street begins. Raises InDoubt where there are two."""
    found = []
    for house in _HOUSE.finditer(text):
        before = text[: house.start()].split()[-1:]
        if not _BEFORE_OTHER_NUMBERS.issuperset(before) or not before:
            found.append(house.start())
    for first, second in pairwise(found):
        between, behind = text[first:second].split(), text[second:].split()
        # Of "Annex 1 100 S. Lawrence St." and "210 Federal Building 531 Main St." the second.
        if between[-1] in ("BUILDING", "BLDG") or (len(between) == 1 and text[:first].strip()):
            return second
        # "254 36 Street" is Thirty-sixth Street.
        if len(between) == 1 and len(behind) == 2 and behind[1] in _SUFFIXES:
            return first
        if len(between) == 1 or _ends_with_suffix(behind):
            raise InDoubt(f"It may be delivered to either of two streets: {' '.join(text.split())}")
    return found[0] if found else None


def _ends_with_suffix(street: Sequence[str]) -> bool:
    words = [word for word in street if word not in _SIDES]
    return len(words) > 2 and words[-1] in _SUFFIXES


def _fitted(above: Sequence[str], line: str) -> tuple[str, str]:
    """What is too much for one line moves behind the street, where it may stand too: a room, or
    else the shortest.
    """
    lines = list(dict.fromkeys(one for one in above if one))
    while len(" ".join(lines)) > LINE and len(lines) > 1:
        first = min(lines, key=lambda one: (not _UNIT.match(one), len(one)))
        if len(f"{line} {first}") > LINE:
            break
        lines.remove(first)
        line = f"{line} {first}"
    return " ".join(lines), line


def _capitals(text: str) -> str:
    """A dot stays within a number, as in "RM 529.2"."""
    bare = _DOTS.sub("", re.sub(r"[^A-Z0-9#&/.\- ]", "", text.upper()))
    return " ".join(_WORDS.get(word, word) for word in bare.split())


def _street(text: str) -> str:
    """Its last suffix abbreviated, and the sides before and behind its name: COURT in "900 COURT
    ST" and EAST in "11811 EAST FWY" are names.
    """
    words = _capitals(text).split()
    last = len(words) - 1
    if last > 1 and words[last] in _SIDES and words[last - 1] not in _SIDES:
        words[last] = _SIDES[words[last]]
        last -= 1
    if last > 1 and words[last] in _SUFFIXES:
        words[last] = _SUFFIXES[words[last]]
        last -= 1
    if last > 1 and words[1] in _SIDES:
        words[1] = _SIDES[words[1]]
    return " ".join(words)
