"""The engine: claim a few rows of a lane, then one by one open, send, settle.

The order that keeps a letter from leaving twice: a row is `claimed`, then committed as `data` before its first byte can
leave. Whoever dies while it is `claimed` loses nothing, and it is tried again. Whoever dies while it is `data` leaves doubt, and
a row in doubt becomes `uncertain` and is never sent again by itself. The commit that settles one letter opens the next. No
transaction is open while we talk to the network. Every write names the claim, so a worker that lost its lease overwrites nothing.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now

from worker import channels
from worker.bell import ring
from worker.channels import ChannelError, Interrupted, Sealed
from worker.models import Attempt, Delivery, State
from worker.retries import pause_after

log = logging.getLogger(__name__)

BATCH = 25
# Longer than Celery's hard time limit: whoever held the claim is certainly gone when the lease ends.
LEASE = timedelta(seconds=330)
# No new letter is begun after this, so that a slow peer keeps neither the lane's process nor a shutdown waiting for a whole batch.
BUDGET_S = 20
# How long an answer in hand is kept when the database is away, before it becomes doubt.
PATIENCE_S = 90


class Letter(NamedTuple):
    """The columns the engine works with, in claim order."""

    pk: int
    channel: str
    recipient: str
    message: bytes
    rehearsal: bool
    lane: str
    attempts_made: int
    life_left: timedelta


@dataclass(frozen=True)
class Outcome:
    letter: Letter
    state: State
    answer: str
    code: int | None = None
    pause: timedelta | None = None
    endpoint_failed: bool = False


def deliver(lane: str) -> int:
    """Send what is due in a lane, at most a batch; ring again if more waits. Returns how many were tried."""
    token = uuid.uuid4().hex
    letters = patiently(lambda: claim(lane, token))
    done = work_through(letters, token)
    if len(done) < len(letters):
        patiently(lambda: give_back(token))
    way_is_open = not (done and done[-1].endpoint_failed)
    if letters and way_is_open and claimable(lane).exists():
        ring({lane})
    return len(done)


def work_through(letters: Sequence[Letter], token: str) -> list[Outcome]:
    """One by one, until the batch, the time or the way out ends."""
    stop_at = time.monotonic() + BUDGET_S
    done: list[Outcome] = []
    last: Outcome | None = None
    for letter in letters:
        may_begin = time.monotonic() < stop_at and not (last and last.endpoint_failed)
        opened = turn(last, letter if may_begin else None, token)
        last = None
        if not may_begin:
            break
        if opened:
            last = attempt(letter)
            done.append(last)
    if last:
        turn(last, None, token)
    return done


def claimable(lane: str) -> QuerySet[Delivery]:
    return Delivery.objects.due_now().unheld().permitted(enabled=settings.DELIVERY_ENABLED).filter(lane=lane)


@transaction.atomic
def claim(lane: str, token: str) -> list[Letter]:
    """Take rows for ourselves. Those on which a worker died before are taken one at a time, so that they take nobody with them."""
    rows = take(claimable(lane).filter(crashes=0), BATCH) or take(claimable(lane), 1)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.CLAIMED, claim=token, lease_until=Now() + LEASE)
    return rows


def take(due: QuerySet[Delivery], limit: int) -> list[Letter]:
    # Where rows can be locked others skip ours; SQLite has let us in alone (transaction_mode IMMEDIATE).
    locked = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")
    aged = locked.annotate(life_left=ExpressionWrapper(F("expires_at") - Now(), DurationField()))
    return [Letter(*row) for row in aged.values_list(*Letter._fields)[:limit]]


def turn(last: Outcome | None, following: Letter | None, token: str) -> bool:
    """Settle the letter just tried and open the next, in one commit. Whether the next may be sent.

    When the database goes away with an answer in hand we wait for it, because giving up would turn knowledge into doubt.
    Saying it twice is harmless.
    """

    def write() -> bool:
        if last is None and following is None:
            return False
        with transaction.atomic():
            lines = settle(last, token) if last else []
            opened = following is not None and open_attempt(following, token)
            if opened and following:
                lines.append(Attempt(delivery_id=following.pk, at=Now(), state=State.DATA, author="worker"))
            Attempt.objects.bulk_create(lines)
            return opened

    return patiently(write)


def settle(outcome: Outcome, token: str) -> list[Attempt]:
    """Write what became of an attempt, unless somebody else already has. A sweep's doubt gives way to our knowledge."""
    changes: dict[str, Any] = {"state": outcome.state, "lease_until": None}
    if outcome.pause is not None:
        changes |= {"due_at": Now() + outcome.pause, "claim": ""}
    else:
        changes["settled_at"] = Now()
    mine = Delivery.objects.filter(pk=outcome.letter.pk, claim=token, state__in=[State.DATA, State.UNCERTAIN])
    if outcome.state == State.UNCERTAIN:
        mine = mine.filter(state=State.DATA)
    if not mine.update(**changes):
        return []
    return [
        Attempt(delivery_id=outcome.letter.pk, at=Now(), state=outcome.state, code=outcome.code, answer=outcome.answer, author="worker")
    ]


def open_attempt(letter: Letter, token: str) -> bool:
    """Claimed -> data: from the commit on, an interruption is doubt. False if the claim is lost or a hold was placed meanwhile."""
    mine = Delivery.objects.filter(pk=letter.pk, claim=token, state__in=[State.CLAIMED, State.DATA]).unheld()
    return bool(mine.update(state=State.DATA, attempts_made=letter.attempts_made + 1, lease_until=Now() + LEASE))


def attempt(letter: Letter) -> Outcome:
    """Hand one letter to its channel. No transaction is open here."""
    sealed = Sealed(letter.recipient, bytes(letter.message), letter.rehearsal, letter.lane)
    try:
        receipt = channels.named(letter.channel).send(sealed)
    except ChannelError as error:
        return refused(letter, error)
    except Interrupted as error:
        return Outcome(letter, State.UNCERTAIN, str(error))
    except Exception as error:
        log.exception("Delivery %s broke in its channel", letter.pk)
        return Outcome(letter, State.UNCERTAIN, f"Our own fault, after it may have left: {type(error).__name__}")
    return Outcome(letter, State.SENT, receipt.answer, receipt.code)


def refused(letter: Letter, error: ChannelError) -> Outcome:
    pause = pause_after(letter.attempts_made + 1)
    if error.permanent or pause > letter.life_left:
        return Outcome(letter, State.FAILED, error.answer, error.code, endpoint_failed=error.endpoint)
    return Outcome(letter, State.QUEUED, error.answer, error.code, pause, error.endpoint)


def give_back(token: str) -> None:
    """Rows we claimed and never opened go back as they were."""
    Delivery.objects.filter(claim=token, state=State.CLAIMED).update(state=State.QUEUED, claim="", lease_until=None)


def patiently(write: Callable[[], Any]) -> Any:
    """Do a database deed, waiting out a restart of the database."""
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up_at:
                raise
            log.warning("The database is away; trying again")
            connection.close()
            time.sleep(0.5)
