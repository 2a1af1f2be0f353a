"""Supporters' own mail that came back: a mailbox that is not there, or that complained, gets no
more of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Now

from supporters.mail import LANES
from supporters.models import Suppression
from supporters.suppressions import suppress_all
from worker.inbound.dead_addresses import refusals
from worker.models import Return, State

# Far longer than between two runs.
LOOKS_BACK = dt.timedelta(days=1)


def suppress() -> int:
    """Look at what came back lately. Returns how many mailboxes get no more mail from now on.

    May run twice, and at once.

    A full mailbox, or a server that does not like us, says nothing about the mailbox.
    """
    complained = Return.objects.filter(
        kind=Return.Kind.COMPLAINT, at__gt=Now() - LOOKS_BACK, delivery__lane__in=LANES
    )
    complainers = complained.values_list("delivery__sender_key", "at")
    bounced = suppress_all(by_mailbox(gone()), Suppression.Reason.BOUNCED)
    return bounced + suppress_all(by_mailbox(complainers), Suppression.Reason.COMPLAINED)


def gone() -> list[tuple[str, dt.datetime]]:
    """The sender keys of mailboxes of which their own server said that nobody is there, and
    when.
    """
    lately = Q(
        delivery__lane__in=LANES,
        delivery__state=State.FAILED,
        delivery__settled_at__gt=Now() - LOOKS_BACK,
    )
    return [(line.delivery.sender_key, line.at) for line in refusals(lately)]


def by_mailbox(told: Iterable[tuple[str, dt.datetime]]) -> dict[str, dt.datetime]:
    """When this was last said of each mailbox.

    Sender keys are as supporters.mail.mailbox_key writes them; mail to people who work here has
    another.
    """
    last: dict[str, dt.datetime] = {}
    for key, at in told:
        if key.startswith("mailbox:"):
            mailbox = key.removeprefix("mailbox:")
            last[mailbox] = max(at, last.get(mailbox, at))
    return last
