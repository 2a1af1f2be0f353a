"""How the state of a letter is put into words: what every sentence about it shares."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from campaigns.models import Ending
from worker.engine.office_hours import OfficeHours
from worker.models import Delivery


class LetterStatus(NamedTuple):
    """`shape` is "done", "waiting", "trouble" or "you": never told by colour alone."""

    word: str
    sentence: str
    shape: str


def time_in_words(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """A time as people say it, there or by the clock of this site.

    "on Monday, Nov. 23, at 8 a.m. (EST)".
    """
    there = timezone.localtime(at, zone)
    return _("on %(day)s, at %(time)s (%(zone)s)") % {
        "day": formats.date_format(there, _("l, N j")),
        "time": formats.date_format(there, "TIME_FORMAT"),
        "zone": there.tzname(),
    }


def half_hour_in_words(ending: Ending) -> dict[str, str]:
    """When a campaign ended, and until when that can be undone, by the clock of this site."""
    due = formats.time_format(timezone.localtime(ending.due_at), "TIME_FORMAT")
    return {"ended": time_in_words(ending.ended_at), "due": due}


def zone_of(delivery: Delivery) -> dt.tzinfo | None:
    """The office's own time zone, where its hours are known."""
    return OfficeHours.parse(delivery.hours).zone if delivery.hours else None
