"""When made-up people act: more at midweek than at weekends, more after the launch, and twice a
rush.
"""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

BY_WEEKDAY = (1.0, 1.3, 1.35, 1.2, 0.9, 0.5, 0.6)
# Days ago on which a newsletter and a radio programme brought more people, and how many times more.
RUSHES = {16: 2.6, 15: 1.7, 5: 3.2, 4: 2.1}
BY_HOUR = (1, 0, 0, 0, 0, 1, 3, 6, 9, 9, 8, 8, 9, 8, 7, 7, 7, 8, 9, 11, 12, 10, 6, 3)
SHORTEST_AGO = dt.timedelta(minutes=20)


class Calendar:
    """The days of one campaign, from its launch to its end or today."""

    def __init__(self, launched_at: dt.datetime, closed_at: dt.datetime | None) -> None:
        self.now, self.launched_at = timezone.now(), launched_at
        today = timezone.localdate()
        begun = timezone.localdate(launched_at)
        over = timezone.localdate(closed_at) if closed_at else today
        days = [begun + dt.timedelta(days=number) for number in range((over - begun).days)]
        self.days = days or [today - dt.timedelta(days=1)]
        self.weights = [
            weight(day, ago=(today - day).days, since_launch=(day - begun).days)
            for day in self.days
        ]

    def moment(self, dice: random.Random) -> dt.datetime:
        """After the launch and before now."""
        [day] = dice.choices(self.days, self.weights)
        [hour] = dice.choices(range(24), BY_HOUR)
        clock = dt.time(hour, dice.randrange(60), dice.randrange(60))
        at = timezone.make_aware(dt.datetime.combine(day, clock))
        # On the day of the launch the hour may be one before it.
        return at if at >= self.launched_at else at + dt.timedelta(hours=12)

    def later(self, at: dt.datetime, dice: random.Random, *, hours: float) -> dt.datetime:
        """Up to so many hours afterwards, but not in the future."""
        return min(
            at + dt.timedelta(minutes=1 + dice.random() * hours * 60),
            self.now - SHORTEST_AGO * dice.random(),
        )


def weight(day: dt.date, *, ago: int, since_launch: int) -> float:
    """How likely somebody acts on a day so many days ago, and so many after the launch."""
    # Three times as many on the first day; half of that rush is over after two.
    return BY_WEEKDAY[day.weekday()] * (1 + 2 * 0.7**since_launch) * RUSHES.get(ago, 1)
