"""What was accepted, or counts already, is set aside for a look; and counts again.

Letters that have left stay with their offices; the others are stopped, and are written anew, to
whoever sits there then, when a person finds it fair.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from actions import notices
from actions.confirm import change, not_written_to
from actions.letters.write import write_letters
from actions.models import NEVER_LEFT, TAKEN_OVER, Action, Letter, Submission
from actions.offices import places_by_id
from actions.withdraw import lock, move, stop
from supporters.people import Entry, take_turns


def could_be_set_aside() -> QuerySet[Submission]:
    """What waits for its mailbox, and what became an action that counts."""
    # Of several that one action was made of in time, the last is what counts.
    later = Submission.objects.filter(
        action=OuterRef("action"), changed_at__gt=OuterRef("changed_at")
    )
    counts = Q(state=Submission.State.CONFIRMED, action__state=Action.State.CONFIRMED)
    found: QuerySet[Submission] = Submission.objects.filter(
        Q(state=Submission.State.WAITING) & ~Q(entry={}) | counts & ~Exists(later)
    )
    return found


@transaction.atomic
def set_aside(submission: Submission, because: str, *, author: str) -> int:
    """It counts no more until a person has looked, and its mailbox is told so.

    Returns how many of its letters had left. Twice is once. Raises Submission.DoesNotExist for one
    that was forgotten meanwhile.
    """
    take_turns(submission.mailbox)
    lock(submission)
    if not could_be_set_aside().filter(public_id=submission.public_id).exists():
        return 0
    action = submission.action
    told: dict[str, Any] = {}
    gone = 0
    if action:
        stop(action, reason=because, author=author)
        gone = Letter.objects.left().filter(action=action).count()
        told = given_back(action)
        move(action, Action.State.QUARANTINED, quarantined_because=because)
    change(
        submission,
        state=Submission.State.QUARANTINED,
        quarantined_because=because,
        appealed_at=None,
        **told,
    )
    notices.call_back([submission], reason=because, author=author)
    notices.set_aside(submission, gone=gone)
    return gone


def given_back(action: Action) -> dict[str, Any]:
    """What its submission had left to it, so that its writer can read it once more. What they
    allowed stays as it is, and is not asked again.
    """
    supporter = action.supporter
    known = {name: getattr(supporter, name) for name in Entry.__dataclass_fields__}
    kept = {name: getattr(action, name) for name in ("subject", "statement", "versions", "answers")}
    return {**kept, "own_words": action.own_words, "entry": action.entry or known}


def reinstate(submission: Submission) -> None:
    """A person found it fair: its action counts again, and letters that had not left are written.

    Call it under the submission's lock. What its writer took back meanwhile, or began anew, stays
    so.
    """
    assert submission.action_id is not None
    found = Action.objects.select_for_update(of=("self",))
    action = found.select_related("ask__campaign", "supporter").get(pk=submission.action_id)
    change(submission, state=Submission.State.CONFIRMED, quarantined_because="", **dict(TAKEN_OVER))
    if action.state != Action.State.QUARANTINED:
        return
    # Envelopes are known by this key, and those of before were stopped.
    move(
        action,
        Action.State.CONFIRMED,
        quarantined_because="",
        idempotency_key=uuid.uuid4(),
    )
    action.letters.filter(NEVER_LEFT, reported_at=None).delete()
    write_letters(action, not_written_to(submission, places_by_id(submission.seats)))
    if not action.ask.campaign.sends:
        stop(action, reason="the campaign closed while it was set aside", author="take-action")
    notices.counts_again(action)


@transaction.atomic
def take_back_refusal(submission: Submission) -> bool:
    """It is looked at once more, as if it had not been refused; its mailbox is told.

    False where it is looked at already, since its writer appealed: then that look is their first.
    """
    take_turns(submission.mailbox)
    lock(submission)
    is_refused = submission.state == Submission.State.REFUSED
    appeals = submission.state == Submission.State.QUARANTINED and submission.refusals > 0
    if is_refused or appeals:
        refusals = submission.refusals - 1
        change(submission, state=Submission.State.QUARANTINED, refusals=refusals)
    if is_refused:
        notices.looked_at_again(submission)
    return is_refused
