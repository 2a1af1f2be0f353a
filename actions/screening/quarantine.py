"""What a person decides about a submission that was set aside, and how its writer objects."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from actions import notices
from actions.confirm import accept, change, finished_letters
from actions.letters.text import before_any_office, writer_from
from actions.models import Submission
from actions.screening.set_aside import reinstate
from actions.take import counted_action
from actions.withdraw import lock
from supporters.people import take_turns
from worker.channels.mime import squeeze

APPEAL_LENGTH = 500
# The second refusal stands.
FINAL = 2


@transaction.atomic
def release(submission: Submission) -> None:
    """A person looked at a quarantined submission and found it fair.

    It counts if its mailbox has answered and nothing else of theirs does, else when it is chosen.
    One that counted before counts again.
    """
    take_turns(submission.mailbox)
    lock(submission)
    if submission.state != Submission.State.QUARANTINED:
        return
    if submission.action_id:
        return reinstate(submission)
    change(submission, state=Submission.State.WAITING, quarantined_because="")
    if not submission.appealed_at:
        notices.ask_to_confirm(submission)
    elif not counted_action(submission):
        accept(submission)


@transaction.atomic
def refuse(submission: Submission) -> None:
    """A person looked at a quarantined submission and found that it should not count.

    Its mailbox is told. It may ask for one more look; a second refusal is final.
    """
    lock(submission)
    if submission.state != Submission.State.QUARANTINED:
        return
    change(submission, state=Submission.State.REFUSED, refusals=submission.refusals + 1)
    # What was typed is told to whoever answered from this mailbox, and to nobody else.
    is_theirs = submission.appealed_at is not None or submission.action_id is not None
    notices.refused(submission, what_was_written(submission) if is_theirs else "")


@transaction.atomic
def appeal(submission: Submission, words: str) -> None:
    """Its writer asks for one more look, with a sentence of theirs or without: once.

    Raises Submission.DoesNotExist for one that was forgotten meanwhile.
    """
    take_turns(submission.mailbox)
    lock(submission)
    if may_appeal(submission):
        change(
            submission,
            state=Submission.State.QUARANTINED,
            appealed_at=timezone.now(),
            appeal=squeeze(words)[:APPEAL_LENGTH],
        )


def may_appeal(submission: Submission) -> bool:
    """Refused, and for the first time."""
    return submission.state == Submission.State.REFUSED and submission.refusals < FINAL


def what_was_written(submission: Submission) -> str:
    """As its first office would have read it, or as it was typed; "" where there are no words."""
    letters = [one for one in finished_letters(submission) if one.text or one.statement]
    if letters:
        first = letters[0]
        parts = [first.subject, first.text, first.statement]
    elif submission.own_words or submission.statement:
        copy = before_any_office(submission, writer_from(submission.entry))
        parts = [copy["subject"], submission.own_words, copy["statement"]]
    else:
        return ""
    return "\n\n".join(part.strip() for part in parts if part.strip())
