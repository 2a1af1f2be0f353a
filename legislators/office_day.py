"""The day that counts for who sits where.

Federal terms end at noon in Washington (20th Amendment): until then that day has not begun for an
office.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

WASHINGTON = ZoneInfo("America/New_York")
NOON = dt.time(12)


def office_day(now: dt.datetime | None = None) -> dt.date:
    """Today by this site's clock; on a day on which federal terms end, from noon on."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    for end in _ends_of_terms(today.year):
        if today >= end and moment < dt.datetime.combine(end, NOON, WASHINGTON):
            return end - dt.timedelta(days=1)
    return today


def _ends_of_terms(year: int) -> list[dt.date]:
    """Congress ends in odd years, on 3 January; a President's term on the 20th, after a leap
    year.
    """
    ends = [dt.date(year, 1, 3)] if year % 2 else []
    return [*ends, dt.date(year, 1, 20)] if year % 4 == 1 else ends
