"""A better way to reach somebody, typed in by a person here, and the second person who approves it.

One login alone must not send a chamber's letters to a mailbox of its choice, or a crowd at a
private person: until somebody else vouches for what was typed, nothing goes there.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from legislators.models import Contact, Legislator, Source

# What people here typed in is a source of its own, so no roster's refresh takes it away.
BY_HAND = "typed-here"


class NeedsAnother(Exception):
    """Whoever typed it cannot be the one who approves it."""


@transaction.atomic
def type_in(
    legislator: Legislator, kind: str, value: str, *, author: str, reason: str = ""
) -> Contact:
    """Somebody here knows a better way.

    It is used once another person approves it, and then stands before what is published, until
    somebody types another. Nobody has to approve what a roster publishes for them, and typing what
    another person typed is the same as approving it.
    """
    known = legislator.contacts.filter(kind=kind, value__iexact=value).select_related("source")
    vouched = next((by for each in known if (by := _vouched_by(each, author))), "")
    now = timezone.now()
    known.delete()  # so that it is the newest, whoever named it before
    return Contact.objects.create(
        legislator=legislator,
        kind=kind,
        value=value,
        source=source_by_hand(),
        typed_by=author[:254],
        typed_at=now,
        typed_because=reason[:300],
        approved_by=vouched,
        approved_at=now if vouched else None,
    )


def source_by_hand() -> Source:
    """The source of what people here say."""
    today = {"name": "Typed in by people here", "as_of": timezone.localdate(), "covers": []}
    return Source.objects.update_or_create(key=BY_HAND, defaults=today)[0]


def _vouched_by(known: Contact, author: str) -> str:
    """Who stands for the same value already, beside this author."""
    if not known.typed_by:
        return known.source.name
    if known.approved_by or known.refused_at:
        return known.approved_by
    return "" if is_same_person(known.typed_by, author) else known.typed_by


@transaction.atomic
def approve(contact_id: int, *, by: str) -> Contact | None:
    """From now on it is used. None where somebody decided about it meanwhile.

    Raises NeedsAnother for whoever typed it.
    """
    contact = _pending(contact_id)
    if contact is None:
        return None
    if is_same_person(contact.typed_by, by):
        raise NeedsAnother
    contact.approved_by, contact.approved_at = by[:254], timezone.now()
    contact.save(update_fields=["approved_by", "approved_at"])
    return contact


@transaction.atomic
def refuse(contact_id: int) -> Contact | None:
    """It is used no more, also where it was approved before, unless somebody types it anew.

    One person is enough for that. None where it was refused already, or is a roster's.
    """
    rows = Contact.objects.select_for_update(of=("self",)).select_related("legislator")
    contact: Contact | None = (
        rows.exclude(typed_by="").filter(pk=contact_id, refused_at=None).first()
    )
    if contact:
        contact.refused_at, contact.approved_by, contact.approved_at = timezone.now(), "", None
        contact.save(update_fields=["refused_at", "approved_by", "approved_at"])
    return contact


def _pending(contact_id: int) -> Contact | None:
    rows = Contact.objects.select_for_update(of=("self",)).select_related("legislator")
    contact: Contact | None = rows.pending().filter(pk=contact_id).first()
    return contact


def is_same_person(one: str, other: str) -> bool:
    """By the names under which they sign in."""
    return one.strip().casefold() == other.strip().casefold()


def unapproved_among(emails: Collection[str]) -> dict[tuple[int, str], bool]:
    """(legislator, address in small letters) of those that were typed here and that nobody else
    approved, and whether somebody refused it. One query.
    """
    rows = Contact.objects.unapproved().filter(kind=Contact.Kind.EMAIL)
    lowered = rows.annotate(address=Lower("value")).filter(address__in={e.lower() for e in emails})
    return {
        (legislator, address): refused_at is not None
        for legislator, address, refused_at in lowered.values_list(
            "legislator_id", "address", "refused_at"
        )
    }
