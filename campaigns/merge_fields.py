"""A letter's text: the organization's words with merge fields filled, the person's own words as
typed, our greeting and closing.

Stored text is never compiled as a template. A merge field is `{name}` from FIELDS, or
`{name|words}`: these words where it stands for nothing. Every other brace is just a brace. Where a
field without such words stands for nothing, the clause that needs it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from campaigns.abroad.countries import HOME, country_name
from campaigns.unfilled import leave_out
from legislators.models import Chamber, Legislator, Seat
from legislators.states import MADE_UP, STATES

FIELDS = {
    "title": _("What the office's holder is called: Senator, Delegate"),
    "legislator": _("The legislator's full name"),
    "chamber": _("The chamber: U.S. House, State senate"),
    "district": _("The district: 3, 33B"),
    "state": _("The state's name"),
    "bill": _("The bill, as this campaign names it"),
    "first_name": _("The supporter's first name"),
    "last_name": _("The supporter's last name"),
    "city": _("The supporter's town"),
    "zip": _("The supporter's ZIP code"),
}
# A call's script is shown to somebody who has given no name yet. One that names an office is shown
# beside each office's numbers.
SCRIPT_FIELDS = ("title", "legislator", "chamber", "district", "state", "bill", "zip")
SEAT_FIELDS = {"title", "legislator", "chamber", "district"}
# Doubled braces are another system's fields: left as they are, and named before the launch.
FIELD = re.compile(r"(?<!\{)\{(" + "|".join(FIELDS) + r")(?:\|([^{}|\n]*))?\}(?!\})")
# What a person who meant a merge field may have typed: one word in braces, or a field's name in
# other clothes ("{First Name}").
LOOKALIKE = re.compile(r"\{+\s*([A-Za-z0-9_.\- ]{1,40}?)\s*(?:\|[^{}]*)?\}+")
SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Writer:
    """The constituent whose letter it is, with the postal line that proves it.

    What is not known yet is blank.
    """

    given_name: str = ""
    family_name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = HOME

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def postal_lines(self) -> list[str]:
        town = ", ".join(part for part in (self.city, f"{self.state} {self.zip}".strip()) if part)
        # As the Postal Service wants it: the country alone on the last line, in English.
        country = "" if self.country in ("", HOME) else country_name(self.country, "en")
        return [line for line in (self.street, town, country) if line]


def text_for(
    *,
    seat: Seat,
    holder: Legislator | None,
    statement: str,
    own_words: str,
    writer: Writer,
    bill: str = "",
    is_edited: bool = False,
) -> str:
    """The whole letter to one seat, as plain text, in the order of the form: the person's own words
    before the organization's.

    `statement` has its merge fields filled; `own_words` stay as typed, braces and all. In English
    whatever language the page is in: it is the office that reads it. Needs seat.jurisdiction
    loaded.
    """
    merged = merge(
        statement, seat=seat, holder=holder, writer=writer, bill=bill, is_edited=is_edited
    )
    parts = [greeting(seat, holder), plain_lines(own_words).strip(), merged, closing(writer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def subject_for(
    subject: str, *, seat: Seat, holder: Legislator | None, writer: Writer, bill: str = ""
) -> str:
    """One line, at most 200 characters."""
    merged = merge(subject, seat=seat, holder=holder, writer=writer, bill=bill)
    return " ".join(merged.split())[:SUBJECT_LENGTH].rstrip()


def merge(
    text: str,
    *,
    seat: Seat,
    holder: Legislator | None,
    writer: Writer,
    bill: str,
    is_edited: bool = False,
) -> str:
    """The text with its fields filled for this office and writer, without blanks around it.

    `is_edited`: a person's own by now, of which nothing is ever left out.
    """
    filled = values(seat=seat, holder_name=holder.name if holder else "", writer=writer, bill=bill)
    return fill_known(text, filled) if is_edited else complete(text, filled)


def fill_known(text: str, filled: Mapping[str, str]) -> str:
    """What somebody typed themselves: nothing of it is left out, and an unfilled brace stays."""
    known = {name: value for name, value in filled.items() if value}
    return fill(plain_lines(text), known).strip()


def complete(text: str, filled: Mapping[str, str]) -> str:
    """Our words with their fields filled; a clause with a field that stands for nothing, or is not
    named here, is left out.
    """
    text = with_fallbacks(plain_lines(text), filled)
    unfilled = {found[1] for found in FIELD.finditer(text) if not filled.get(found[1])}
    return fill(leave_out(text, unfilled) if unfilled else text, filled).strip()


def with_fallbacks(text: str, filled: Mapping[str, str]) -> str:
    """Each `{name|words}` as a plain field where that stands for something, else its words."""

    def settled(found: re.Match[str]) -> str:
        name, words = found[1], found[2]
        return found[0] if words is None else f"{{{name}}}" if filled.get(name) else words.strip()

    return FIELD.sub(settled, text)


def plain_lines(text: str) -> str:
    """Browsers end lines otherwise."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def values(*, seat: Seat, holder_name: str, writer: Writer, bill: str = "") -> dict[str, str]:
    """What each merge field stands for in a letter to this seat; "" where that is nothing.

    The President's state is the writer's own.
    """
    is_federal_office = seat.jurisdiction_id == "US"
    is_custom = seat.chamber == Chamber.CUSTOM
    return {
        "title": seat.title,
        "legislator": holder_name,
        # An office of our own has its name where others have their district.
        "chamber": seat.district if is_custom else chamber_name(seat),
        "district": "" if is_custom or seat.district == "0" else seat.district,
        **general_values(writer, bill),
        **({} if is_federal_office else {"state": seat.jurisdiction.name}),
    }


