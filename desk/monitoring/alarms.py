"""What somebody who runs this site has to do by a day: shown on the overview and in /health.json,
and mailed to administrators (desk.monitoring.alarm_mail).

A warning, not a failure: nothing is broken yet. Nobody's name, address or words may stand in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from legislators.deadlines import deadlines
from legislators.holders import office_day


class Alarm(NamedTuple):
    """`key` is the same as long as it is the same trouble; `title` and `sentence` are translated;
    `page` is the name of the address of the page that helps.
    """

    key: str
    day: dt.date
    title: str
    sentence: str
    page: str

    def days_left(self, on: dt.date) -> int:
        """Negative once its day has passed."""
        return (self.day - on).days


def alarms(on: dt.date | None = None) -> list[Alarm]:
    """All there are now, the most urgent first."""
    day = on or office_day()
    return sorted((one for source in SOURCES for one in source(day)), key=lambda one: one.day)


def of_the_calendar(on: dt.date) -> list[Alarm]:
    """Maps and terms that end."""
    return [Alarm(*one, page="desk:rosters") for one in deadlines(on)]


# Whoever has something else to warn of adds a function here.
SOURCES: list[Callable[[dt.date], list[Alarm]]] = [of_the_calendar]
