"""What somebody who runs this site has to mend, now or by a day: in /health.json, on the desk, and
told to administrators (desk.monitoring.raising).

Nobody's name, address or words may stand in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desk.monitoring import backups, jobs, outside, this_machine, troubles
from desk.monitoring.alarm import Alarm
from legislators.deadlines import deadlines
from legislators.holders import office_day

Source = Callable[[dt.date], list[Alarm]]


def alarms(on: dt.date | None = None) -> list[Alarm]:
    """What has to be done by a day, the most urgent first."""
    return sorted(of_the_calendar(on or office_day()), key=lambda one: one.day or dt.date.min)


def of_the_calendar(on: dt.date) -> list[Alarm]:
    """Maps and terms that end."""
    return [
        Alarm(key, title, sentence, page="desk:rosters", day=day)
        for key, day, title, sentence in deadlines(on)
    ]


# Asked every five minutes. Whoever has something else to warn of adds a function here.
SOURCES: list[Source] = [
    of_the_calendar,
    troubles.of_numbers,
    troubles.of_redis,
    jobs.of_jobs,
    this_machine.of_disks,
    backups.of_backups,
    backups.of_restoring,
]
# And these, which ask others, every hour.
SLOW_SOURCES: list[Source] = [outside.of_the_certificate, outside.of_blocklists]
