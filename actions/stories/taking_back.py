"""A story goes: taken back by its teller, with them when they are deleted, or at its end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from actions.models import Story
from actions.stories import mails
from supporters import journal
from supporters.journal import Deed

UNPROVEN_KEPT = dt.timedelta(days=7)
REFUSED_KEPT = dt.timedelta(days=30)
# Past its end, so that whoever was away can still let it be shown.
ENDED_KEPT = dt.timedelta(days=30)
TOLD_BEFORE = dt.timedelta(days=30)
TELLER = "teller"


@transaction.atomic
def withdraw(story: Story, *, by: str = TELLER, how: str = "") -> None:
    """Deleted, with what was consented to and where it was handed. Twice is once.

    `by` is whoever does it, for the audit log; `how` a code of how its teller asked for it. Raises
    journal.CannotNote.
    """
    locked = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
    if locked is None:
        return
    journal.note(Deed.STORY_WITHDRAWN, story=locked.public_id)
    # Afterwards it has no number any more.
    name = str(locked)
    forget([locked])
    audit.record(by, "story taken back", name, **({"how": how} if how else {}))


def forget(stories: Collection[Story]) -> int:
    """The rows, and what our mail says of them. How many."""
    mails.forget(stories)
    Story.objects.filter(pk__in=[story.pk for story in stories]).delete()
    return len(stories)


@transaction.atomic
def forget_mailbox(story: Story) -> None:
    """It is not its teller's: no mail goes there any more, nothing says to whom one did, and the
    link in it leads nowhere.
    """
    mails.forget([story])
    Story.objects.filter(pk=story.pk).update(public_id=uuid.uuid4(), email="", mailbox="", key="")


def forget_old() -> None:
    """Nightly: what no mailbox answered for, what was refused, what may be shown no longer."""
    now = timezone.now()
    over = (
        Q(state=Story.State.SENT, sent_at__lt=now - UNPROVEN_KEPT)
        | Q(state=Story.State.REFUSED, decided_at__lt=now - REFUSED_KEPT)
        | Q(until__lt=timezone.localdate() - ENDED_KEPT)
    )
    with transaction.atomic():
        forget(list(Story.objects.select_for_update(of=("self",)).filter(over)))


def tell_of_ends() -> None:
    """Nightly: whoever's story may be shown for another month only, once for each end."""
    soon = Story.objects.filter(state=Story.State.APPROVED).exclude(email="")
    soon = soon.filter(until__lte=timezone.localdate() + TOLD_BEFORE)
    # A longer time that they allowed since has an end of its own to be told of.
    for story in soon.filter(~Q(reminded_of=F("until")) | Q(reminded_of=None)):
        with transaction.atomic():
            if Story.objects.filter(pk=story.pk).update(reminded_of=story.until):
                mails.tell(story)
