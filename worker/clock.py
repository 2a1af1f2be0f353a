"""Beat's clock, without a file: a full disk does not stop it.

When a job was last done it reads from the database as it starts (worker.jobs), so that what was
missed while it was down, as a night's job, is done then.
"""

from __future__ import annotations

import datetime as dt
import logging

import django
from celery.beat import Scheduler
from django.db import DatabaseError, InterfaceError, connection

log = logging.getLogger(__name__)


class Clock(Scheduler):  # type: ignore[misc]
    def setup_schedule(self) -> None:
        """From the settings alone where the database is away: then nothing is caught up."""
        super().setup_schedule()
        for name, last in finishes().items():
            if entry := self.schedule.get(name):
                entry.last_run_at = last.astimezone(entry.app.timezone)

    @property
    def info(self) -> str:
        return "    . schedule -> in memory"


def finishes() -> dict[str, dt.datetime]:
    """By a job's name when it last came to its end."""
    django.setup()
    from worker import jobs  # models are not there before

    try:
        return jobs.finishes()
    except (DatabaseError, InterfaceError) as trouble:
        log.warning("Nothing that was missed is caught up (%s)", type(trouble).__name__)
        return {}
    finally:
        if not connection.in_atomic_block:
            connection.close()  # beat asks once, and lives for months
