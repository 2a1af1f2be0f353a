"""Periodic jobs: when each last finished, and which are late.

A job that broke on its way, or that nobody ran, leaves no sign; and a sign survives Redis.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any, NamedTuple

from celery.schedules import crontab
from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from worker.models import Heartbeat

# One that runs every ten seconds is not written down every ten seconds.
NOTED_EVERY_S = 60
# A night that was missed is seen in the morning.
NIGHTLY, HOURLY, SOONEST = (dt.timedelta(hours=n) for n in (30, 3, 1))
_noted: dict[str, float] = {}


class Late(NamedTuple):
    name: str
    last: dt.datetime


def note_finish(task: str) -> None:
    """This task came to its end. Of one that is not periodic nothing is kept."""
    name, now = _periodic().get(task), time.monotonic()
    if name is None or now - _noted.get(name, -NOTED_EVERY_S) < NOTED_EVERY_S:
        return
    _noted[name] = now
    Heartbeat.objects.update_or_create(name=sign_of(name), defaults={"at": Now()})


def late() -> list[Late]:
    """Those that should have finished by now, longest first. One that was never seen to finish
    counts from when it was first looked for.
    """
    now, known = timezone.now(), dict(Heartbeat.objects.values_list("name", "at"))
    jobs = settings.CELERY_BEAT_SCHEDULE
    new = [Heartbeat(name=sign_of(name), at=now) for name in jobs if sign_of(name) not in known]
    if new:
        Heartbeat.objects.bulk_create(new, ignore_conflicts=True)
    found = [
        Late(name, last)
        for name, job in jobs.items()
        if (last := known.get(sign_of(name), now)) < now - patience(job["schedule"])
    ]
    return sorted(found, key=lambda one: one.last)


def finishes() -> dict[str, dt.datetime]:
    """By a periodic job's name when it last finished."""
    known = dict(Heartbeat.objects.values_list("name", "at"))
    jobs = settings.CELERY_BEAT_SCHEDULE
    return {name: known[sign_of(name)] for name in jobs if sign_of(name) in known}


def ages() -> dict[str, float]:
    """Seconds since each of them."""
    now = timezone.now()
    return {name: max((now - at).total_seconds(), 0) for name, at in finishes().items()}


def patience(schedule: Any) -> dt.timedelta:
    """How long after one finish the next may take: seconds between, or a crontab."""
    if isinstance(schedule, crontab):
        return HOURLY if len(schedule.hour) == 24 else NIGHTLY
    return max(dt.timedelta(seconds=float(schedule)) * 3, SOONEST)


def sign_of(name: str) -> str:
    """The name of its Heartbeat: the sweep's own, which comes before it, is another."""
    return f"job:{name}"


def _periodic() -> dict[str, str]:
    return {job["task"]: name for name, job in settings.CELERY_BEAT_SCHEDULE.items()}
