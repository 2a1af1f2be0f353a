"""What is in each lane, by state, at the cost of what is shown: a table of ten million deliveries
is jumped over, not read.

Plain SQL, the same on PostgreSQL and SQLite: from one lane to the next by an index, and of each
state as many rows as anybody would count.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from worker.models import State

UNSETTLED = (State.WAITING, State.QUEUED, State.CLAIMED, State.DATA)
LANES = """
    WITH RECURSIVE lanes(name) AS (
        SELECT min(lane) FROM worker_delivery
        UNION ALL
        SELECT (SELECT min(lane) FROM worker_delivery WHERE lane > lanes.name)
        FROM lanes WHERE lanes.name IS NOT NULL)"""
# Not as a word in the question itself: for supporters' mail another index would be taken, which
# knows no state.
ONE = "WITH lanes(name) AS MATERIALIZED (SELECT CAST(%s AS varchar(80)))"
# Of a table of values both databases call the columns so.
NUMBERS = """
    SELECT lanes.name, states.column1, (
        SELECT count(*) FROM (
            SELECT 1 FROM worker_delivery
            WHERE lane = lanes.name AND state = states.column1 LIMIT %s) AS few)
    FROM lanes CROSS JOIN (VALUES {states}) AS states
    WHERE lanes.name IS NOT NULL"""


def lane_numbers(*, most: int, only: str = "") -> dict[str, dict[str, int]]:
    """Lane -> state -> how many, `most` where there are more. `only`: of this lane. One query."""
    states = list(State.values)
    values = ", ".join(["(%s)"] * len(states))
    asked = (ONE if only else LANES) + NUMBERS.format(states=values)
    found: dict[str, dict[str, int]] = {}
    with by_index() as cursor:
        cursor.execute(asked, [*([only] if only else []), most, *states])
        for lane, state, number in cursor.fetchall():
            if number:
                found.setdefault(lane, {})[state] = number
    return found


def unsettled_lanes() -> list[str]:
    """Those in which something is on its way, in order. One query."""
    there = " OR ".join(
        "EXISTS (SELECT 1 FROM worker_delivery WHERE lane = lanes.name AND state = %s)"
        for _state in UNSETTLED
    )
    with by_index() as cursor:
        # Only a text of ours is put into it.
        cursor.execute(
            f"{LANES} SELECT name FROM lanes"  # noqa: S608
            f" WHERE name IS NOT NULL AND ({there}) ORDER BY name",
            [state.value for state in UNSETTLED],
        )
        return [lane for (lane,) in cursor.fetchall()]


@contextmanager
def by_index() -> Iterator[Any]:
    """Where few rows are wanted PostgreSQL likes to read the table until it has met them: of a
    state that a lane has nothing of, all of it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan TO off; SET LOCAL enable_bitmapscan TO off")
        yield cursor
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan TO on; SET LOCAL enable_bitmapscan TO on")
