"""Periodic jobs that did not finish (worker.jobs)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.monitoring.alarm import Alarm
from worker import jobs


def of_jobs(on: dt.date) -> list[Alarm]:
    """One alarm for all that are late."""
    late = jobs.late()
    if not late:
        return []
    named = ", ".join(
        _("“%(name)s” (last finished: %(when)s)")
        % {
            "name": one.name,
            "when": date_format(timezone.localtime(one.last), "SHORT_DATETIME_FORMAT"),
        }
        for one in late
    )
    sentence = _(
        "%(jobs)s. The log of the workers says why; a job that stands still here forgets nothing"
        " that was promised to be forgotten, and renews nothing."
    )
    return [Alarm("jobs", _("A periodic job did not finish"), sentence % {"jobs": named})]
