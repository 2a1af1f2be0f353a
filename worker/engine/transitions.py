"""Deliveries go from state to state, and an attempt says so of each.

`turn` is the commit between two letters: finish the one just tried, open the next. It runs once per
letter, so it is plain SQL: to PostgreSQL one prepared statement, which is one transaction of one
round trip and no planning. Through the ORM, statement by statement, it took ten times the CPU
(bin/bench delivery). SQLite gets the same parts. `move` is for all else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from worker.models import Attempt, Delivery, State
from worker.queued_letter import QueuedLetter

# Longer than Celery's hard time limit: whoever held the claim is certainly gone when the lease
# ends.
LEASE = timedelta(seconds=330)

# Seconds from now by the database's clock, so that a worker whose own clock is wrong does no harm.
IN_SECONDS = {
    "postgresql": "clock_timestamp() + %s * interval '1 second'",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', %s || ' seconds')",
}

FINISH = (
    "UPDATE worker_delivery SET state = %s, lease_until = NULL, settled_at = {then} WHERE id = %s"
    " AND claim = %s AND {mine}"
)
POSTPONE = """
    UPDATE worker_delivery
    SET state = %s, claim = '', lease_until = NULL, settled_at = NULL, due_at = {then}
    WHERE id = %s AND claim = %s AND {mine}"""
# Holds are read here again, in the moment before a letter begins. DeliveryQuerySet.not_paused says
# the same for the claim.
OPEN = """
    UPDATE worker_delivery SET state = %s, attempts_made = attempts_made + 1, lease_until = {then}
    WHERE id = %s AND claim = %s AND state = 'claimed' AND NOT EXISTS (
        SELECT 1 FROM worker_hold AS hold WHERE hold.scope = 'everything'
        OR (hold.scope = 'campaign' AND hold.key = worker_delivery.scope_key)
        OR (hold.scope = 'office' AND hold.key = worker_delivery.recipient_key)
        OR (hold.scope = 'lane' AND hold.key = worker_delivery.lane))"""
OPENED = "SELECT 1 FROM worker_delivery WHERE id = %s AND claim = %s AND state = 'data'"
ATTEMPT = """
    INSERT INTO worker_attempt (delivery_id, at, state, code, answer, author)
    SELECT id, {now}, %s, CAST(%s AS smallint), %s, 'worker' FROM {changed}"""

# So many rows a statement, where many change at once (`move`).
AT_ONCE = 1000
# A sweep's doubt gives way to what we know; our own doubt does not undo what somebody else knows.
KNOWLEDGE, DOUBT = "state IN ('data', 'uncertain')", "state = 'data'"


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt.

    `pause`: it is queued again, to be tried so much later. `endpoint_failed` and `policy` are about
    the way out rather than the letter (worker.channels.ChannelError), and `told_to_wait` says that
    the other side named the pause.
    """

    letter: QueuedLetter
    state: State
    answer: str
    code: int | None = None
    pause: timedelta | None = None
    endpoint_failed: bool = False
    policy: bool = False
    told_to_wait: bool = False


def turn(last: Outcome | None, following: QueuedLetter | None, token: str) -> bool:
    """Finish `last` and open `following`, in one commit. Whether `following` may be sent now.

    It may not when its claim is lost or a hold was placed. Saying the same turn twice changes
    nothing, so it may be repeated when the answer to a commit was lost.
    """
    changes = [
        *([finish(last, token)] if last else []),
        *([begin(following, token)] if following else []),
    ]
    if not changes:
        return False
    in_one_commit = at_once if connection.vendor == "postgresql" else one_by_one
    return in_one_commit(changes, (following.pk, token) if following else None)


class Change(NamedTuple):
    """A row goes to another state, and if it really does, it has an attempt that says so.

    `update`: a statement with gaps (`written`).
    """

    update: str
    mine: str
    state: str
    seconds: float
    row: tuple[int, str]
    code: int | None = None
    answer: str = ""

    @property
    def values(self) -> list[Any]:
        return [self.state, self.seconds, *self.row]

    @property
    def attempt(self) -> list[Any]:
        return [self.state, self.code, self.answer]


def finish(outcome: Outcome, token: str) -> Change:
    """What became of a letter; with a pause it is queued again."""
    mine = DOUBT if outcome.state == State.UNCERTAIN else KNOWLEDGE
    row, said = (outcome.letter.pk, token), (outcome.code, outcome.answer)
    if outcome.pause is not None:
        return Change(
            POSTPONE,
            mine,
            State.QUEUED.value,
            outcome.pause.total_seconds(),
            row,
            *said,
        )
    return Change(FINISH, mine, outcome.state.value, 0.0, row, *said)


