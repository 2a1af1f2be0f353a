"""A published office address as the Postal Service wants it on an envelope (Publication 28):
capitals, no punctuation, the town last.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import usaddress

from legislators.delivery_line import LINE, InDoubt, delivery
from legislators.states import state_code

# What still fits a window in a smaller size.
LINE_MAX = 46
LINES = 4

_ZIP = re.compile(r"[\s,]+(\d{5}(?:-\d{4})?)-?$")
_BUILDING_AND_TOWN = re.compile(r"(.*\b(?:BUILDING|BLDG)\b\.?),? ([A-Z. ]+)", re.IGNORECASE)


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

    Raises NoMailingAddress for one without town, state and ZIP, too long, or in doubt.

    A long title gives way to the name. Nothing of an address is left out, but a street where there
    is a box: the ZIP is the box's.
    """
    text = _plain(address)
    found = _ZIP.search(text)
    if not found:
        raise NoMailingAddress("It does not end with a ZIP code.")
    rest, state = _state(text[: found.start()])
    rest, city = _city(rest)
    try:
        above, street = delivery(rest)
    except InDoubt as doubt:
        raise NoMailingAddress(str(doubt)) from doubt
    town = " ".join(re.sub(r"[^A-Z0-9\- ]", "", city.upper()).split())
    made = Mailing(_addressee(title, name), above, street, town, state, found[1])
    if too_long := [line for line in made.lines if len(line) > LINE_MAX]:
        raise NoMailingAddress(f"This line is too long for an envelope: {too_long[0]}")
    return made


def _plain(text: str) -> str:
    """Without accents, which the Postal Service's machines do not read, and without what is printed
    nowhere.
    """
    bare = "".join(
        character
        # The fraction in "1202½" is taken apart into 1/2, which follows on no digit.
        for character in unicodedata.normalize("NFKD", re.sub(r"(?<=\d)(?=[¼½¾])", " ", text))
        if not unicodedata.combining(character)
    )
    bare = re.sub("[\u2010-\u2015]", "-", bare).replace("\u2044", "/")
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


def _addressee(title: str, name: str) -> str:
    """In any script: a name is not bent into Latin letters."""
    whole = " ".join(re.sub(r"[.,]", "", f"{title} {name}").upper().split())
    alone = " ".join(re.sub(r"[.,]", "", name).upper().split())
    return whole if len(whole) <= LINE else alone
