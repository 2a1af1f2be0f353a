"""The engine: claim a few rows of a lane, have them looked at once more, then one by one open,
send, finish.

The order that keeps a letter from leaving twice: a row is `claimed`, then committed as `data`
before its first byte can leave. Whoever dies while it is `claimed` loses nothing, and it is tried
again. Whoever dies while it is `data` leaves doubt, and a row in doubt becomes `uncertain` and is
never sent again by itself. The commit that finishes one letter opens the next. No transaction is
open while we talk to the network. Every write names the claim, so a worker that lost its lease
overwrites nothing.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from worker import channels
from worker.channels import ChannelError, Interrupted
from worker.engine import circuit
from worker.engine.claim import claim, is_work_left
from worker.engine.final_check import check_claimed
from worker.engine.pace import Grant
from worker.engine.retry_policy import retry_pause
from worker.engine.transitions import Outcome, turn
from worker.models import Delivery, State
from worker.queue import wake
from worker.queued_letter import QueuedLetter

log = logging.getLogger(__name__)

# No new letter is begun after this, so that a slow peer keeps neither the lane's process nor a
# shutdown waiting for a whole batch.
BUDGET_S = 20
# A process goes on with a lane for so long.
STAY_S = 1
# How long an answer that we have is kept when the database is away, before it becomes doubt.
PATIENCE_S = 90


def deliver_for_a_while(lane: str) -> None:
    """Batch after batch of a lane, then wake another worker if more waits: what a message costs is
    not paid for each batch, and other lanes soon have their turn.
    """
    stop_at = time.monotonic() + STAY_S
    while deliver_batch(lane)[1]:
        if time.monotonic() > stop_at:
            wake({lane})
            break


def deliver(lane: str) -> int:
    """Send what is due in a lane, at most a batch; wake another worker if more waits.

    Returns how many were tried.
    """
    tried, is_more_left = deliver_batch(lane)
    if is_more_left:
        wake({lane})
    return tried


def deliver_batch(lane: str) -> tuple[int, bool]:
    """How many were tried, and whether it is worth going on in this lane."""
    token = uuid.uuid4().hex
    batch = patiently(lambda: claim(lane, token))
    letters = patiently(lambda: check_claimed(token, batch.letters))
    # Nobody could check them: the whole batch went back, and going on would only repeat it.
    if letters is None:
        letters, could_check = [], False
    else:
        could_check = True
    done = work_through(letters, token, batch.grant)
    if len(done) < len(letters):
        patiently(lambda: give_back(token))
    # The lane learns what became of the real letters that it granted.
    is_freed = False
    if batch.grant:
        real = [outcome for outcome in done if not outcome.letter.rehearsal]
        is_freed = patiently(lambda: circuit.report(batch.grant, real))
    may_go_on = could_check and not is_way_closed(done, batch.grant)
    may_be_more = may_go_on and (batch.may_be_more or is_freed)
    return len(done), may_be_more and is_work_left(lane)


def work_through(letters: Sequence[QueuedLetter], token: str, grant: Grant | None) -> list[Outcome]:
    """One by one, until the batch, the time or the way out ends."""
    stop_at = time.monotonic() + BUDGET_S
    done: list[Outcome] = []
    last: Outcome | None = None
    for letter, following in zip(letters, [*letters[1:], None], strict=False):
        may_begin = time.monotonic() < stop_at and not is_way_closed(done, grant)
        opened = finish_and_open(last, letter if may_begin else None, token)
        last = None
        if not may_begin:
            break
        if opened:
            last = attempt(letter)
            done.append(last)
            # The other side hears of the next while this one is written down.
            if following and last.state == State.SENT and time.monotonic() < stop_at:
                channels.announce(following)
    if last:
        finish_and_open(last, None, token)
    return done


def is_way_closed(done: Sequence[Outcome], grant: Grant | None) -> bool:
    """Whether the next letter would meet the same trouble."""
    if not done:
        return False
    return done[-1].endpoint_failed or (grant is not None and circuit.has_tripped(grant, done))


def finish_and_open(last: Outcome | None, following: QueuedLetter | None, token: str) -> bool:
    """The commit between two letters (worker.engine.transitions). Whether `following` may go."""
    return patiently(lambda: turn(last, following, token))


def attempt(letter: QueuedLetter) -> Outcome:
    """Give one letter to its channel. No transaction is open here."""
    try:
        receipt = channels.named(letter.channel).send(letter)
    except ChannelError as error:
        return refused(letter, error)
    except Interrupted as error:
        return Outcome(
            letter, State.UNCERTAIN, str(error), error.code, endpoint_failed=error.endpoint
        )
    # A fault of ours may come after the last byte left. Doubt is safe; another try would not be.
    except Exception as error:
        log.exception("Delivery %s broke in its channel", letter.pk)
        return Outcome(
            letter,
            State.UNCERTAIN,
            f"Our own fault, after it may have left: {type(error).__name__}",
        )
    return Outcome(letter, State.SENT, receipt.answer, receipt.code)


def refused(letter: QueuedLetter, error: ChannelError) -> Outcome:
    """A trouble with the way out ends no letter: that is left to the sweep, which knows how long
    the lane was closed.
    """
    pause = error.pause or retry_pause(letter.attempts_made + 1)
    # A pause that ends after its life is as good as never.
    is_over = error.permanent or (pause > letter.life_left and not error.endpoint)
    return Outcome(
        letter,
        State.FAILED if is_over else State.QUEUED,
        error.answer,
        error.code,
        None if is_over else pause,
        endpoint_failed=error.endpoint,
        policy=error.policy,
        told_to_wait=bool(error.endpoint and error.pause),
    )


def give_back(token: str) -> None:
    """Rows we claimed and never opened go back as they were."""
    # No attempt says so: nobody outside could notice anything.
    Delivery.objects.filter(claim=token, state=State.CLAIMED).update(
        state=State.QUEUED, claim="", lease_until=None
    )


def patiently(write: Callable[[], Any]) -> Any:
    """Do a database deed, waiting out a restart of the database."""
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            # Inside a transaction what was written before is lost too: only who opened it can begin
            # again.
            if connection.in_atomic_block or time.monotonic() > give_up_at:
                raise
            log.warning("The database is away; trying again")
            # Django opens another at the next query; this one is dead.
            connection.close()
            time.sleep(0.5)