def begin(letter: QueuedLetter, token: str) -> Change:
    """Claimed -> data: from this commit on an interruption is doubt."""
    return Change(OPEN, "", State.DATA.value, LEASE.total_seconds(), (letter.pk, token))


def moment() -> str:
    """SQL for so many seconds from now; it takes the number as its parameter."""
    return IN_SECONDS[connection.vendor]


def written(change: Change) -> str:
    """The whole statement of a change."""
    return change.update.format(then=moment(), mine=change.mine)


def at_once(changes: list[Change], opened: tuple[int, str] | None) -> bool:
    """PostgreSQL: one statement, so one round trip and one plan.

    It sees the rows as they were before it: the last question finds a row that an earlier run of
    the same turn had opened.
    """
    values: list[Any] = []
    for change in changes:
        # 0.0: the attempt happened now.
        values += [*change.values, 0.0, *change.attempt]
    statement = in_one(tuple((one.update, one.mine) for one in changes), asks=bool(opened))
    with a_cursor_that_prepares() as cursor:
        cursor.execute(statement, [*values, *(opened or ())], prepare=True)
        return cursor.fetchone() is not None


# A handful of texts: what became of the last, and whether another follows.
@lru_cache(maxsize=32)
def in_one(updates: tuple[tuple[str, str], ...], *, asks: bool) -> str:
    """These changes as one statement of PostgreSQL's; `asks`: it answers whether the last is
    open.
    """
    now = IN_SECONDS["postgresql"]
    parts: list[str] = []
    for n, (update, mine) in enumerate(updates):
        parts += [
            f"changed{n} AS ({update.format(then=now, mine=mine)} RETURNING id)",
            f"told{n} AS ({ATTEMPT.format(now=now, changed=f'changed{n}')})",
        ]
    question = (
        # Only numbers of ours are put into the text.
        f"SELECT 1 FROM changed{len(updates) - 1} UNION ALL {OPENED}"  # noqa: S608
        if asks
        else "SELECT 1 WHERE false"
    )
    return f"WITH {', '.join(parts)} {question}"


@contextmanager
def a_cursor_that_prepares() -> Iterator[Any]:
    """The server keeps the plan.

    Django's cursor would write the values into the text, and parsing and planning that is more than
    half of what a turn costs the database.
    """
    from psycopg import Cursor

    # The connection itself: each question to Django's proxy looks for the thread's anew.
    mine = connections[DEFAULT_DB_ALIAS]
    mine.ensure_connection()
    driver = mine.connection
    with mine.wrap_database_errors, Cursor(driver) as cursor:
        # None, as Django leaves it, means never.
        driver.prepare_threshold = 1
        try:
            yield cursor
        finally:
            # Left on, the driver would keep a hundred texts of Django's queries, values and all.
            driver.prepare_threshold = None


def one_by_one(changes: list[Change], opened: tuple[int, str] | None) -> bool:
    """SQLite, which changes nothing inside a question."""
    with transaction.atomic(), connection.cursor() as cursor:
        for change in changes:
            cursor.execute(written(change), change.values)
            if cursor.rowcount:
                cursor.execute(
                    ATTEMPT.format(now=moment(), changed="worker_delivery WHERE id = %s"),
                    [0.0, *change.attempt, change.row[0]],
                )
        if opened:
            cursor.execute(OPENED, opened)
        return bool(opened) and cursor.fetchone() is not None


@transaction.atomic
def move(
    rows: QuerySet[Delivery],
    to: State,
    *,
    author: str,
    answer: str = "",
    code: int | None = None,
    skip_locked: bool = False,
    **changes: Any,
) -> list[int]:
    """Change these rows' state and say so in an Attempt each.

    Returns the ids that really moved, all or nothing.
    """
    # In one order, so that two who move the same rows cannot wait for each other. `of`: whatever a
    # filter joins stays unlocked.
    ids = list(
        rows.select_for_update(skip_locked=skip_locked, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        Delivery.objects.filter(pk__in=some).update(state=to, **changes)
        Attempt.objects.bulk_create(
            [
                Attempt(delivery_id=pk, at=Now(), state=to, code=code, answer=answer, author=author)
                for pk in some
            ]
        )
    return ids
