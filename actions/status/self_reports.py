"""What a writer says they did themselves.

Their word is kept apart from what we have evidence for, and can be taken back.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from actions.models import Action, Call, Letter
from actions.status import items
from actions.status.evidence import THE_WRITER, has_ended
from worker import outbox
from worker.models import Delivery

UNDO_LETTER, UNDO_CALL = "undo-letter", "undo-call"


@transaction.atomic
def note_self_report(action: Action, *, seat_id: int, what: str, at: dt.datetime) -> bool:
    """`what` is one of Letter.Report, of Call.Outcome, or an undoing.

    False when it changes nothing: a second time, or not theirs to do.
    """
    # Whoever resends a refused letter takes the action first as well: an office gets it once.
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("ask__campaign")
        .get(pk=action.pk)
    )
    if action.state == Action.State.WITHDRAWN:
        return False
    letter = (
        action.letters.select_related("delivery")
        .prefetch_related("delivery__attempts")
        .filter(seat_id=seat_id)
        .first()
    )
    if what in Call.Outcome.values:
        done = called(action, letter, seat_id, what, at)
    elif what in Letter.Report.values:
        done = sent(action, letter, what, at)
    else:
        done = taken_back(action, letter, seat_id, what)
    if done:
        action.changed_at = at
        action.save(update_fields=["changed_at"])
    return done


def sent(action: Action, letter: Letter | None, how: str, at: dt.datetime) -> bool:
    """What still waits for a person here is stopped: the office has it now."""
    if letter is None or letter.reported_at or items.needs(action, letter) != items.EVERYTHING:
        return False
    if letter.delivery and not has_ended(letter.delivery) and not stopped(letter.delivery):
        return False
    letter.reported_at, letter.reported_as = at, how
    letter.save(update_fields=["reported_at", "reported_as"])
    return True


def stopped(delivery: Delivery) -> bool:
    """Whether it could still be stopped."""
    return outbox.cancel([delivery.pk], reason="its writer sent it by hand", author=THE_WRITER) == 1


def called(
    action: Action, letter: Letter | None, seat_id: int, outcome: str, at: dt.datetime
) -> bool:
    """The last call to an office is the one that is kept."""
    call = action.calls.filter(seat_id=seat_id).first()
    # Only offices that they were given to call, or whose letter wants them.
    if call is None and (letter is None or not items.needs(action, letter)):
        return False
    if call and call.outcome == outcome:
        return False
    Call.objects.update_or_create(
        action=action, seat_id=seat_id, defaults={"outcome": outcome, "reported_at": at}
    )
    return True


def taken_back(action: Action, letter: Letter | None, seat_id: int, what: str) -> bool:
    """An undoing, of a letter or of a call."""
    if what == UNDO_CALL:
        return bool(
            action.calls.filter(seat_id=seat_id)
            .exclude(outcome="")
            .update(outcome="", reported_at=None)
        )
    if what == UNDO_LETTER and letter:
        return bool(
            Letter.objects.filter(pk=letter.pk)
            .exclude(reported_at=None)
            .update(reported_at=None, reported_as="")
        )
    return False
