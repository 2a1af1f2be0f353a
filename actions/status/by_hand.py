"""What only the writer can do: each field of an office's form to copy, the way to it, the numbers,
and what to say there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.letters.lengths import too_long_for
from actions.letters.text import (
    merge_values,
    statement_for,
    subject_line,
    whole_text,
    writer_details,
)
from actions.models import Action
from campaigns import merge_fields, scripts
from legislators.contacts import Phone, phones, reach
from legislators.hours import office_hours
from legislators.lookup import Place
from legislators.models import OfficeLimit
from supporters.phones import shown_phone
from worker.engine.office_hours import OfficeHours


class Field(NamedTuple):
    name: str
    label: str
    value: str


@dataclass(frozen=True)
class ByHand:
    """Empty where the writer took it back, or where nobody is known."""

    subject: str = ""
    text: str = ""
    fields: tuple[Field, ...] = ()
    form_url: str = ""
    site_url: str = ""
    address: str = ""
    phones: tuple[Phone, ...] = ()
    script: str = ""
    script_language: str = "en"
    jurisdiction: str = ""
    limit: str = ""

    @property
    def is_there_now(self) -> bool:
        """Whether somebody is likely to pick up the telephone, by the clock of the capital."""
        hours = office_hours(self.jurisdiction)
        now = timezone.now()
        return bool(self.phones and hours) and OfficeHours.parse(hours).first_open(now) == now

    @property
    def everything(self) -> str:
        """All that its form may ask for, as one text."""
        named = [f"{field.label}: {field.value}" for field in self.fields]
        return "\n".join([*named, "", self.text]).strip()


def to_do(action: Action, place: Place, *, script: str, only_call: bool = False) -> ByHand:
    """For one office.

    `script` is the campaign's own, if it has one; `only_call`, because the letter itself may be
    there already.
    """
    if place.holder is None:
        if only_call:
            return ByHand()
        return ByHand(subject=subject_line(action, place), text=whole_text(action, place))
    contact, numbers = reach(place.holder.legislator), tuple(phones(place.holder.legislator))
    call = ByHand(
        phones=numbers,
        script=script_of(action, place, script),
        # One of our own is made of the letter, which is in English.
        script_language=action.language if script else "en",
        jurisdiction=place.seat.jurisdiction_id,
    )
    if only_call:
        return call
    text = whole_text(action, place)
    return ByHand(
        subject=subject_line(action, place),
        text=text,
        limit=limit_in_words(place, text),
        fields=fields(action, place),
        form_url=exact_form(contact.form),
        site_url=web_address(contact.website) or web_address(contact.form),
        address=contact.address,
        phones=numbers,
        script=call.script,
        script_language=call.script_language,
        jurisdiction=call.jurisdiction,
    )


def limit_in_words(place: Place, text: str) -> str:
    """What the office's form takes less than this; "" where it fits, or nobody knows."""
    # Read with the seat, for all offices of a page at once; one without a limit has none.
    limit: OfficeLimit | None = getattr(place.seat, "limit", None)
    return too_long_for(limit, text) if limit and any(limit.over(text)) else ""


def fields(action: Action, place: Place) -> tuple[Field, ...]:
    """What such forms ask for, as the writer typed it; what was not typed is left out."""
    known = writer_details(action)
    typed = [
        ("prefix", _("Title")),
        ("given_name", _("First name")),
        ("family_name", _("Last name")),
        ("street", _("Street")),
        ("city", _("City")),
        ("state", _("State")),
        ("zip", _("ZIP code")),
        ("email", _("E-mail")),
        ("phone", _("Phone")),
    ]
    if phone := known.get("phone"):
        known = {**known, "phone": shown_phone(phone)}
    own = [Field(name, label, known.get(name, "")) for name, label in typed]
    subject = Field("subject", _("Subject"), subject_line(action, place))
    return tuple(field for field in (*own, subject) if field.value)


def script_of(action: Action, place: Place, script: str) -> str:
    """The campaign's script with its fields filled, or one made from the letter."""
    filled = merge_values(action, place)
    if script:
        return merge_fields.complete(script, filled)
    return scripts.from_letter(
        subject=subject_line(action, place),
        statement=statement_for(action, place),
        campaign=action.ask.campaign,
        filled=filled,
    )


def exact_form(address: str) -> str:
    """The form itself; a home page, which rosters give for some, is no form."""
    found = urlsplit(web_address(address))
    return address if found.path.strip("/") or found.query else ""


def web_address(address: str) -> str:
    """An address of the web, or nothing: what a roster names is not trusted to be one."""
    return address if urlsplit(address).scheme in ("http", "https") else ""
