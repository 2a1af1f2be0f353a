"""What is wrong now by what is measured: every rule that docs/runbook.md calls an alarm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.monitoring import measurements
from desk.monitoring.alarm import Alarm
from supporters.mail import LANES
from worker import redis_state

OVERDUE_S = 10 * 60
DOUBT_S = 24 * 60 * 60
HEARTBEAT_S = 3 * 60
COUNTERS_S = 60
FAILED_AN_HOUR = 20
NAMED_AT_MOST = 5  # of the lanes in a sentence
Numbers = measurements.Numbers


def of_numbers(on: dt.date) -> list[Alarm]:
    return from_numbers(measurements.measure())


def from_numbers(numbers: Numbers) -> list[Alarm]:
    """Whatever the day; the order is that of the runbook."""
    rules = (late, unswept, doubt, closed_ways, failures, complaints, bursts, lag)
    return [alarm for rule in rules for alarm in rule(numbers)]


def late(numbers: Numbers) -> Iterator[Alarm]:
    rows = [row for row in numbers["oldest_due_seconds"] if row["value"] > OVERDUE_S]
    if rows:
        minutes = round(max(row["value"] for row in rows) / 60)
        yield Alarm(
            "letters-wait",
            _("Letters wait"),
            _(
                "Due for up to %(minutes)d minutes and not sent, on the way to %(lanes)s. Look at"
                " the workers and at the mail server."
            )
            % {"minutes": minutes, "lanes": lanes_in_words(rows)},
            page="desk:deliveries",
            straight=any(row["lane"] in LANES for row in rows),
        )


def unswept(numbers: Numbers) -> Iterator[Alarm]:
    age = numbers["heartbeat_age_seconds"][0]["value"]
    if age > HEARTBEAT_S or age < 0:
        yield Alarm(
            "nobody-sweeps",
            _("No worker has swept for three minutes") if age > 0 else _("No worker ever swept"),
            _("Look at the clock (beat), at the worker of the queue “work”, and at Redis."),
            straight=True,
        )


def doubt(numbers: Numbers) -> Iterator[Alarm]:
    if numbers["uncertain_oldest_seconds"][0]["value"] > DOUBT_S:
        yield Alarm(
            "doubt-is-left",
            _("Letters are uncertain for more than a day"),
            _("Nobody knows whether they went, and none is sent again by itself. Settle them."),
            page="desk:uncertain",
        )


def closed_ways(numbers: Numbers) -> Iterator[Alarm]:
    if rows := numbers["circuit_open"]:
        yield Alarm(
            "a-way-is-closed",
            _("A way out is closed"),
            _(
                "After five troubles in a row nothing leaves to %(lanes)s until a letter that tries"
                " is answered. The other side’s words stand at Deliveries."
            )
            % {"lanes": lanes_in_words(rows)},
            page="desk:deliveries",
        )


def failures(numbers: Numbers) -> Iterator[Alarm]:
    number = numbers["failed_last_hour"][0]["value"]
    if number > FAILED_AN_HOUR:
        yield Alarm(
            "letters-fail",
            _("Many letters fail"),
            _("%(number)d within the last hour. See what the other side says, and mend it.")
            % {"number": number},
            page="desk:uncertain",
        )


def complaints(numbers: Numbers) -> Iterator[Alarm]:
    kinds = {row["kind"]: row["value"] for row in numbers["returns_last_day"]}
    if number := kinds.get("complaint", 0):
        yield Alarm(
            "complaints",
            _("Somebody called our mail spam"),
            ngettext(
                "%(number)d complaint within a day. A few of them can close a way for everybody.",
                "%(number)d complaints within a day. A few of them can close a way for everybody.",
                number,
            )
            % {"number": number},
            page="desk:deliveries",
        )


def bursts(numbers: Numbers) -> Iterator[Alarm]:
    if numbers["bursts"][0]["value"]:
        yield Alarm(
            "more-than-people-send",
            _("More comes in than people send"),
            _("From one place at once: a rally, or a program. See whether it looks like people."),
            page="desk:quarantine",
        )


def lag(numbers: Numbers) -> Iterator[Alarm]:
    if numbers["counters_lag_seconds"][0]["value"] > COUNTERS_S:
        yield Alarm(
            "counts-stand-still",
            _("Counts lag behind"),
            _("For more than a minute. Look at the worker of the queue “work”."),
        )


def of_redis(on: dt.date) -> list[Alarm]:
    said = {
        redis_state.FULL: (
            _("Redis takes nothing"),
            _(
                "It answers, and refuses to write: its memory (maxmemory) or its disk is full."
                " Pages go on and letters wait. Give it room; emptying it loses nothing."
            ),
        ),
        redis_state.DOWN: (
            _("Redis is away"),
            _("Pages go on and letters wait. Start it again; empty is fine."),
        ),
    }
    found = said.get(redis_state.state())
    return [Alarm("redis", *found)] if found else []


def lanes_in_words(rows: list[dict[str, Any]]) -> str:
    names = sorted(row["lane"].partition(":")[2] or row["lane"] for row in rows)
    named = ", ".join(names[:NAMED_AT_MOST])
    if len(names) <= NAMED_AT_MOST:
        return named
    return _("%(lanes)s and %(count)d more") % {
        "lanes": named,
        "count": len(names) - NAMED_AT_MOST,
    }
