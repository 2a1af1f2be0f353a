"""The database of a run: of the same kind and settings as the real one, and what stands in it."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_database(also=""):
    """Made for this run and gone after it; whatever asks django.db meanwhile asks this one.

    `also` ends its name, where a run has several.
    """
    from django.db import connection

    is_server = connection.vendor == "postgresql"
    real = connection.settings_dict["NAME"]
    # A file of SQLite lies beside the real one, so that it is on the same disk.
    beside = None if is_server else Path(real).parent
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        name = f"bench_{os.getpid()}{also}" if is_server else f"{folder}/bench.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)


def empty_the_outboxes():
    """Ours and django-post_office's."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE worker_delivery, post_office_email CASCADE")


def settle_down():
    """What was written before the clock starts is on disk and counted before it starts."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in (
            "VACUUM ANALYZE worker_delivery",
            "VACUUM ANALYZE post_office_email",
            "CHECKPOINT",
        ):
            cursor.execute(statement)


def describe():
    """What the rates depend on, for the first line of a report."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'),"
            " current_setting('synchronous_commit')"
        )
        return "PostgreSQL {}, fsync={}, synchronous_commit={}".format(*cursor.fetchone())
