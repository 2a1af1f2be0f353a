"""How fast a lane's real letters may leave, and whether they may at all: its pace and its circuit.

The pace is a bucket: `burst` letters at once, then `per_minute`. The circuit opens after FAILURES
troubles in a row with the way out (no connection, TLS, 421, a policy against us, answers that never
came), stays open for a growing pause, then lets one letter try: when that is answered, it closes. A
peer that says when to come again opens it until then, which counts as no trouble. Rehearsals know
neither: they go to the catcher on this machine, which nobody has to spare, and a demonstration
should feel quick.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Greatest, Now

from worker.engine.transitions import LEASE, Outcome
from worker.models import Delivery, Lane, State
from worker.queue import wake, wake_on_commit

log = logging.getLogger(__name__)

FAILURES = 5
PAUSES = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60)]
# People wait for their confirmation: this lane looks again sooner.
MAIL, MAIL_PAUSE = "mail", dt.timedelta(minutes=5)
NO_TIME = dt.timedelta()


@dataclass(frozen=True)
class Pace:
    """`burst` letters at once, then so many a minute."""

    per_minute: int
    burst: int

    @classmethod
    def parse(cls, text: str) -> Pace:
        """From "60/50". Raises ValueError."""
        per_minute, burst = text.split("/")
        pace = cls(int(per_minute), int(burst))
        if pace.per_minute < 1 or pace.burst < 1:
            raise ValueError(f"{text!r}: a pace is letters a minute / letters at once, like 60/50")
        return pace

    @property
    def apart(self) -> dt.timedelta:
        return dt.timedelta(minutes=1) / self.per_minute

    def permits(self, paid_until: dt.datetime | None, now: dt.datetime) -> int:
        """How many may go now.

        GCRA: each letter moves `paid_until` on by one distance; it may run ahead of now by a burst.
        """
        ahead = max(paid_until - now, NO_TIME) if paid_until else NO_TIME
        return max(0, self.burst - ceil(ahead / self.apart))


def pace_of(lane: Lane) -> Pace | None:
    """What staff set for this lane, else what the settings say for its kind.

    None: as fast as it goes.
    """
    usual = settings.LANE_PACE.get(lane.name.partition(":")[0])
    if lane.per_minute and lane.burst:
        return Pace(lane.per_minute, lane.burst)
    return Pace.parse(usual) if usual else None


@dataclass(frozen=True)
class Grant:
    """How many of a lane's real letters a worker may take, and whether the lane would have given
    more.
    """

    row: Lane
    now: dt.datetime
    most: int
    is_short: bool = False
    is_probe: bool = False
    taken: int = 0


def ask_for_grant(lane: str, *, most: int) -> Grant:
    """What the lane permits now. Its row stays locked until the caller's transaction ends."""
    row, now = locked(lane)
    # An open circuit grants nothing until its pause is over, and then one letter that tries.
    if row.open_until:
        is_probe = row.open_until <= now
        return Grant(row, now, int(is_probe), is_short=True, is_probe=is_probe)
    pace = pace_of(row)
    permitted = pace.permits(row.paid_until, now) if pace else most
    return Grant(row, now, min(permitted, most), is_short=permitted < most)


def spend(grant: Grant, taken: int) -> Grant:
    """In the same transaction: write down how many were taken.

    Whom the pace stopped is woken when it permits the next.
    """
    row, now, pace = grant.row, grant.now, pace_of(grant.row)
    ran_dry = grant.is_short and taken == grant.most
    if grant.is_probe and taken:
        # Nobody else tries before this one has its answer, or has died.
        row.open_until = row.wake_at = now + LEASE
        row.save(update_fields=["open_until", "wake_at"])
    # A wake_at of before is cleared too, or beat would wake the lane for nothing.
    elif pace and not row.open_until and (taken or ran_dry or row.wake_at):
        # GCRA: each letter moves the lane on by one distance.
        row.paid_until = max(row.paid_until or now, now) + taken * pace.apart
        # One letter fits again when paid_until is a burst ahead of now, less that one.
        row.wake_at = row.paid_until - (pace.burst - 1) * pace.apart if ran_dry else None
        row.save(update_fields=["paid_until", "wake_at"])
    return replace(grant, taken=taken, is_short=ran_dry)


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
def set_pace(lane: str, *, per_minute: int | None, burst: int | None) -> None:
    """A pace of its own for this lane, from the next batch on; without numbers what the settings
    say.
    """
    row, now = locked(lane)
    row.per_minute, row.burst = per_minute, burst
    # What was paid by the old pace is forgotten, and whoever waited may be looked at now.
    row.paid_until, row.wake_at = None, now
    row.save(update_fields=["per_minute", "burst", "paid_until", "wake_at"])


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


def wake_ready() -> None:
    """Every few seconds: lanes whose pace permits the next letters, and those whose circuit may be
    tried.
    """
    names = set(Lane.objects.filter(wake_at__lte=Now()).values_list("name", flat=True))
    # Asked again: a worker may have set a new time since the line above.
    Lane.objects.filter(name__in=names, wake_at__lte=Now()).update(wake_at=None)
    wake(names)


def locked(lane: str) -> tuple[Lane, dt.datetime]:
    """The lane's row, ours until the transaction ends, and the database's time."""
    rows = Lane.objects.select_for_update().annotate(now=Now()).filter(name=lane)
    row = rows.first()
    if row is None:
        # Two workers may miss it at once: one makes it, and both then wait for its lock.
        Lane.objects.bulk_create([Lane(name=lane)], ignore_conflicts=True)
        row = rows.get()
    return row, row.now
