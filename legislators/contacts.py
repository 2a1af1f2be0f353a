"""How to reach a legislator, from the contacts their sources published."""

from __future__ import annotations

from dataclasses import dataclass, fields

from legislators.models import Contact, Legislator


@dataclass(frozen=True)
class Reach:
    """One value per way, "" when there is none. Those of the capitol office come before those of district offices."""

    email: str = ""
    phone: str = ""
    form: str = ""
    website: str = ""
    address: str = ""


_WAYS = {field.name for field in fields(Reach)}


def reach(legislator: Legislator) -> Reach:
    """No query where the contacts are prefetched, as they are on a Match's holders. Fax numbers and social accounts are left out."""
    found: dict[str, str] = {}
    for contact in sorted(legislator.contacts.all(), key=_preference):
        if contact.kind in _WAYS:
            found.setdefault(contact.kind, contact.value)
    return Reach(**found)


def _preference(contact: Contact) -> tuple[bool, int]:
    return (contact.office != "capitol", contact.pk)
