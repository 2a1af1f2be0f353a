"""One new row, by a statement that is spelled once.

For rows that somebody waits for and that are made one at a time: Django takes longer to spell out
an INSERT of forty columns than PostgreSQL to do it.
"""

from __future__ import annotations

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model


def insert(row: Model) -> None:
    """As `bulk_create([row])`: it gets its id, and no signal is sent.

    Not for models that leave a value to the database (a `db_default` without a `default`).
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = row._meta.local_concrete_fields[1:]
    with connection.cursor() as cursor:
        values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
        cursor.execute(statement(type(row), connection.vendor), values)
        [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def statement(model: type[Model], vendor: str) -> str:
    """`vendor`: names are quoted its way."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    key, *others = (quote(field.column or "") for field in model._meta.local_concrete_fields)
    holes = ", ".join(["%s"] * len(others))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(others)})"
    return f"{into} VALUES ({holes}) RETURNING {key}"
