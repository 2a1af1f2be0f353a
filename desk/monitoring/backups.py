"""How old backups are: WAL by what PostgreSQL says, the rest by the signs that bin/archive leaves.

While delivery is off there is nothing yet that could not be lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.monitoring.alarm import Alarm
from worker.models import Heartbeat
from worker.restoring import mode

BASE, OFF = "archive:base", "archive:off"
NEVER = -1.0
# A night may be missed by some hours; WAL is closed, and all of it taken off, once a minute.
BASE_S, WAL_S, OFF_S = 30 * 60 * 60, 10 * 60, 10 * 60


def ages() -> list[dict[str, Any]]:
    """Seconds since each last succeeded; -1 for never. Nothing where there is no PostgreSQL."""
    if connection.vendor != "postgresql":
        return []
    now, done = timezone.now(), dict(Heartbeat.objects.values_list("name", "at"))
    times = {"wal": wal_archived_at(), "base": done.get(BASE), "off": done.get(OFF)}
    return [
        {"what": what, "value": max((now - at).total_seconds(), 0) if at else NEVER}
        for what, at in times.items()
    ]


def wal_archived_at() -> dt.datetime | None:
    """None where archiving is off, never worked, or does not work now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_archived_time FROM pg_stat_archiver"
            " WHERE current_setting('archive_mode') <> 'off'"
            " AND (last_failed_time IS NULL OR last_failed_time < last_archived_time)"
        )
        found = cursor.fetchone()
    return found[0] if found else None


def of_backups(on: dt.date) -> list[Alarm]:
    """Late, or not there at all."""
    if not settings.DELIVERY_ENABLED:
        return []
    values = {one["what"]: one["value"] for one in ages()}
    return list(late(values))


def late(values: dict[str, float]) -> Iterator[Alarm]:
    said = {
        "wal": (
            WAL_S,
            _("What changes is not archived"),
            _(
                "PostgreSQL’s log of changes (WAL) has not left it for ten minutes, or never did:"
                " with its disk all of that would be lost. Its own log says what archive_command"
                " answers."
            ),
        ),
        "base": (
            BASE_S,
            _("The nightly backup is missing"),
            _("Look at the journal of the timer that runs “bin/archive base”."),
        ),
        "off": (
            OFF_S,
            _("Backups stay on their machine"),
            _(
                "For ten minutes neither backups nor the journal of withdrawals and deletions were"
                " taken to another machine. Look at the timer that runs “bin/archive off”."
            ),
        ),
    }
    for what, (most, title, sentence) in said.items():
        if what in values and (values[what] > most or values[what] == NEVER):
            yield Alarm(f"backup-{what}", title, sentence)


def of_restoring(on: dt.date) -> list[Alarm]:
    """A restored database waits for a person, and so does everything else."""
    if mode.current() is None:
        return []
    sentence = _(
        "Nothing leaves and nothing new is taken in until somebody has asked the relay’s log and"
        " replayed the journal: docs/runbook.md, Restoring. “manage.py restore_mode” says how far"
        " it is."
    )
    return [Alarm("restoring", _("This database was restored"), sentence, straight=True)]
