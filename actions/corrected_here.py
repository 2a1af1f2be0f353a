"""What we know of a supporter is corrected by people here, who were asked to.

As they do it themselves (actions.correcting), but another mailbox has not answered yet. Letters
that were sealed before keep what their writer confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from actions.correcting import DETAILS, NAMES, forget_mail, leave_a_way, take_key
from actions.models import SameKey
from actions.my_page import keys
from supporters.models import Supporter, Suppression
from supporters.people import key_of, mailbox_of, take_turns
from supporters.suppressions import suppress

CORRECTED = (*NAMES, "email", *DETAILS)
ADDRESS = ("street", "city", "state", "zip", "country")
# What an owner said themselves holds wherever they are reached.
WISHES = (Suppression.Reason.ASKED, Suppression.Reason.COMPLAINED, Suppression.Reason.STAFF)


class Taken(Exception):
    """Somebody of this mailbox and name is here: are they one? `other` is their record."""

    def __init__(self, other: Supporter) -> None:
        super().__init__(f"supporter {other.pk}")
        self.other = other


@transaction.atomic
def correct(supporter: Supporter, values: Mapping[str, str]) -> list[str]:
    """Take over these values of CORRECTED; the names of those that are others than before. Whoever
    calls writes the audit line, with names only. Raises Taken, journal.CannotNote.

    Another mailbox is unproven until it answers, and a wish to get no mail goes with its owner.
    """
    mailbox = mailbox_of(values.get("email", supporter.email))
    take_turns(*sorted({supporter.mailbox, mailbox}))
    row = Supporter.objects.select_for_update().get(pk=supporter.pk)
    changed = [name for name in CORRECTED if name in values and getattr(row, name) != values[name]]
    wanted: dict[str, Any] = {name: values[name] for name in changed}
    # No letter of somebody under 18 names it.
    if row.is_minor:
        wanted["street"] = ""
    typed = [wanted.get(name, getattr(row, name)) for name in ("email", *NAMES)]
    if mailbox != row.mailbox:
        # While the old mailbox and key still tell which mail it was.
        forget_mail(row)
    become(row, key_of(*typed), is_another_mailbox=mailbox != row.mailbox)
    if mailbox != row.mailbox:
        take_the_wish_along(row.mailbox, mailbox)
        # Whoever reads the old mailbox opens their page no more.
        keys.close_all(row)
        wanted |= {"mailbox": mailbox, "proven_at": None}
    Supporter.objects.filter(pk=row.pk).update(**wanted)
    return changed


def become(row: Supporter, key: str, *, is_another_mailbox: bool) -> None:
    """Known by this key; by the name of before the same mailbox still leads here."""
    was = row.key
    deed = SameKey.Deed.MAILBOX if is_another_mailbox else SameKey.Deed.NAME
    if not take_key(row, key, deed):
        raise Taken(Supporter.objects.get(key=key).person)
    # Of another mailbox nothing leads here: whoever has the old one now may be somebody else.
    if key != was and not is_another_mailbox and not Supporter.objects.filter(key=was).exists():
        leave_a_way(row, was)


def take_the_wish_along(was: str, now: str) -> None:
    """Whoever wanted no mail at the old mailbox wants none at the new one. A bounce stays there."""
    wishes = Suppression.objects.in_force().filter(reason__in=WISHES, mailbox=was)
    if wish := wishes.first():
        suppress(now, wish.reason)
