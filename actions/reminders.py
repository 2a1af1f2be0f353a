"""A mailbox that got our mail and has not answered after a day is asked once more, and then never.

Counted and paced like the first mail (supporters.mail), and like that one without a word that was
typed (docs/safety.md A5).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actions import notices
from actions.confirm import writes_to_nobody
from actions.models import Submission
from campaigns.models import Campaign
from supporters.people import take_turns

AFTER = dt.timedelta(days=1)
# What was missed while nothing ran is made up for so long: less than a mailbox is left alone after
# "not me" (supporters.suppressions.QUIET_FOR).
NOT_AFTER = dt.timedelta(days=4)
BATCH = 200


def remind_all() -> int:
    """Returns how many mailboxes were asked. May run twice, and at once: each is asked once."""
    reminded, last = 0, 0
    while some := list(due().filter(pk__gt=last).order_by("pk")[:BATCH]):
        reminded += sum(map(remind, some))
        last = some[-1].pk
    return reminded


def due() -> QuerySet[Submission]:
    """The first of each person on an open ask, where nothing of theirs was confirmed or taken
    back.
    """
    now = timezone.now()
    found: QuerySet[Submission] = Submission.objects.silent().filter(
        reminded_at=None,
        changed_at__gt=now - NOT_AFTER,
        changed_at__lte=now - AFTER,
        ask__campaign__state=Campaign.State.LIVE,
        is_demo=False,
    )
    return found.exclude(entry={})


@transaction.atomic
def remind(submission: Submission) -> bool:
    """False where somebody else does it just now, or there is a reason against it."""
    # In the order of whoever confirms: first the mailbox, then the row.
    take_turns(submission.mailbox)
    free = Submission.objects.select_for_update(of=("self",), skip_locked=True)
    if not free.filter(pk=submission.pk).exists():
        return False
    # Read anew under its lock.
    still = due().select_related("ask__campaign").filter(pk=submission.pk).first()
    if still is None or not notices.got_our_mail(still) or writes_to_nobody(still):
        return False
    # Also where it has had its mails for today: whoever is written to that often needs no more.
    still.reminded_at = timezone.now()
    still.save(update_fields=["reminded_at"])
    return notices.remind(still)
