"""A published office address as the Postal Service wants it on an envelope (Publication 28):
capitals, no punctuation, the town last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import usaddress

from legislators.states import state_code

# What the Postal Service recommends, and what still fits a window in a smaller size.
LINE, LINE_MAX = 40, 46
LINES = 4

_ZIP = re.compile(r"[\s,]+(\d{5}(?:-\d{4})?)-?$")
_BOX = re.compile(r"\b(?:P\.? ?O\.? ?|POST OFFICE )BOX [A-Z0-9-]+", re.IGNORECASE)
_SUFFIX = (
    "STREET|ST|AVENUE|AVE|BOULEVARD|BLVD|ROAD|RD|DRIVE|DR|LANE|LN|PLAZA|PLZ|SQUARE|SQ"
    "|CIRCLE|CIR|COURT|CT|TRAIL|TRL"
)
_SUFFIX += "|PARKWAY|PKWY|WAY|STATION|STA"
# A number, up to five words, the last suffix in a row ("E. Boulevard Ave."), and a side behind it.
_STREET = re.compile(
    rf"(?<![-#])\b\d+[A-Z]? (?:(?!\d+ )[A-Z0-9.']+ ){{0,4}}?(?:{_SUFFIX})\b\.?(?! (?:{_SUFFIX})\b)"
    r"(?: (?:NORTH|SOUTH|EAST|WEST|[NS]?[EW]|[NS])\b\.?)?",
    re.IGNORECASE,
)
_BUILDING_AND_TOWN = re.compile(r"(.*\b(?:BUILDING|BLDG)\b\.?),? ([A-Z. ]+)", re.IGNORECASE)
_UNIT = re.compile(r"(?:STE|RM|APT|UNIT|#) ?[A-Z0-9.-]+|[A-Z0-9]+ FL")
_WORDS = {
    "ROOM": "RM", "SUITE": "STE", "BUILDING": "BLDG", "FLOOR": "FL", "APARTMENT": "APT",
    "DEPARTMENT": "DEPT", "STREET": "ST",
    "AVENUE": "AVE", "BOULEVARD": "BLVD", "ROAD": "RD", "DRIVE": "DR", "LANE": "LN", 
    "PLAZA": "PLZ", "SQUARE": "SQ", "CIRCLE": "CIR",
    "COURT": "CT", "TRAIL": "TRL", "PARKWAY": "PKWY", "STATION": "STA",
}  # fmt: skip
_SUFFIXES = frozenset(_SUFFIX.split("|"))
_SIDES = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W"}
_DOTS = re.compile(r"\.(?![A-Z]?\d)|(?<![A-Z0-9])\.")


class NoMailingAddress(Exception):
    """No envelope can be addressed with this. The message says why, to staff."""


@dataclass(frozen=True)
class Mailing:
    """`above` is "" or the building; `street` is where it is delivered. All in capitals."""

    name: str
    above: str
    street: str
    city: str
    state: str
    zip: str

    @property
    def lines(self) -> list[str]:
        return [
            line
            for line in (self.name, self.above, self.street, f"{self.city} {self.state} {self.zip}")
            if line
        ]


def mailing(name: str, address: str, *, title: str = "") -> Mailing:
    """At most four lines of 46 characters, mostly 40.

    Raises NoMailingAddress for one without town, state and ZIP, or too long.

    A long title gives way to the name. Nothing of an address is left out, but a street where there
    is a box: the ZIP is the box's.
    """
    text = _plain(address)
    found = _ZIP.search(text)
    if not found:
        raise NoMailingAddress("It does not end with a ZIP code.")
    rest, state = _state(text[: found.start()])
    rest, city = _city(rest)
    above, street = _delivery(rest)
    made = Mailing(_addressee(title, name), above, street, _capitals(city), state, found[1])
    if too_long := [line for line in made.lines if len(line) > LINE_MAX]:
        raise NoMailingAddress(f"This line is too long for an envelope: {too_long[0]}")
    return made


def _plain(text: str) -> str:
    """Without accents, which the Postal Service's machines do not read, and without what is printed
    nowhere.
    """
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )
    kept = "".join(character if character.isprintable() else "," for character in bare)
    return re.sub(r"(?:\s*[,;]\s*)+", ", ", " ".join(kept.split())).strip(" ,")


def _state(text: str) -> tuple[str, str]:
    """What stands before the state, and its code.

    "WEST VIRGINIA" is one only behind a comma: "Charleston West, Virginia" is not.
    """
    before, _comma, last = text.rpartition(", ")
    words = last.split()
    for count in (len(words), 1):
        if 0 < count <= len(words) and (code := state_code(" ".join(words[-count:]))):
            return ", ".join(part for part in (before, " ".join(words[:-count])) if part), code
    raise NoMailingAddress("It does not name a state before its ZIP code.")


def _city(text: str) -> tuple[str, str]:
    """What stands before the town, and the town: after the last comma, or as usaddress sees it
    where there is none.
    """
    before, comma, city = text.rpartition(", ")
    if comma and not re.search(r"\d", city):
        return before, city
    if found := _BUILDING_AND_TOWN.fullmatch(text):
        return found[1], found[2]
    # It sees a town best with a state and a ZIP behind it: any will do.
    words = [word for word, label in usaddress.parse(f"{text}, MD 21401") if label == "PlaceName"]
    city = " ".join(words).strip(" ,")
    if not city or not text.endswith(city):
        raise NoMailingAddress("It does not say which town.")
    return text.removesuffix(city).rstrip(" ,"), city


def _delivery(text: str) -> tuple[str, str]:
    """The line above, and the line that is delivered to: a box, else the street, else the
    building.
    """
    box, streets = _BOX.search(text), list(_STREET.finditer(text))
    if box:
        # A street beside a box is where the building stands, not where the mail goes.
        inside = text[: box.start()] + ", " + text[box.end() :]
        for street in _STREET.finditer(inside):
            inside = inside.replace(street[0], ", ")
        return _fitted(_pieces(inside), "PO BOX " + _capitals(box[0]).split()[-1])
    if streets:
        # The last is where it is delivered: before it stand buildings named after streets.
        street = streets[-1]
        above = list(_pieces(text[: street.start()] + ", " + text[street.end() :]))
        line = _sides(_capitals(street[0]))
        if len(above) == 1 and _UNIT.fullmatch(above[0]) and len(f"{line} {above[0]}") <= LINE:
            return "", f"{line} {above[0]}"
        return _fitted(above, line)
    pieces = list(_pieces(text))
    if not pieces:
        raise NoMailingAddress("It has no street.")
    return _fitted(pieces[:-1], pieces[-1])


def _fitted(pieces: Iterable[str], street: str) -> tuple[str, str]:
    """Rooms and buildings above the street; what is too much for one line moves a room behind the
    street, where it may stand too.
    """
    above = list(dict.fromkeys(pieces))
    while len(" ".join(above)) > LINE and len(above) > 1:
        shortest = min(above, key=len)
        if len(f"{street} {shortest}") > LINE:
            break
        above.remove(shortest)
        street = f"{street} {shortest}"
    return " ".join(above), street


def _pieces(text: str) -> Iterator[str]:
    return (_capitals(piece) for piece in text.split(",") if piece.strip(" ."))


def _capitals(text: str) -> str:
    """Abbreviated, but for the name in "900 COURT ST".

    A dot stays within a number, as in "RM 529.2".
    """
    words = _DOTS.sub("", re.sub(r"[^A-Z0-9#&/.\- ]", "", text.upper())).split()
    followed_by = [*words[1:], ""]
    return " ".join(
        # The COURT in "COURT ST" is a name, and no abbreviation of one.
        word if after in _SUFFIXES else _WORDS.get(word, word)
        for word, after in zip(words, followed_by, strict=True)
    )


def _sides(street: str) -> str:
    """North and its like, where they stand before or behind a street's name."""
    words = street.split()
    for place in (1, len(words) - 1):
        if len(words) > 3 and words[place] in _SIDES:
            words[place] = _SIDES[words[place]]
    return " ".join(words)


def _addressee(title: str, name: str) -> str:
    """In any script: a name is not bent into Latin letters."""
    whole = " ".join(re.sub(r"[.,]", "", f"{title} {name}").upper().split())
    alone = " ".join(re.sub(r"[.,]", "", name).upper().split())
    return whole if len(whole) <= LINE else alone
