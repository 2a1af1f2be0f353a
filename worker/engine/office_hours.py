"""When a real letter should reach an office: in its working hours, and not all of a crowd's at
once.

Only e-mail to offices: a chamber's message system never sleeps and has its lane's pace. Holidays
are not known here.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from worker.models import Delivery, State

HOURS = re.compile(r"(?P<zone>\S+) (?P<opens>\d\d?)-(?P<closes>\d\d?)")
SATURDAY = 5
# What waited for the night does not arrive on the stroke of the hour.
AFTER_OPENING = dt.timedelta(minutes=30)
JITTER = 0.25
DAY = dt.timedelta(days=1)
AT_ONCE = 500


@dataclass(frozen=True)
class OfficeHours:
    """Monday to Friday, by the clock on the office's own wall."""

    zone: ZoneInfo
    opens: int
    closes: int

    @classmethod
    @lru_cache(maxsize=200)
    def parse(cls, text: str) -> OfficeHours:
        """From "America/Chicago 8-18". Raises ValueError."""
        found = HOURS.fullmatch(text)
        if not found or not 0 <= int(found["opens"]) < int(found["closes"]) <= 24:
            raise ValueError(f"{text!r} are no office hours: like America/Chicago 8-18")
        try:
            return cls(ZoneInfo(found["zone"]), int(found["opens"]), int(found["closes"]))
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(f"There is no time zone {found['zone']!r}") from error

    def first_open(self, moment: dt.datetime) -> dt.datetime:
        """This moment if somebody is there, otherwise when the office opens next."""
        there = moment.astimezone(self.zone)
        if there.weekday() < SATURDAY and self.opens <= there.hour < self.closes:
            return moment
        morning = there.replace(hour=self.opens, minute=0, second=0, microsecond=0)
        while morning.weekday() >= SATURDAY or morning < there:
            # Adding to a time in a zone moves the clock on its wall: the hour stays when clocks
            # change.
            morning += DAY
        return morning.astimezone(dt.UTC)

    def a_working_day_after(self, moment: dt.datetime) -> dt.datetime:
        there = moment.astimezone(self.zone) + DAY
        while there.weekday() >= SATURDAY:
            there += DAY
        return there.astimezone(dt.UTC)


class AnyTime:
    """An office whose hours nobody knows."""

    def first_open(self, moment: dt.datetime) -> dt.datetime:
        return moment

    def a_working_day_after(self, moment: dt.datetime) -> dt.datetime:
        return moment + DAY


def spread(ids: Iterable[int]) -> None:
    """Give real letters that are queued from now on a moment each.

    Two queries whatever the number, none written when all may go now.

    What was said of one office counts on: a letter comes after the last that waits for its first
    try there.
    """
    ids = list(ids)
    # Of these, and of the others to the same offices, only mail to an office has a moment.
    waiting = Delivery.objects.filter(state=State.QUEUED, rehearsal=False, channel="email").exclude(
        recipient_key=""
    )
    others = waiting.filter(recipient_key=OuterRef("recipient_key"), attempts_made=0).exclude(
        pk__in=ids
    )
    mine = waiting.filter(pk__in=ids).only("recipient_key", "hours", "due_at", "expires_at")
    last = Subquery(others.order_by("-due_at").values("due_at")[:1])
    rows = list(mine.annotate(now=Now(), last_at=last).order_by("pk"))
    # Each takes the next moment of its office, after those that wait and those before it here.
    lasts = {row.recipient_key: row.last_at for row in rows}
    moved = []
    for row in rows:
        moment = slot(row.now, lasts[row.recipient_key], row.hours)
        lasts[row.recipient_key] = moment
        if moment > row.now:
            # The time that it waits for its moment is no part of its life.
            row.expires_at += moment - row.due_at
            row.due_at = moment
            moved.append(row)
    Delivery.objects.bulk_update(moved, ["due_at", "expires_at"], batch_size=AT_ONCE)


def slot(now: dt.datetime, last: dt.datetime | None, hours: str) -> dt.datetime:
    """The next moment for a letter to an office to which the last goes at `last`.

    A crowd too great for the pace goes faster instead: nobody's letter waits longer than a working
    day.
    """
    office = OfficeHours.parse(hours) if hours else AnyTime()
    moment = now
    if last and settings.OFFICE_PER_HOUR:
        # A distance after the last, give or take, so that a crowd does not come like clockwork.
        apart = dt.timedelta(hours=1) / settings.OFFICE_PER_HOUR
        moment = max(now, last + apart * (1 - JITTER) + by_chance(2 * JITTER * apart))
        start = office.first_open(now)
        if moment > (end := office.a_working_day_after(start)):
            moment = somewhere(start, end, office)
    opening = office.first_open(moment)
    return opening + by_chance(AFTER_OPENING) if opening > moment else opening


def somewhere(start: dt.datetime, end: dt.datetime, office: OfficeHours | AnyTime) -> dt.datetime:
    """Any moment in between at which somebody is there."""
    # Drawn until one falls into its hours. Bounded, for an office that is there an hour a day.
    moments = (start + by_chance(end - start) for _ in range(60))
    return next((moment for moment in moments if office.first_open(moment) == moment), start)


def by_chance(most: dt.timedelta) -> dt.timedelta:
    """Anything from nothing to this."""
    return most * random.random()  # noqa: S311 - no secret
