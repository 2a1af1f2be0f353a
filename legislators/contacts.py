"""How to reach a legislator, from the contacts their sources published and those that somebody here
typed in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from legislators.models import Contact, Legislator


@dataclass(frozen=True)
class Reach:
    """One value per way, "" when there is none.

    What somebody here typed and somebody else approved comes first, then the capitol office, then
    district offices.
    """

    email: str = ""
    phone: str = ""
    form: str = ""
    website: str = ""
    address: str = ""
    emails: tuple[str, ...] = ()  # all of them, the best first
    pending: tuple[str, ...] = ()  # e-mail addresses that a second person has yet to approve


class Row(Protocol):
    """A contact, whole or as its columns."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def typed_by(self) -> str: ...
    @property
    def approved_by(self) -> str: ...
    @property
    def refused_at(self) -> dt.datetime | None: ...


WAYS = ("email", "phone", "form", "website", "address")


def reach(legislator: Legislator) -> Reach:
    """No query where the contacts are prefetched, as they are on a Match's holders.

    Fax numbers and social accounts are left out.
    """
    return _best(legislator.contacts.all())  # type: ignore[arg-type]


_COLUMNS = (
    "legislator_id",
    "pk",
    "kind",
    "value",
    "office",
    "typed_by",
    "approved_by",
    "refused_at",
)


def reach_of(people: Iterable[int] | QuerySet[Any, Any]) -> dict[int, Reach]:
    """By a legislator's id, for those who can be reached at all.

    One query; `people` may be a queryset of ids.
    """
    rows = Contact.objects.filter(legislator__in=people, kind__in=WAYS)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values_list(*_COLUMNS, named=True):
        found[row.legislator_id].append(row)
    return {person: _best(contacts) for person, contacts in found.items()}


def _best(contacts: Iterable[Row]) -> Reach:
    known = [
        contact
        for contact in sorted(contacts, key=_preference)
        if contact.kind in WAYS and contact.value
    ]
    usable = [contact for contact in known if _is_usable(contact)]
    first: dict[str, str] = {}
    for contact in usable:
        first.setdefault(contact.kind, contact.value)
    return Reach(
        **first,
        emails=_emails(usable),
        pending=_emails(
            contact for contact in known if not _is_usable(contact) and contact.refused_at is None
        ),
    )


def _is_usable(contact: Row) -> bool:
    return not contact.typed_by or bool(contact.approved_by)


def _emails(contacts: Iterable[Row]) -> tuple[str, ...]:
    return tuple(contact.value for contact in contacts if contact.kind == Contact.Kind.EMAIL)


def _preference(contact: Row) -> tuple[bool, bool, int]:
    # Of two that were typed here the later one.
    return (
        not contact.typed_by,
        contact.office != "capitol",
        -contact.pk if contact.typed_by else contact.pk,
    )


@dataclass(frozen=True)
class Phone:
    """One telephone number as it was published.

    `link` goes behind tel:, `office` is capitol, district or "".
    """

    number: str
    link: str
    office: str
    place: str


def phones(legislator: Legislator) -> list[Phone]:
    """Every number there is, the capitol's first; one that cannot be dialled is left out."""
    numbers = [
        contact
        for contact in sorted(legislator.contacts.all(), key=_preference)
        if contact.kind == "phone" and _is_usable(contact)
    ]
    # Backwards, so that of one number published twice the better place stays; forwards again below.
    dialled = {tel(contact.value): contact for contact in reversed(numbers)}
    return [
        Phone(contact.value, link, contact.office, contact.place)
        for link, contact in reversed(dialled.items())
        if link
    ]


def tel(number: str) -> str:
    """A number as RFC 3966 writes it: "410-841-3000 ext. 12" is +14108413000;ext=12.

    "" for what is no number of this country.
    """
    digits, _, extension = re.sub(
        r"(?i)\s*(?:ext(?:ension)?\.?|x)\s*(?=[0-9])", ";", number
    ).partition(";")
    digits, extension = re.sub(r"[^0-9]", "", digits), re.sub(r"[^0-9]", "", extension)
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(digits) != 10:
        return ""
    return f"+1{digits}" + (f";ext={extension}" if extension else "")
