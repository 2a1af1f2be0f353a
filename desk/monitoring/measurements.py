"""What /metrics and /health.json say, read from rows: one function a number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from actions.models import Action, Burst
from campaigns.models import Ask, Tally
from desk.monitoring import backups
from legislators.deadlines import deadlines
from legislators.holders import office_day
from worker import jobs
from worker.models import Delivery, Heartbeat, Hold, Lane, Return, State
from worker.restoring import mode

# Each number is a list of samples: {"value": n} with its labels beside.
Numbers = dict[str, list[dict[str, Any]]]


HELP = {
    "deliveries": "Deliveries that are not over, by lane and state.",
    "oldest_due_seconds": (
        "How long the longest waiting delivery of a lane has been due; those that a hold stops are"
        " left out."
    ),
    "waiting": "Deliveries that may not go yet, by what they wait for.",
    # The name until November 2026, for one more release (docs/runbook.md).
    "held": "The same as take_action_waiting; the next release has this name no more.",
    "holds": "Holds that stand, by what they stop.",
    "uncertain": "Deliveries of which nobody knows whether they went.",
    "uncertain_oldest_seconds": "How long the longest of them has waited for a person.",
    "failed_last_hour": "Deliveries that failed within an hour.",
    "circuit_open": "Lanes to which nothing leaves until a letter tries.",
    "returns_last_day": "What came back by mail within a day, by kind.",
    "heartbeat_age_seconds": "How long ago a worker last swept; -1 for never.",
    "job_age_seconds": "How long ago each periodic job last came to its end.",
    "backup_age_seconds": "How long ago each kind of backup last succeeded; -1 for never.",
    "restoring": "1 while a restored database waits for somebody to look through it.",
    "alarm_days_left": "Days until something has to be done; below zero it is overdue.",
    "bursts": "Where more comes from at once than people send, while forms hand out a calculation.",
    "counters_lag_seconds": "How long the oldest action has waited to be in its campaign's counts.",
}


def measure() -> Numbers:
    """All numbers, each by its index: what is over, and that is nearly all there is, is never
    read.
    """
    now = timezone.now()
    by_reason = waiting()
    return {
        "deliveries": deliveries(),
        "oldest_due_seconds": oldest_due(now),
        "waiting": by_reason,
        "held": by_reason,
        "holds": [
            {"scope": scope, "value": n}
            for scope, n in (
                Hold.objects.values_list("scope").annotate(n=Count("pk")).order_by("scope")
            )
        ],
        **uncertain(now),
        "failed_last_hour": [
            {
                "value": (
                    Delivery.objects.filter(
                        state=State.FAILED, settled_at__gt=now - dt.timedelta(hours=1)
                    ).count()
                )
            }
        ],
        "circuit_open": [
            {"lane": name, "value": 1}
            for name in Lane.objects.open().values_list("name", flat=True)
        ],
        "returns_last_day": returns(now),
        "heartbeat_age_seconds": heartbeat(now),
        "job_age_seconds": [
            {"job": name, "value": round(age, 1)} for name, age in jobs.ages().items()
        ],
        "backup_age_seconds": backups.ages(),
        "restoring": [{"value": int(mode.is_on())}],
        "alarm_days_left": [
            {"alarm": one.key, "value": (one.day - office_day()).days} for one in deadlines()
        ],
        "bursts": [{"value": Burst.objects.lasting(now).count()}],
        "counters_lag_seconds": [{"value": counters_lag(now)}],
    }


def deliveries() -> list[dict[str, Any]]:
    """A query for each of the partial indexes."""
    # What is sent, and that is nearly everything there is, stands in none of them.
    by_index = [[State.QUEUED], [State.CLAIMED, State.DATA], [State.WAITING], [State.UNCERTAIN]]
    return [
        {"lane": lane, "state": state, "value": n}
        for states in by_index
        for lane, state, n in (
            Delivery.objects.filter(state__in=states)
            .values_list("lane", "state")
            .annotate(n=Count("pk"))
            .order_by("lane", "state")
        )
    ]


def oldest_due(now: dt.datetime) -> list[dict[str, Any]]:
    due = (
        Delivery.objects.due_now()
        .not_paused()
        .values_list("lane")
        .annotate(first=Min("due_at"))
        .order_by("lane")
    )
    return [{"lane": lane, "value": seconds(now, first)} for lane, first in due]


def waiting() -> list[dict[str, Any]]:
    found = (
        Delivery.objects.filter(state=State.WAITING)
        .values_list("waits_for")
        .annotate(n=Count("pk"))
        .order_by("waits_for")
    )
    return [{"waits_for": reason or "confirmation", "value": n} for reason, n in found]


def uncertain(now: dt.datetime) -> Numbers:
    found = Delivery.objects.filter(state=State.UNCERTAIN).aggregate(
        n=Count("pk"), first=Min("settled_at")
    )
    return {
        "uncertain": [{"value": found["n"]}],
        "uncertain_oldest_seconds": [{"value": seconds(now, found["first"])}],
    }


def returns(now: dt.datetime) -> list[dict[str, Any]]:
    # Every kind by name, so that the index on kind and time serves.
    recent = Return.objects.filter(at__gt=now - dt.timedelta(days=1), kind__in=Return.Kind.values)
    counted = dict(recent.values_list("kind").annotate(n=Count("pk")).order_by())
    return [{"kind": kind, "value": counted.get(kind, 0)} for kind in Return.Kind.values]


def heartbeat(now: dt.datetime) -> list[dict[str, Any]]:
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    return [{"job": "sweep", "value": seconds(now, beats["sweep"]) if "sweep" in beats else -1}]


def counters_lag(now: dt.datetime) -> float:
    """Of the asks with an action that changed after its last count, the change that has waited
    longest.
    """
    counted = Tally.objects.filter(ask=OuterRef("pk"), state="").values("counted_at")[:1]
    newest = (
        Action.objects.filter(ask=OuterRef("pk")).order_by("-changed_at").values("changed_at")[:1]
    )
    behind = Ask.objects.annotate(counted_at=Subquery(counted), newest=Subquery(newest))
    late = behind.filter(
        # Never counted: whatever there is waits. The comparison only leaves out asks without any
        # action.
        Q(newest__gt=F("counted_at")) | Q(counted_at=None, newest__lt=Now())
    ).values_list("pk", "counted_at")
    waits = [
        Action.objects.filter(ask=pk, **({"changed_at__gt": at} if at else {})).aggregate(
            first=Min("changed_at")
        )
        for pk, at in late
    ]
    return max([seconds(now, wait["first"]) for wait in waits], default=0)


def seconds(now: dt.datetime, since: dt.datetime | None) -> float:
    return round(max((now - since).total_seconds(), 0), 1) if since else 0
