"""Mailboxes that get no mail from us, and asks that a mailbox is not asked about for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.models import Ask
from supporters import journal
from supporters.journal import Deed
from supporters.models import NotMe, Suppression

# What a person here may lift: nobody's own wish, and no complaint.
LIFTABLE = (Suppression.Reason.NOT_ME, Suppression.Reason.BOUNCED)
# After "not me" a mailbox is not asked about the same ask for so long, whoever types it.
QUIET_FOR = dt.timedelta(days=7)


def suppress(mailbox: str, reason: str) -> None:
    """Send nothing more to this mailbox (`supporters.people.mailbox_of` an address). Twice is
    once.
    """
    suppress_all({mailbox: timezone.now()}, reason)


@transaction.atomic
def suppress_all(since: Mapping[str, dt.datetime], reason: str) -> int:
    """Suppress these mailboxes, each for what happened then. How many were not suppressed yet.

    One that a person here lifted after that stays lifted. Raises journal.CannotNote.
    """
    known = dict(Suppression.objects.filter(mailbox__in=since).values_list("mailbox", "lifted_at"))
    new = [mailbox for mailbox in sorted(since) if mailbox not in known]
    again = [mailbox for mailbox, at in known.items() if at is not None and at < since[mailbox]]
    journal.note_all(
        Deed.SUPPRESSED, [{"mailbox": mailbox, "reason": reason} for mailbox in [*new, *again]]
    )
    Suppression.objects.bulk_create(
        [Suppression(mailbox=mailbox, reason=reason) for mailbox in new], ignore_conflicts=True
    )
    once_more = 0
    for mailbox in again:
        lifted = Suppression.objects.filter(mailbox=mailbox, lifted_at__lt=since[mailbox])
        once_more += lifted.update(reason=reason, at=timezone.now(), lifted_at=None)
    return len(new) + once_more


def lift(suppression: Suppression) -> bool:
    """A person knows better. False for what only its owner may change, and where it is lifted.

    Whoever calls writes the audit line.
    """
    in_force = Suppression.objects.in_force().filter(pk=suppression.pk, reason__in=LIFTABLE)
    return bool(in_force.update(lifted_at=timezone.now()))


def said_not_me(mailbox: str, ask: Ask) -> None:
    """It did not act on this ask: for a while it is not asked about it. Other asks still ask."""
    NotMe.objects.update_or_create(mailbox=mailbox, ask=ask, defaults={"at": timezone.now()})


def is_quiet_about(mailbox: str, ask: Ask) -> bool:
    """Whether somebody there said "not me" to this ask lately."""
    lately = Q(at__gt=timezone.now() - QUIET_FOR)
    return NotMe.objects.filter(lately, mailbox=mailbox, ask=ask).exists()


def forget_quiet() -> None:
    """What is over says nothing any more."""
    NotMe.objects.filter(at__lt=timezone.now() - QUIET_FOR).delete()
