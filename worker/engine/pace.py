"""How fast a lane's real letters may leave, and how many a worker may take now.

A bucket: `burst` letters at once, then `per_minute`. An open circuit (worker.engine.circuit) grants
nothing, and then one letter that tries.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from worker.engine.transitions import LEASE
from worker.models import Lane
from worker.queue import wake

NO_TIME = dt.timedelta()


@dataclass(frozen=True)
class Pace:
    """`burst` letters at once, then so many a minute."""

    per_minute: int
    burst: int

    @classmethod
    def parse(cls, text: str) -> Pace:
        """From "60/50". Raises ValueError."""
        per_minute, burst = text.split("/")
        pace = cls(int(per_minute), int(burst))
        if pace.per_minute < 1 or pace.burst < 1:
            raise ValueError(f"{text!r}: a pace is letters a minute / letters at once, like 60/50")
        return pace

    @property
    def apart(self) -> dt.timedelta:
        return dt.timedelta(minutes=1) / self.per_minute

    def permits(self, paid_until: dt.datetime | None, now: dt.datetime) -> int:
        """How many may go now.

        GCRA: each letter moves `paid_until` on by one distance; it may run ahead of now by a burst.
        """
        ahead = max(paid_until - now, NO_TIME) if paid_until else NO_TIME
        return max(0, self.burst - ceil(ahead / self.apart))


def pace_of(lane: Lane) -> Pace | None:
    """What staff set for this lane, else what the settings say for its kind.

    None: as fast as it goes.
    """
    usual = settings.LANE_PACE.get(lane.name.partition(":")[0])
    if lane.per_minute and lane.burst:
        return Pace(lane.per_minute, lane.burst)
    return Pace.parse(usual) if usual else None


@dataclass(frozen=True)
class Grant:
    """How many of a lane's real letters a worker may take, and whether the lane would have given
    more.
    """

    row: Lane
    now: dt.datetime
    most: int
    is_short: bool = False
    is_probe: bool = False
    taken: int = 0


def ask_for_grant(lane: str, *, most: int) -> Grant:
    """What the lane permits now. Its row stays locked until the caller's transaction ends."""
    row, now = locked(lane)
    # An open circuit grants nothing until its pause is over, and then one letter that tries.
    if row.open_until:
        is_probe = row.open_until <= now
        return Grant(row, now, int(is_probe), is_short=True, is_probe=is_probe)
    pace = pace_of(row)
    permitted = pace.permits(row.paid_until, now) if pace else most
    return Grant(row, now, min(permitted, most), is_short=permitted < most)


def spend(grant: Grant, taken: int) -> Grant:
    """In the same transaction: write down how many were taken.

    Whom the pace stopped is woken when it permits the next.
    """
    row, now, pace = grant.row, grant.now, pace_of(grant.row)
    ran_dry = grant.is_short and taken == grant.most
    if grant.is_probe and taken:
        # Nobody else tries before this one has its answer, or has died.
        row.open_until = row.wake_at = now + LEASE
        row.save(update_fields=["open_until", "wake_at"])
    # A wake_at of before is cleared too, or beat would wake the lane for nothing.
    elif pace and not row.open_until and (taken or ran_dry or row.wake_at):
        # GCRA: each letter moves the lane on by one distance.
        row.paid_until = max(row.paid_until or now, now) + taken * pace.apart
        # One letter fits again when paid_until is a burst ahead of now, less that one.
        row.wake_at = row.paid_until - (pace.burst - 1) * pace.apart if ran_dry else None
        row.save(update_fields=["paid_until", "wake_at"])
    return replace(grant, taken=taken, is_short=ran_dry)


@transaction.atomic
def set_pace(lane: str, *, per_minute: int | None, burst: int | None) -> None:
    """A pace of its own for this lane, from the next batch on; without numbers what the settings
    say.
    """
    row, now = locked(lane)
    row.per_minute, row.burst = per_minute, burst
    # What was paid by the old pace is forgotten, and whoever waited may be looked at now.
    row.paid_until, row.wake_at = None, now
    row.save(update_fields=["per_minute", "burst", "paid_until", "wake_at"])


def wake_ready() -> None:
    """Every few seconds: lanes whose pace permits the next letters, and those whose circuit may be
    tried.
    """
    names = set(Lane.objects.filter(wake_at__lte=Now()).values_list("name", flat=True))
    # Asked again: a worker may have set a new time since the line above.
    Lane.objects.filter(name__in=names, wake_at__lte=Now()).update(wake_at=None)
    wake(names)


def locked(lane: str) -> tuple[Lane, dt.datetime]:
    """The lane's row, ours until the transaction ends, and the database's time."""
    rows = Lane.objects.select_for_update().annotate(now=Now()).filter(name=lane)
    row = rows.first()
    if row is None:
        # Two workers may miss it at once: one makes it, and both then wait for its lock.
        Lane.objects.bulk_create([Lane(name=lane)], ignore_conflicts=True)
        row = rows.get()
    return row, row.now
