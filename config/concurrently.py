"""What migrations of every room build on: changes to a big table that nobody has to wait for.

On SQLite, where one process writes at a time anyway, each of them is Django's plain operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.contrib.postgres import operations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import AddConstraint

Editor = BaseDatabaseSchemaEditor


class PlainElsewhere(Operation):
    """An operation that only PostgreSQL has; on any other database it is `plain`, or nothing."""

    plain: type[Operation] | None = None

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Editor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        if is_postgresql(schema_editor):
            with self.made_ready(schema_editor):
                super().database_forwards(app_label, schema_editor, from_state, to_state)
        elif self.plain:
            self.plain.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: Editor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        if is_postgresql(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        elif self.plain:
            self.plain.database_backwards(self, app_label, schema_editor, from_state, to_state)

    def made_ready(self, schema_editor: Any) -> AbstractContextManager[None]:
        """What has to be so on PostgreSQL while it goes forwards."""
        return nullcontext()


class AddIndexConcurrently(PlainElsewhere, operations.AddIndexConcurrently):
    """Build an index while rows are written. The migration must say `atomic = False`.

    An index that an earlier try left unfinished (PostgreSQL keeps it, marked invalid) is dropped
    first, so that a failed migration can simply be run again.
    """

    plain = AddIndex

    def made_ready(self, schema_editor: Any) -> AbstractContextManager[None]:
        drop_unfinished(schema_editor, self.index.name)
        return unlimited(schema_editor.connection)


class AddConstraintNotValid(PlainElsewhere, operations.AddConstraintNotValid):
    """Hold new rows to a check at once; old rows are read later, by `ValidateConstraint`."""

    plain = AddConstraint


class ValidateConstraint(PlainElsewhere, operations.ValidateConstraint):
    """Read the old rows while others write. In a migration after the constraint's own."""


def is_postgresql(schema_editor: Editor) -> bool:
    return schema_editor.connection.vendor == "postgresql"


@contextmanager
def unlimited(connection: Any) -> Iterator[None]:
    """Without the lock timeout of `migrate`: a concurrent build waits for every older transaction,
    and blocks nobody meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        limit = cursor.fetchone()[0]
        cursor.execute("SET lock_timeout TO 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [limit])


def drop_unfinished(schema_editor: Any, name: str) -> None:
    """Drop the index `name` if PostgreSQL marks it invalid: a build that was interrupted."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE relname = %s AND NOT indisvalid",
            [name],
        )
        unfinished = cursor.fetchone()
    if unfinished:
        schema_editor.execute(f"DROP INDEX CONCURRENTLY {schema_editor.quote_name(name)}")
