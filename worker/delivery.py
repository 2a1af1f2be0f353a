"""The engine: claim a few rows of a lane, have them looked at once more, then one by one open, send, settle.

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
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now

from worker import channels
from worker.bell import ring
from worker.channels import ChannelError, Interrupted, Sealed
from worker.models import Delivery, State
from worker.retries import pause_after
from worker.reviewing import review_claimed
from worker.turns import LEASE, Letter, Outcome, turn

log = logging.getLogger(__name__)

BATCH = 50
# No new letter is begun after this, so that a slow peer keeps neither the lane's process nor a shutdown waiting for a whole batch.
BUDGET_S = 20
# How long an answer in hand is kept when the database is away, before it becomes doubt.
PATIENCE_S = 90


def deliver(lane: str) -> int:
    """Send what is due in a lane, at most a batch; ring again if more waits. Returns how many were tried."""
    token = uuid.uuid4().hex
    claimed = patiently(lambda: claim(lane, token))
    letters = patiently(lambda: review_claimed(token, claimed))
    if letters is None:
        return 0
    done = work_through(letters, token)
    if len(done) < len(letters):
        patiently(lambda: give_back(token))
    way_is_open = not (done and done[-1].endpoint_failed)
    if claimed and way_is_open and claimable(lane).exists():
        ring({lane})
    return len(done)


def work_through(letters: Sequence[Letter], token: str) -> list[Outcome]:
    """One by one, until the batch, the time or the way out ends."""
    stop_at = time.monotonic() + BUDGET_S
    done: list[Outcome] = []
    last: Outcome | None = None
    for letter in letters:
        may_begin = time.monotonic() < stop_at and not (last and last.endpoint_failed)
        opened = settle_and_open(last, letter if may_begin else None, token)
        last = None
        if not may_begin:
            break
        if opened:
            last = attempt(letter)
            done.append(last)
    if last:
        settle_and_open(last, None, token)
    return done


def settle_and_open(last: Outcome | None, following: Letter | None, token: str) -> bool:
    return patiently(lambda: turn(last, following, token))


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


def attempt(letter: Letter) -> Outcome:
    """Hand one letter to its channel. No transaction is open here."""
    sealed = Sealed(letter.recipient, bytes(letter.message), letter.rehearsal, letter.lane, letter.public_id.hex)
    try:
        receipt = channels.named(letter.channel).send(sealed)
    except ChannelError as error:
        return refused(letter, error)
    except Interrupted as error:
        return Outcome(letter, State.UNCERTAIN, str(error), error.code, endpoint_failed=error.endpoint)
    except Exception as error:
        log.exception("Delivery %s broke in its channel", letter.pk)
        return Outcome(letter, State.UNCERTAIN, f"Our own fault, after it may have left: {type(error).__name__}")
    return Outcome(letter, State.SENT, receipt.answer, receipt.code)


def refused(letter: Letter, error: ChannelError) -> Outcome:
    pause = error.pause or pause_after(letter.attempts_made + 1)
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
