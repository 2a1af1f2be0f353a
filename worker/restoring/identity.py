"""Which database this is, as the server says it: a restored one is another.

A recovery begins a new timeline, a dump that is loaded has another number or another server. Only
PostgreSQL tells; elsewhere somebody says it (manage.py restore_mode --begin).
"""

from __future__ import annotations

import logging
from typing import Any

from celery.signals import worker_init
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created

from worker.models import KnownDatabase
from worker.restoring import mode

log = logging.getLogger(__name__)

# The timeline is the beginning of a WAL file's name. The control file's own may be a checkpoint
# behind.
ASK = """
    SELECT system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), oid
    FROM pg_control_system(), pg_database
    WHERE datname = current_database() AND NOT pg_is_in_recovery()"""


@worker_init.connect
def watch(**_signal: Any) -> None:
    """From now on every connection of this process looks, before its first question."""
    connection_created.connect(look, dispatch_uid=__name__)


def look(**_signal: Any) -> None:
    """Enter restore mode where this is not the database that we knew."""
    found = identity()
    known = set(KnownDatabase.objects.values_list("pk", flat=True)) if found else set()
    if found and not known:
        KnownDatabase.objects.get_or_create(identity=found)
    elif found and found not in known:
        with transaction.atomic():
            mode.begin(found)


def identity() -> str:
    """Blank where nothing tells: on SQLite, on a standby, where the server does not say it."""
    if connection.vendor != "postgresql":
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery() OR to_regclass('worker_knowndatabase') IS NULL"
            )
            if cursor.fetchone()[0]:
                return ""
            cursor.execute(ASK)
            return ".".join(map(str, cursor.fetchone()))
    except DatabaseError as trouble:
        log.warning("The database does not tell which it is (%s)", type(trouble).__name__)
        return ""
