"""One row of a file, read as a person: what is wrong with it, or who it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from desk.imports.columns import FIELDS
from desk.models import Import
from legislators.states import state_code
from supporters.ages import ADULT_FROM
from supporters.forms import EmailField
from supporters.people import Entry

YES = {"yes", "y", "true", "1", "x", "si", "sí", "adult", "on"}
NO = {"no", "n", "false", "0", "", "minor", "off"}
ZIP = re.compile(r"(\d{3,5})(?:-?\d{4})?")
AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\D.*)?")
EMAIL = EmailField(required=False)


class BadRow(Exception):
    """`field` is one of FIELDS; the message never quotes the cell."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


@dataclass(frozen=True)
class Person:
    """`is_grown` only where the row, or staff for all rows, says 18 or over, and the row does not
    say otherwise. `agreed`: to the newsletter.
    """

    given_name: str
    family_name: str
    email: str
    street: str
    city: str
    state: str
    zip: str
    signed_on: dt.date | None
    is_grown: bool
    agreed: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def entry(self) -> Entry:
        return Entry(
            given_name=self.given_name,
            family_name=self.family_name,
            email=self.email,
            street=self.street,
            city=self.city,
            state=self.state,
            zip=self.zip,
        )


def read(of: Import, cells: Sequence[str]) -> Person:
    """Raises BadRow for the first thing that a person has to mend."""
    typed = {field: cells[at] if at < len(cells) else "" for field, at in of.mapping.items()}
    given, family = names(typed)
    if not (given or family):
        raise BadRow("name" if "name" in typed else "given_name", _("There is no name."))
    return Person(
        given_name=given,
        family_name=family,
        email=email(typed, is_needed=not of.is_paper),
        street=short(typed, "street", 120),
        city=short(typed, "city", 80),
        state=state(typed),
        zip=zip_code(typed),
        signed_on=day(typed),
        is_grown=is_grown(typed, all_grown=of.all_grown),
        agreed=is_yes(typed, "agreed") if typed.get("agreed", "").strip() else of.all_agreed,
    )


def names(typed: Mapping[str, str]) -> tuple[str, str]:
    """The last word of a whole name is the family's, or what stands before a comma."""
    given, family = short(typed, "given_name", 70), short(typed, "family_name", 70)
    whole = short(typed, "name", 140)
    if whole and not (given or family):
        if "," in whole:
            family, given = (part.strip() for part in whole.split(",", 1))
        else:
            given, _space, family = whole.rpartition(" ")
        if not given:
            given, family = family, ""
    if len(given) > 70 or len(family) > 70:
        raise BadRow("name", _("This name is too long."))
    return given, family


def short(typed: Mapping[str, str], field: str, most: int) -> str:
    text = " ".join("".join(c for c in typed.get(field, "") if c.isprintable()).split())
    if len(text) > most:
        raise BadRow(field, _("This is too long for %(field)s.") % {"field": FIELDS[field]})
    return text


def email(typed: Mapping[str, str], *, is_needed: bool) -> str:
    try:
        found = EMAIL.clean(typed.get("email", ""))
    except ValidationError as error:
        raise BadRow("email", _("This is no e-mail address.")) from error
    if is_needed and not found:
        raise BadRow("email", _("There is no e-mail address."))
    return found


def state(typed: Mapping[str, str]) -> str:
    written = typed.get("state", "").strip()
    if not written:
        return ""
    found = state_code(written)
    if found is None:
        raise BadRow("state", _("We do not know this state."))
    return found


def zip_code(typed: Mapping[str, str]) -> str:
    """A spreadsheet that took it for a number lost its leading zeros: one in New England, two in
    Puerto Rico.
    """
    written = typed.get("zip", "").strip()
    if not written:
        return ""
    found = ZIP.fullmatch(written)
    if not found:
        raise BadRow("zip", _("A ZIP code has five digits."))
    return found[1].zfill(5)


def day(typed: Mapping[str, str]) -> dt.date | None:
    """2026-11-30, or 11/30/2026 as it is written here. Not before 1900, nor in days to come."""
    written = typed.get("signed_on", "").strip()
    if not written:
        return None
    american = AMERICAN_DAY.fullmatch(written)
    try:
        found = (
            dt.date(int(american[3]), int(american[1]), int(american[2]))
            if american
            else parse_date(written[:10])
        )
    except ValueError:
        found = None
    if found is None or not dt.date(1900, 1, 1) <= found <= timezone.localdate():
        raise BadRow("signed_on", _("This is no day that has been: write 2026-11-30."))
    return found


def is_grown(typed: Mapping[str, str], *, all_grown: bool) -> bool:
    """What a row says of itself is stronger than what was said of all."""
    if written := typed.get("age", "").strip():
        if not written.isdecimal() or len(written) > 3:
            raise BadRow("age", _("This is no age."))
        return int(written) >= ADULT_FROM
    if typed.get("grown", "").strip():
        return is_yes(typed, "grown")
    return all_grown


def is_yes(typed: Mapping[str, str], field: str) -> bool:
    written = typed.get(field, "").strip().casefold()
    if written in YES:
        return True
    if written in NO:
        return False
    raise BadRow(field, _("This is neither yes nor no."))
