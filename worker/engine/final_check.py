"""The final check of whom a letter is for, between its claim and its first byte.

A seat may be empty by now. This room does not know who sits where. `settings.REVIEW_BEFORE_SENDING`
names the function that does, as a dotted path.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from worker.engine import transitions
from worker.models import Delivery, State, WaitsFor
from worker.queued_letter import QueuedLetter

log = logging.getLogger(__name__)

AUTHOR = "review"
# When nobody could look, this much later is soon enough: a reviewer that is broken is mended by a
# person.
CHECK_NEXT_AFTER = timedelta(minutes=1)
# So long for whatever is only paused: it may be thousands that are looked at again.
NOT_YET_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class MustWait:
    """Why a letter stays, and what it waits for: a WaitsFor."""

    waits_for: str
    reason: str


@dataclass(frozen=True)
class TakenBack:
    """Why a letter never goes."""

    reason: str


@dataclass(frozen=True)
class NotYet:
    """Why a letter goes back into its queue, to be looked at again a little later."""

    reason: str


# By pk those that must not go. A plain reason means that a person has to look at it.
Review = Callable[[Sequence[QueuedLetter]], Mapping[int, str | MustWait | NotYet | TakenBack]]


def check_claimed(token: str, letters: Sequence[QueuedLetter]) -> Sequence[QueuedLetter] | None:
    """Those of a claimed batch that may go; the others are waiting by now, or cancelled.

    None when nobody could look: then the batch went back.

    Called outside any transaction. Costs nothing without a reviewer, and for letters that are for
    nobody in particular.
    """
    stays = objections(letters)
    if stays is None:
        postpone(token)
        return None
    keep_back(token, stays)
    return [row for row in letters if row.pk not in stays]


def objections(
    letters: Sequence[QueuedLetter],
) -> Mapping[int, MustWait | NotYet | TakenBack] | None:
    """By pk what stands against sending these letters now. None when nobody could look."""
    # Supporters' own mail is written to no seat: nothing about it can have changed.
    rows = [letter for letter in letters if letter.recipient_key]
    if not (rows and settings.REVIEW_BEFORE_SENDING):
        return {}
    try:
        review: Review = import_string(settings.REVIEW_BEFORE_SENDING)
        return {
            pk: MustWait(WaitsFor.REVIEW, one) if isinstance(one, str) else one
            for pk, one in review(rows).items()
        }
    except Exception:  # a reviewer is of another room, and nothing goes out unseen
        log.exception("The review before sending broke: %d letters wait", len(letters))
        return None


def postpone(token: str) -> None:
    """Nothing goes out unseen: the batch goes back, for later."""
    mine = Delivery.objects.filter(claim=token, state=State.CLAIMED)
    mine.update(state=State.QUEUED, claim="", lease_until=None, due_at=Now() + CHECK_NEXT_AFTER)


def keep_back(token: str, stays: Mapping[int, MustWait | NotYet | TakenBack]) -> None:
    """Let go of what must not leave, each with its reason: one change for all of one reason."""
    for why in set(stays.values()):
        ids = [pk for pk, one in stays.items() if one == why]
        # What is no longer claimed by us was taken back, or paused by hand, meanwhile.
        mine = Delivery.objects.filter(pk__in=ids, claim=token, state=State.CLAIMED)
        if isinstance(why, MustWait):
            transitions.move(
                mine,
                State.WAITING,
                author=AUTHOR,
                answer=why.reason,
                waits_for=why.waits_for,
                claim="",
                lease_until=None,
            )
        elif isinstance(why, NotYet):
            # Not by `move`: nothing became of it, and a pause would fill its evidence.
            later = Now() + NOT_YET_FOR
            mine.update(state=State.QUEUED, claim="", lease_until=None, due_at=later)
        else:
            transitions.move(
                mine,
                State.CANCELLED,
                author=AUTHOR,
                answer=why.reason,
                claim="",
                lease_until=None,
                settled_at=Now(),
            )
