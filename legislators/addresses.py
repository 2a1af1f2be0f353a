"""An address as typed, cleaned and comparable.

Never stored or logged here, so neither are the parsers' complaints about it.

usaddress stays behind this door: whatever it raises, callers only ever see BadAddress.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import usaddress
from django.utils.translation import gettext as _

from legislators import one_line
from legislators.publication_28 import DIRECTIONS, SUFFIXES
from legislators.states import state_code

STREET_MAX, CITY_MAX = 120, 60
_ZIP = re.compile(r"(\d{5})(?:[-\s]?\d{4})?")
_PO_BOX = re.compile(r"^\W*(?:p\W{0,2}o\W{0,2}|post\s+office\s+)?box\s+\w+\s*$", re.I)
_RURAL = re.compile(
    r"^\W*(?:r\W?r|rural\s+route|h\W?c|highway\s+contract|star\s+route|psc|cmr|unit)\W*\d+\W+box\W+\w+",
    re.I,
)
_ORDINALS = dict(
    zip(
        [
            "FIRST",
            "SECOND",
            "THIRD",
            "FOURTH",
            "FIFTH",
            "SIXTH",
            "SEVENTH",
            "EIGHTH",
            "NINTH",
            "TENTH",
            "ELEVENTH",
            "TWELFTH",
        ],
        ["1ST", "2ND", "3RD", "4TH", "5TH", "6TH", "7TH", "8TH", "9TH", "10TH", "11TH", "12TH"],
        strict=True,
    )
)
# What Publication 28 abbreviates, by usaddress' names for the parts of a line.
_SHORT = {
    "StreetNamePreDirectional": DIRECTIONS,
    "StreetNamePostDirectional": DIRECTIONS,
    "StreetNamePreType": SUFFIXES,
    "StreetNamePostType": SUFFIXES,
}
_INSIDE_THE_HOUSE = {
    "OccupancyType",
    "OccupancyIdentifier",
    "SubaddressType",
    "SubaddressIdentifier",
}


class BadAddress(Exception):
    """What was typed cannot be an address.

    `errors` maps a field to a translated message a person can act on.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Address:
    """zip has five digits with its leading zeros; a ZIP+4 was cut.

    Equal addresses compare equal; use key() across spellings.
    """

    street: str
    city: str = ""
    state: str = ""
    zip: str = ""

    @classmethod
    def clean(cls, street: str = "", city: str = "", state: str = "", zip: str = "") -> Address:
        """Raises BadAddress.

        A ZIP, or a city with its state: a street makes the answer finer. A street that goes on
        with its town, state and ZIP is taken apart; what was typed in a field of its own stands.
        """
        errors: dict[str, str] = {}
        street, city, state, zip = _taken_apart(street, city, state, zip)
        cleaned = cls(
            street=_clean_text(street, "street", STREET_MAX, errors),
            city=_clean_text(city, "city", CITY_MAX, errors),
            state=_clean_state(state, errors),
            zip=_clean_zip(zip, errors, is_needed=not (city.strip() and state.strip())),
        )
        if errors:
            raise BadAddress(errors)
        return cleaned

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read one line such as "15 W 4th St, Cincinnati, OH 45202". Raises BadAddress."""
        # Longer than any address: what follows would only keep the parser busy.
        return cls.clean(*one_line.split(" ".join(_printable(text).split())[:300]))

    @property
    def is_box(self) -> bool:
        """A PO box, rural route or military box: mail goes there, but no street says where the
        person lives.
        """
        return bool(_PO_BOX.match(self.street) or _RURAL.match(self.street))

    def key(self) -> str:
        """Normalized street line and ZIP: equal for "15 West Fourth Street Apt 3" and "15 W 4th
        St". What AddressPoint.key holds.
        """
        return f"{_street_line(self.street)}|{self.zip}"

    def one_line(self) -> str:
        place = " ".join(part for part in (self.state, self.zip) if part)
        return ", ".join(part for part in (self.street, self.city, place) if part)


def _taken_apart(street: str, city: str, state: str, zip: str) -> tuple[str, str, str, str]:
    line = " ".join(_printable(street).split())
    # So long a line is refused by its field, which says so.
    if len(line) > 300 or not one_line.goes_on(line):
        return street, city, state, zip
    found = one_line.split(line)
    # A field of its own was meant; the line is only read where it was left empty.
    return found.street, city.strip() or found.city, state or found.state, zip.strip() or found.zip


def _clean_text(text: str, field: str, limit: int, errors: dict[str, str]) -> str:
    cleaned = " ".join(_printable(text).split())
    if len(cleaned) > limit:
        errors[field] = _("Please shorten this to %(limit)d characters.") % {"limit": limit}
    return cleaned


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _clean_state(text: str, errors: dict[str, str]) -> str:
    if not text.strip():
        return ""
    code = state_code(text)
    if code is None:
        errors["state"] = _("We do not know this state. Use its name or two letters, such as MD.")
    return code or ""


def _clean_zip(text: str, errors: dict[str, str], *, is_needed: bool) -> str:
    cleaned = " ".join(text.split())
    found = _ZIP.fullmatch(cleaned) if cleaned.isascii() else None
    if found:
        return found[1]
    if not cleaned and not is_needed:
        return ""
    if not cleaned:
        errors["zip"] = _("Type your ZIP code: five digits, such as 21401.")
    # Spreadsheets drop the zeros of New England.
    elif cleaned.isascii() and cleaned.isdigit() and len(cleaned) < 5:
        errors["zip"] = _(
            "A ZIP code has five digits. If yours begins with zeros, type them too, such as 02139."
        )
    else:
        errors["zip"] = _("Enter a ZIP code of five digits, such as 21401.")
    return ""


def _street_line(street: str) -> str:
    words = " ".join(
        _ORDINALS.get(word, word) for word in re.sub(r"[.,]", " ", street.upper()).split()
    )
    try:
        parts, kind = usaddress.tag(words)
    except usaddress.RepeatedLabelError:  # its message holds the address
        return words
    if kind != "Street Address":
        return words
    return " ".join(
        _SHORT.get(label, {}).get(part, part)
        for label, part in parts.items()
        if label not in _INSIDE_THE_HOUSE
    )
