"""What a person decides about a submission that was set aside."""

from __future__ import annotations

from django.db import transaction

from actions import notices
from actions.confirm import accept, change
from actions.models import Submission
from actions.take import counted_action
from actions.withdraw import lock
from supporters.people import take_turns


@transaction.atomic
def release(submission: Submission) -> None:
    """A person looked at a quarantined submission and found it fair.

    It counts if its mailbox has answered and nothing else of theirs does, else when it is chosen.
    """
    take_turns(submission.mailbox)
    lock(submission)
    if submission.state != Submission.State.QUARANTINED:
        return
    change(submission, state=Submission.State.WAITING, quarantined_because="")
    if not submission.appealed_at:
        notices.ask_to_confirm(submission)
    elif not counted_action(submission):
        accept(submission)


@transaction.atomic
def refuse(submission: Submission) -> None:
    """A person looked at a quarantined submission and found that it should not count."""
    lock(submission)
    if submission.state == Submission.State.QUARANTINED:
        change(submission, state=Submission.State.REFUSED)
