"""The commit between two letters: settle the one just tried, open the next.

This runs once per letter, so it is plain SQL, sent to PostgreSQL as one message, which makes it one transaction of one round trip.
Through the ORM, statement by statement, it took ten times the CPU (bin/bench delivery). The same statements run on SQLite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from worker.models import State

# Longer than Celery's hard time limit: whoever held the claim is certainly gone when the lease ends.
LEASE = timedelta(seconds=330)

Statement = tuple[str, Sequence[Any]]

# Seconds from now by the database's clock, so that a worker whose own clock is wrong does no harm.
IN_SECONDS = {
    "postgresql": "clock_timestamp() + %s * interval '1 second'",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', %s || ' seconds')",
}

EVIDENCE = """
    INSERT INTO worker_attempt (delivery_id, at, state, code, answer, author)
    SELECT id, {now}, %s, %s, %s, 'worker' FROM worker_delivery WHERE id = %s AND claim = %s AND {mine}"""
SETTLE = "UPDATE worker_delivery SET state = %s, lease_until = NULL, settled_at = {now} WHERE id = %s AND claim = %s AND {mine}"
POSTPONE = """
    UPDATE worker_delivery SET state = 'queued', claim = '', lease_until = NULL, settled_at = NULL, due_at = {then}
    WHERE id = %s AND claim = %s AND {mine}"""
# Holds are read here again, in the moment before a letter begins; DeliveryQuerySet.unheld says the same for the claim.
OPEN = """
    UPDATE worker_delivery SET state = 'data', attempts_made = attempts_made + 1, lease_until = {then}
    WHERE id = %s AND claim = %s AND state = 'claimed' AND NOT EXISTS (
        SELECT 1 FROM worker_hold AS hold WHERE hold.scope = 'everything'
        OR (hold.scope = 'campaign' AND hold.key = worker_delivery.scope_key)
        OR (hold.scope = 'office' AND hold.key = worker_delivery.recipient_key)
        OR (hold.scope = 'lane' AND hold.key = worker_delivery.lane))"""
OPENED = "SELECT 1 FROM worker_delivery WHERE id = %s AND claim = %s AND state = 'data'"

# A sweep's doubt gives way to what we know; our own doubt does not undo what somebody else knows.
KNOWLEDGE, DOUBT = "state IN ('data', 'uncertain')", "state = 'data'"


class Letter(NamedTuple):
    """The columns the engine works with."""

    pk: int
    channel: str
    recipient: str
    message: bytes
    rehearsal: bool
    lane: str
    attempts_made: int
    sender_key: str
    recipient_key: str
    life_left: timedelta


@dataclass(frozen=True)
class Outcome:
    letter: Letter
    state: State
    answer: str
    code: int | None = None
    pause: timedelta | None = None
    endpoint_failed: bool = False


def turn(last: Outcome | None, following: Letter | None, token: str) -> bool:
    """Settle `last` and open `following`, in one commit. Whether `following` may be sent now.

    It may not when its claim is lost or a hold was placed. Saying the same turn twice changes nothing, so it may be
    repeated when the answer to a commit was lost.
    """
    statements = [*(settle(last, token) if last else []), *(begin(following, token) if following else [])]
    found = together(statements)
    return bool(following and found)


def settle(outcome: Outcome, token: str) -> list[Statement]:
    mine = DOUBT if outcome.state == State.UNCERTAIN else KNOWLEDGE
    row = [outcome.letter.pk, token]
    evidence = (EVIDENCE.format(now=moment(), mine=mine), [0, outcome.state.value, outcome.code, outcome.answer, *row])
    if outcome.pause is not None:
        return [evidence, (POSTPONE.format(then=moment(), mine=mine), [outcome.pause.total_seconds(), *row])]
    return [evidence, (SETTLE.format(now=moment(), mine=mine), [outcome.state.value, 0, *row])]


def begin(letter: Letter, token: str) -> list[Statement]:
    """Claimed -> data: from this commit on an interruption is doubt."""
    row = [letter.pk, token]
    return [
        (OPEN.format(then=moment()), [LEASE.total_seconds(), *row]),
        (EVIDENCE.format(now=moment(), mine=DOUBT), [0, State.DATA.value, None, "", *row]),
        (OPENED, row),
    ]


def moment() -> str:
    return IN_SECONDS[connection.vendor]


def together(statements: list[Statement]) -> bool:
    """Run them in one commit. Whether the last one, a question, found anything."""
    if not statements:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(";".join(sql for sql, _ in statements), [value for _, values in statements for value in values])
            while cursor.nextset():
                pass
        else:
            with transaction.atomic():
                for sql, values in statements:
                    cursor.execute(sql, values)
        return cursor.description is not None and cursor.fetchone() is not None
