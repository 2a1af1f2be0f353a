"""What PostgreSQL writes into a log of its own, which no formatter of ours keeps people out of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections

# Each with what it must be for our user, so that no statement, and no value of a row, is written
# down: statements carry whole letters.
QUIET = {
    "log_min_error_statement": ("log", "fatal", "panic"),
    "log_error_verbosity": ("terse",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
}


@register(Tags.database)
def its_log_is_discreet(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """For `manage.py migrate` and `manage.py check --database default`."""
    return [
        Warning(
            "When a statement fails, as on a full disk, PostgreSQL writes it into its log, with the"
            " letter in it.",
            hint="As its superuser: " + " ".join(what_to_set(alias)),
            id="config.W001",
        )
        for alias in databases or []
        if what_to_set(alias)
    ]


def what_to_set(alias: str) -> list[str]:
    """Statements for a superuser; [] where the log is discreet, or there is none (SQLite)."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, setting, current_user FROM pg_settings WHERE name = ANY(%s)"
                " ORDER BY name",
                [list(QUIET)],
            )
            found = cursor.fetchall()
    except DatabaseError:  # whoever needs it says so
        return []
    return [
        f"ALTER ROLE \"{user}\" SET {name} = '{QUIET[name][-1]}';"
        for name, value, user in found
        if value not in QUIET[name]
    ]
