"""Whether a lane's real letters may leave at all: the circuit of its way out.

It opens after FAILURES troubles in a row with the way out (no connection, TLS, 421, a policy
against us, answers that never came), stays open for a growing pause, then lets one letter try: when
that is answered, it closes. A peer that says when to come again opens it until then, which counts
as no trouble. Rehearsals know neither circuit nor pace: they go to the catcher on this machine,
which nobody has to spare, and a demonstration should feel quick.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from itertools import takewhile

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Greatest, Now

from worker.engine.pace import Grant, locked, pace_of
from worker.engine.transitions import Outcome
from worker.models import Delivery, Lane, State
from worker.queue import wake_on_commit

log = logging.getLogger(__name__)

FAILURES = 5
PAUSES = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60)]
# People wait for their confirmation: this lane looks again sooner.
MAIL, MAIL_PAUSE = "mail", dt.timedelta(minutes=5)


def has_tripped(grant: Grant, outcomes: Sequence[Outcome]) -> bool:
    """Whether a worker should stop here, with what it has met itself and what was met before."""
    troubles = troubles_at_the_end(outcomes)
    # An answer in between says that the way is open: what was met before it counts no more.
    before = grant.row.failures if troubles == len(outcomes) else 0
    return troubles > 0 and before + troubles >= FAILURES


def report(grant: Grant, outcomes: Sequence[Outcome]) -> bool:
    """What became of a grant's letters, in their order. Returns whether a closed lane is free now.

    Almost always there is nothing to write down, so the row is not even locked.
    """
    troubles = troubles_at_the_end(outcomes)
    unspent = grant.taken - len(outcomes)
    told_to_wait = outcomes[-1] if outcomes and outcomes[-1].told_to_wait else None
    if troubles or unspent or told_to_wait or grant.is_probe or grant.row.failures:
        return write_down(
            grant, outcomes, troubles=troubles, unspent=unspent, told_to_wait=told_to_wait
        )
    return False


@transaction.atomic
def write_down(
    grant: Grant,
    outcomes: Sequence[Outcome],
    *,
    troubles: int,
    unspent: int,
    told_to_wait: Outcome | None,
) -> bool:
    """By the row as it is now: other workers report to it too."""
    row, now = locked(grant.row.name)
    was_closed = row.opened_at is not None
    if any(was_answered(outcome) for outcome in outcomes):
        close(row, now)
    row.failures += troubles
    if told_to_wait and told_to_wait.pause:
        open_up(row, now, told_to_wait.pause, told_to_wait.answer, is_probe=grant.is_probe)
    elif troubles and row.failures >= FAILURES:
        open_up(row, now, circuit_pause(row), outcomes[-1].answer, is_probe=grant.is_probe)
    elif grant.is_probe and grant.taken and not outcomes:
        # The letter that was to try could not begin: the next one may, at once.
        row.open_until = row.wake_at = now
    pace = pace_of(row)
    if pace and unspent and row.paid_until:
        # What was claimed and given back costs nothing.
        row.paid_until -= unspent * pace.apart
    row.save()
    return was_closed and row.opened_at is None


def was_answered(outcome: Outcome) -> bool:
    """The other side took this letter, or refused this one: the way to it is open."""
    return not (is_trouble(outcome) or outcome.told_to_wait)


def is_trouble(outcome: Outcome) -> bool:
    """The way out failed, or kept silent: also our own fault is met here, before it makes a doubt
    of every letter.
    """
    lost_way = outcome.endpoint_failed or outcome.policy or outcome.state == State.UNCERTAIN
    return lost_way and not outcome.told_to_wait


def troubles_at_the_end(outcomes: Sequence[Outcome]) -> int:
    """How many troubles came since the last answer."""
    since_answered = takewhile(lambda outcome: not was_answered(outcome), reversed(outcomes))
    return sum(map(is_trouble, since_answered))


def circuit_pause(row: Lane) -> dt.timedelta:
    """Longer with each failure: 1, 5, 15 minutes, an hour."""
    pause = PAUSES[min(row.failures - FAILURES, len(PAUSES) - 1)]
    return min(pause, MAIL_PAUSE) if row.name == MAIL else pause


def open_up(
    row: Lane, now: dt.datetime, pause: dt.timedelta, because: str, *, is_probe: bool
) -> None:
    """Open the circuit, or keep it open. The caller saves the row."""
    until = now + pause
    # Of several workers that fail at once the longest pause counts; a probe's word is the newest.
    row.open_until = until if is_probe or not row.open_until else max(until, row.open_until)
    row.wake_at = row.open_until
    row.opened_at = row.opened_at or now
    row.opened_because = because
    log_circuit(
        row,
        "Circuit open: lane=%s until=%s failures=%d",
        row.name,
        row.open_until.isoformat(timespec="seconds"),
        row.failures,
    )


def close(row: Lane, now: dt.datetime) -> None:
    """The way out is there again. The caller saves the row.

    What waited behind it gets the time back in which it could not go.
    """
    if row.opened_at:
        waited = ExpressionWrapper(
            # Since both: who came while it was open has waited less than the circuit was.
            F("expires_at") + (Now() - Greatest(F("due_at"), row.opened_at)),
            output_field=DateTimeField(),
        )
        waiting = Delivery.objects.filter(
            lane=row.name, rehearsal=False, state=State.QUEUED, due_at__lt=Now()
        )
        waiting.update(expires_at=waited)
        log_circuit(row, "Circuit closed: lane=%s", row.name)
    row.failures, row.opened_because = 0, ""
    row.opened_at = row.open_until = row.wake_at = None


def log_circuit(row: Lane, message: str, *values: object) -> None:
    """A line to alert on, unless they only said when to come again, as a chamber does every
    night.
    """
    log.log(logging.WARNING if row.failures >= FAILURES else logging.INFO, message, *values)


@transaction.atomic
def try_now(lane: str) -> bool:
    """One letter goes at once, whatever the pause; when it is answered the others follow.

    False if nothing keeps them.
    """
    row, now = locked(lane)
    if not row.open_until:
        return False
    row.open_until = row.wake_at = now
    row.save(update_fields=["open_until", "wake_at"])
    wake_on_commit({lane})
    return True
