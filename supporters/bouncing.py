"""Supporters' own mail that came back: a mailbox that is not there, or that complained, gets no
more of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from supporters.mail import LANE
from supporters.models import Suppression
from worker.inbound.dead_addresses import refusals
from worker.models import Return, State

# Far longer than between two runs. What a person lifts later than that is not placed again.
LOOKS_BACK = timedelta(days=1)


def suppress() -> int:
    """Look at what came back lately. Returns how many mailboxes get no more mail from now on.

    May run twice, and at once.

    A full mailbox, or a server that does not like us, says nothing about the mailbox.
    """
    complained = Return.objects.filter(
        kind=Return.Kind.COMPLAINT, at__gt=Now() - LOOKS_BACK, delivery__lane=LANE
    )
    complainers = complained.values_list("delivery__sender_key", flat=True)
    bounced = suppress_all(gone(), Suppression.Reason.BOUNCED)
    return bounced + suppress_all(complainers, Suppression.Reason.COMPLAINED)


def gone() -> set[str]:
    """The mailboxes of which their own server said that nobody is there."""
    lately = Q(
        delivery__lane=LANE,
        delivery__state=State.FAILED,
        delivery__settled_at__gt=Now() - LOOKS_BACK,
    )
    return {line.delivery.sender_key for line in refusals(lately)}


def suppress_all(keys: Iterable[str], reason: str) -> int:
    """Suppress the mailboxes among these sender keys; how many were not suppressed yet."""
    # As supporters.mail.mailbox_key writes them; mail to people who work here has another key.
    boxes = {key.removeprefix("mailbox:") for key in keys if key.startswith("mailbox:")}
    known = set(Suppression.objects.filter(mailbox__in=boxes).values_list("mailbox", flat=True))
    Suppression.objects.bulk_create(
        [Suppression(mailbox=box, reason=reason) for box in sorted(boxes - known)],
        ignore_conflicts=True,
    )
    return len(boxes - known)
