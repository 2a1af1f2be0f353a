"""Taking it back: an action by its writer, a submission by the owner of the mailbox."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions.models import TAKEN_OVER, Action, Submission
from supporters import journal
from supporters.journal import Deed
from supporters.people import take_turns
from supporters.suppressions import said_not_me
from worker import outbox


@transaction.atomic
def withdraw(
    action: Action, *, author: str = "supporter", reason: str = "withdrawn by its writer"
) -> Action:
    """Take it back: the count follows, and what has not left yet never will. Twice is once.

    Raises journal.CannotNote.
    """
    found = Action.objects.select_for_update(of=("self",)).select_related(
        "ask__campaign", "supporter"
    )
    action = found.get(pk=action.pk)
    if action.state != Action.State.WITHDRAWN:
        journal.note(Deed.WITHDRAWN, action=action.public_id)
        move(
            action,
            Action.State.WITHDRAWN,
            withdrawn_at=timezone.now(),
            name_is_public=False,
            needs_lookup=False,
            entry={},
        )
        stop(action, reason=reason, author=author)
        # Where it was set aside for a look, nobody needs to look any more.
        Submission.objects.filter(action=action, state=Submission.State.QUARANTINED).update(
            state=Submission.State.CONFIRMED, changed_at=timezone.now(), **TAKEN_OVER
        )
    return action


@transaction.atomic
def not_me(submission: Submission) -> None:
    """Somebody typed another person's address: this submission is deleted, and what came of it is
    taken back. For a week this mailbox is not asked about this ask; other asks still ask.

    Raises Submission.DoesNotExist for one that was forgotten meanwhile, and journal.CannotNote.
    """
    take_turns(submission.mailbox)
    # It may have become an action a moment ago.
    lock(submission)
    journal.note(
        Deed.NOT_ME,
        submission=submission.public_id,
        mailbox=submission.mailbox,
        ask=submission.ask_id,
    )
    author = "mailbox owner: not me"
    # The release before kept it as an action under the same id.
    came_of_it = Q(pk=submission.action_id) | Q(public_id=submission.public_id)
    for action in Action.objects.filter(came_of_it):
        withdraw(action, author=author)
    said_not_me(submission.mailbox, submission.ask)
    submission.delete()


def lock(submission: Submission) -> None:
    """Whoever changes a submission reads it anew, under its lock."""
    Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    submission.refresh_from_db()


def stop(action: Action, *, reason: str, author: str) -> None:
    """What has not left yet never will."""
    sealed = action.letters.exclude(delivery=None).values_list("delivery_id", flat=True)
    outbox.cancel(list(sealed), reason=reason, author=author)


def move(action: Action, state: str, **changes: object) -> None:
    """Change its state and what goes with it, and let the counts notice."""
    for name, value in {"state": state, "changed_at": timezone.now(), **changes}.items():
        setattr(action, name, value)
    action.save(update_fields=["state", "changed_at", *changes])
