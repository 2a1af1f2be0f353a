"""What is in each lane, by state, at the cost of what is shown: a table of ten million deliveries
is jumped over, not read.

Plain SQL, the same on PostgreSQL and SQLite: from one lane to the next by an index, and of each
state as many rows as anybody would count.
"""

from __future__ import annotations

from django.db import connection

from worker.models import State

UNSETTLED = (State.WAITING, State.QUEUED, State.CLAIMED, State.DATA)
LANES = """
    WITH RECURSIVE lanes(name) AS (
        SELECT min(lane) FROM worker_delivery
        UNION ALL
        SELECT (SELECT min(lane) FROM worker_delivery WHERE lane > lanes.name)
        FROM lanes WHERE lanes.name IS NOT NULL)"""
# Of a table of values both databases call the columns so.
NUMBERS = """
    SELECT lanes.name, states.column1, (
        SELECT count(*) FROM (
            SELECT 1 FROM worker_delivery
            WHERE lane = lanes.name AND state = states.column1 LIMIT %s) AS few)
    FROM {lanes} AS lanes CROSS JOIN (VALUES {states}) AS states
    WHERE lanes.name IS NOT NULL"""


def lane_numbers(*, most: int, only: str = "") -> dict[str, dict[str, int]]:
    """Lane -> state -> how many, `most` where there are more. `only`: of this lane. One query."""
    states = list(State.values)
    values = ", ".join(["(%s)"] * len(states))
    one = "(SELECT CAST(%s AS varchar(80)) AS name)"
    asked = NUMBERS.format(lanes=one if only else "lanes", states=values)
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            asked if only else f"{LANES} {asked}", [most, *([only] if only else []), *states]
        )
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
    with connection.cursor() as cursor:
        # Only a text of ours is put into it.
        cursor.execute(
            f"{LANES} SELECT name FROM lanes"  # noqa: S608
            f" WHERE name IS NOT NULL AND ({there}) ORDER BY name",
            [state.value for state in UNSETTLED],
        )
        return [lane for (lane,) in cursor.fetchall()]
