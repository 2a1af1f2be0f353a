"""A second person approves what somebody typed, or refuses it; both are written down.

The desk's pages and `manage.py approve_address` do it by the same two functions.
"""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from actions.followup import approved_address
from legislators.by_hand import contacts
from legislators.models import Contact
from worker.inbound import dead_addresses

# What a page may take; the rest goes with the next run of the sweep.
BUDGET_S = 15


def approve(contact_id: int, *, by: str) -> int | None:
    """How many letters leave by it; None where somebody decided meanwhile.

    Raises typed_contacts.NeedsAnother for whoever typed it.
    """
    with transaction.atomic():
        contact = contacts.approve(contact_id, by=by)
        if contact is None:
            return None
        if contact.kind == Contact.Kind.EMAIL:
            dead_addresses.revive(contact.value)
        _record(by, "address approved", contact)
    if contact.kind != Contact.Kind.EMAIL:
        return 0
    return approved_address.let_through(contact, author=by, budget_s=BUDGET_S)


@transaction.atomic
def refuse(contact_id: int, *, by: str, reason: str) -> bool:
    """False where somebody decided meanwhile.

    Whoever typed it may take it back so; what was approved before is used no more.
    """
    contact = contacts.refuse(contact_id)
    if contact is None:
        return False
    approved_address.take_elsewhere(contact, author=by)
    _record(by, "address refused", contact, reason=reason)
    return True


def _record(by: str, deed: str, contact: Contact, **detail: str) -> None:
    audit.record(
        by,
        deed,
        contact.legislator.key,
        kind=contact.kind,
        address=contact.value,
        typed_by=contact.typed_by,
        **detail,
    )
