"""Django's `migrate`, with a limit on how long a migration may wait for a lock.

A migration that waits for a table makes everybody queue behind it who wants that table next. Better
that it gives up, and is run again in a quieter minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations import Migration

from config.copied_fields import copied_fields

LOCK_NOT_AVAILABLE = "55P03"
OLDEST = """
    SELECT pid, coalesce(nullif(application_name, ''), usename),
           extract(epoch FROM now() - xact_start)
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
    ORDER BY xact_start LIMIT 3
"""


class Command(migrate.Command):
    at_work: Migration | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=float,
            default=settings.MIGRATE_LOCK_TIMEOUT_S,
            metavar="SECONDS",
            help="Give up when a lock is not to be had in time (PostgreSQL); 0: wait for ever.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = self.waiting_at_most(options["lock_timeout"], connections[options["database"]])
        with copied_fields(), waiting:
            super().handle(*args, **options)

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        if action in {"apply_start", "unapply_start"}:
            self.at_work = migration
        super().migration_progress_callback(action, migration, fake)

    @contextmanager
    def waiting_at_most(self, seconds: float, connection: Any) -> Iterator[None]:
        """Set PostgreSQL's lock_timeout for this session, and put it back; elsewhere do nothing.

        Raises CommandError, with whom to look at, when the time is up.
        """
        if connection.vendor != "postgresql":
            yield
            return
        set_lock_timeout(connection, f"{seconds * 1000:.0f}ms")
        try:
            yield
        except OperationalError as trouble:
            if getattr(trouble.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            raise CommandError(self.explanation(seconds, connection)) from trouble
        finally:
            if not connection.in_atomic_block:
                set_lock_timeout(connection, "DEFAULT")

    def explanation(self, seconds: float, connection: Any) -> str:
        undone = "Nothing of it was done"
        if self.at_work and not self.at_work.atomic:
            undone = "What it had finished stays"
        return (
            f"{self.at_work or 'A migration'} waited {seconds:g} seconds for a lock and gave up, so"
            f" that nobody has to wait behind it. {undone}. {oldest_transactions(connection)}"
            " Run migrate again when they have ended, or with a longer --lock-timeout."
        )


def set_lock_timeout(connection: Any, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout TO {value if value == 'DEFAULT' else repr(value)}")


def oldest_transactions(connection: Any) -> str:
    """Who may hold the lock, in a sentence: process, program and age; never their queries, which
    may hold people's data.
    """
    with connection.cursor() as cursor:
        cursor.execute(OLDEST)
        found = [f"process {pid} ({name}, {age:.0f} s)" for pid, name, age in cursor.fetchall()]
    return f"The oldest open transactions: {', '.join(found) or 'none any more'}."
