"""Time zones as people name them, and the instant that a clock there means."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legislators.hours import ZONE_OF

# The time zone database's names; with the clocks that the states and territories keep.
ZONES = [
    ("America/New_York", gettext_lazy("Eastern Time")),
    ("America/Chicago", gettext_lazy("Central Time")),
    ("America/Denver", gettext_lazy("Mountain Time")),
    ("America/Phoenix", gettext_lazy("Arizona Time")),
    ("America/Los_Angeles", gettext_lazy("Pacific Time")),
    ("America/Anchorage", gettext_lazy("Alaska Time")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii Time")),
    ("America/Puerto_Rico", gettext_lazy("Atlantic Time")),
    ("Pacific/Guam", gettext_lazy("Chamorro Time")),
    ("Pacific/Pago_Pago", gettext_lazy("Samoa Time")),
]
# Other names of the same clock today (legislators.hours).
SAME_CLOCK = {
    "America/Detroit": "America/New_York",
    "America/Indiana/Indianapolis": "America/New_York",
    "America/Boise": "America/Denver",
    "America/Juneau": "America/Anchorage",
    "America/St_Thomas": "America/Puerto_Rico",
    "Pacific/Saipan": "Pacific/Guam",
}


class NoSuchTime(Exception):
    """The clocks go forward over it that night; `before` and `after` are what they show then."""

    def __init__(self, before: dt.datetime, after: dt.datetime) -> None:
        super().__init__(f"{before} - {after}")
        self.before, self.after = before, after


def zone_of(state: str) -> str:
    """Its capital's, by one of the names in ZONES; "" for what is no state."""
    zone = ZONE_OF.get(state, "")
    return SAME_CLOCK.get(zone, zone)


def instant(wall: dt.datetime, zone: str) -> dt.datetime:
    """What a clock there means by this (naive) time, in UTC.

    Where clocks go back it comes twice: the first is meant. Past either end of the calendar it is
    that end. Raises NoSuchTime where they go forward over it.
    """
    there = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    try:
        utc = there.astimezone(dt.UTC)
    except OverflowError:
        # Only the first and the last hours of all: who typed them is told that it is over or far.
        if wall.year == dt.MINYEAR:
            return dt.datetime.min.replace(tzinfo=dt.UTC)
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    back = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if back != wall:
        # By the clock before the change, and by the one after it.
        late = there.replace(fold=1).astimezone(dt.UTC).astimezone(ZoneInfo(zone))
        raise NoSuchTime(late.replace(tzinfo=None), back)
    return utc


def comes_twice(wall: dt.datetime, zone: str) -> bool:
    """Whether clocks there show this (naive) time a second time, an hour later."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    offsets = {there.replace(fold=fold).utcoffset() for fold in (0, 1)}
    try:
        instant(wall, zone)
    except NoSuchTime:
        return False
    return len(offsets) == 2


def wall_time(at: dt.datetime, zone: str) -> dt.datetime:
    """What a clock there shows then; naive."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def in_words(at: dt.datetime, zone: str) -> str:
    """In the language of the page: "Dec. 3, 2026, 9:00 a.m. Eastern Time"."""
    shown = wall_time(at, zone)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": date_format(shown, "DATE_FORMAT"),
        # Not TIME_FORMAT: "midnight" leaves open of which night.
        "time": date_format(shown, "g:i a"),
        "zone": dict(ZONES).get(zone, zone),
    }