def general_values(writer: Writer, bill: str = "") -> dict[str, str]:
    """What is the same whatever the office."""
    return {
        "state": state_name(writer.state),
        "bill": bill,
        "first_name": writer.given_name,
        "last_name": writer.family_name,
        "city": writer.city,
        "zip": writer.zip,
    }


def state_name(code: str) -> str:
    """In English; as it is where it is none of ours."""
    known = STATES.get(code) or MADE_UP.get(code)
    return known.name if known else code


def chamber_name(seat: Seat) -> str:
    """In English: "U.S. House", "State senate"."""
    if seat.chamber == Chamber.PRESIDENT:
        return seat.title  # or the Vice President
    return _chambers_in_english().get(seat.chamber, seat.chamber)


@cache
def _chambers_in_english() -> dict[str, str]:
    # A form of several offices asks a dozen times, and Django looks through all choices each time.
    with translation.override("en"):
        return {code: str(label) for code, label in Chamber.choices}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill `{name}` once.

    What was filled in is not looked at again, and braces that are no field stay text.
    """
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def speaks_to_each(text: str) -> bool:
    """Whether some merge field differs from one legislator to the next."""
    return any(found[1] in SEAT_FIELDS for found in FIELD.finditer(text))


def greeting(seat: Seat, holder: Legislator | None) -> str:
    """As in "Dear Senator Smith,"; to the office itself while no holder is known."""
    if holder is None:
        return f"Dear {seat.title},"
    return f"Dear {seat.title} {holder.family_name or holder.name},"


def closing(writer: Writer) -> str:
    """Sincerely, the writer's name, and their postal address as lines."""
    return "\n".join(["Sincerely,", "", writer.name, *writer.postal_lines])


def unknown_fields(text: str, known: Collection[str] = tuple(FIELDS)) -> list[str]:
    """Braced words that look like merge fields and are not known, each once, as typed:
    "{frist_name}", "{{zip}}", "{First Name}".
    """
    unknown = [
        found[0]
        for found in LOOKALIKE.finditer(text)
        if not is_field(found[0], known) and looks_meant(found[1])
    ]
    return list(dict.fromkeys(unknown))


def is_field(typed: str, known: Collection[str]) -> bool:
    """Whether it is one of these fields as it must be written, with words behind it or without."""
    found = FIELD.fullmatch(typed)
    return found is not None and found[1] in known


def looks_meant(name: str) -> bool:
    """One word, or a known field in other clothes. "{see note 3}" is neither."""
    # Whatever is one word in braces was hardly typed for its looks.
    one_word = name != "" and " " not in name
    return one_word or re.sub(r"[ \-]+", "_", name.lower()) in FIELDS
