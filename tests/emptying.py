"""Puts the database back as the migrations left it, after a test with real transactions.

Django would TRUNCATE, which makes new files for every table and index of the house, and write what
migrations wrote row by row from JSON: half a second of a processor, where a test has filled few
tables. Here all of it is one statement. Elsewhere than on PostgreSQL it stays as Django does it.
"""

from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

# Waits, as TRUNCATE does, for whoever is still writing. No trigger is asked: everything goes.
PUT_BACK = """
DO $$
DECLARE emptied regclass;
BEGIN
    LOCK TABLE {tables} IN EXCLUSIVE MODE;
    SET LOCAL session_replication_role = replica;
    FOREACH emptied IN ARRAY ARRAY[{names}]::regclass[] LOOP
        EXECUTE format('DELETE FROM %s', emptied);
    END LOOP;
    {refills}
END $$"""


def remember():
    """Keep a copy of every row that is there now, and from now on put exactly these back.

    Returns nothing; for the whole process, whichever connection empties.
    """
    refills = " ".join(keep("kept"))

    def sql_flush(self, style, tables, **_options):
        quoted = [self.quote_name(table) for table in tables]
        names = ", ".join(f"'{name}'" for name in quoted)
        return [PUT_BACK.format(tables=", ".join(quoted), names=names, refills=refills)]

    DatabaseOperations.sql_flush = sql_flush
    # It would look whether permissions and content types are there: they are.
    flush.emit_post_migrate_signal = lambda *args, **options: None


def keep(schema):
    """Copy every row that is there now into tables of this new schema.

    The statements that put them back into empty tables.
    """
    quoted = connection.ops.quote_name
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
        filled = [table for table in tables if has_rows(cursor, quoted(table))]
        for table in map(quoted, filled):
            cursor.execute(f"CREATE TABLE {schema}.{table} AS TABLE {table}")
    return [f"INSERT INTO {table} SELECT * FROM {schema}.{table};" for table in map(quoted, filled)]


def put_in(refills):
    """In place of the rows that migrations wrote, what `keep` has copied; numbers go on as before."""
    names = [statement.split()[2] for statement in refills]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")
        for statement in refills:
            cursor.execute(statement)


def has_rows(cursor, table):
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
    return cursor.fetchone()[0]


def settle():
    """After much was written in a transaction that stays open, for the tests inside it.

    Rows are counted: nobody else sees them, and PostgreSQL would plan for empty tables. And foreign
    keys are checked once: else each test does it again for all rows, at its end. Counted first,
    for a key is looked for row by row where the plan is one for a table that was empty.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.check_constraints()
