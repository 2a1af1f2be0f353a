"""Migrations that the release before can live with, and that nobody has to wait for.

Every rule is shown by a planted migration that breaks it, and by one that does the same rightly.
"""

import importlib
import sys
import textwrap
import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.functions import Length, Now
from django_linear_migrations.apps import check_max_migration_files

from config import concurrently, migration_rules

LOCKS = "Adds something.\n\nLocks: worker_delivery for some milliseconds.\n"
SAY_LIMIT = "SELECT set_config('take_action.patience', current_setting('lock_timeout'), false)"
INDEX = models.Index(fields=["lane"], name="planted")
CHECK = models.CheckConstraint(condition=~models.Q(lane=""), name="planted")


def text(**options):
    return models.CharField(max_length=60, **options)


@pytest.fixture(scope="module")
def models_now():
    return MigrationLoader(None).project_state()


def complaints(state, *operations, text=LOCKS, atomic=True, room="worker"):
    migration = migrations.Migration("9999_planted", room)
    migration.operations, migration.atomic = list(operations), atomic
    known = {("worker", "0009_print_batches"), (room, "9999_planted")}
    return migration_rules.faults_of(migration, state, text=text, known=known)


def test_the_migrations_of_this_house_keep_the_rules():
    assert migration_rules.faults() == []
    assert list(migration_rules.unknown_tables()) == []


BREAKING = {
    "adds a NOT NULL column without a database default": (
        migrations.AddField("delivery", "colour", text(default="")),
        "NOT NULL without a db_default",
    ),
    "adds a column that is computed row by row": (
        migrations.AddField("delivery", "size", text(null=True, db_default=Length("lane"))),
        "computed for every row",
    ),
    "adds a column with an index": (
        migrations.AddField("delivery", "colour", text(null=True, db_index=True)),
        "builds its index while nobody can write",
    ),
    "drops a column": (migrations.RemoveField("delivery", "lane"), "is dropped"),
    "renames a column": (migrations.RenameField("delivery", "lane", "queue"), "is renamed"),
    "moves a column": (
        migrations.AlterField("lane", "opened_because", models.TextField(db_column="why")),
        "moves to another column",
    ),
    "drops a table": (migrations.DeleteModel("Heartbeat"), "table of Heartbeat is dropped"),
    "renames a table": (migrations.RenameModel("Heartbeat", "Pulse"), "Heartbeat is renamed"),
    "moves a table": (migrations.AlterModelTable("Heartbeat", "pulses"), "Heartbeat is renamed"),
    "makes a text shorter": (
        migrations.AlterField("delivery", "lane", models.CharField(max_length=3)),
        "every row is rewritten",
    ),
    "changes a type": (
        migrations.AlterField("delivery", "lane", models.IntegerField()),
        "every row is rewritten",
    ),
    "indexes a column": (
        migrations.AlterField("delivery", "subject", models.TextField(db_index=True)),
        "builds its index while nobody can write",
    ),
    "indexes a big table": (migrations.AddIndex("delivery", INDEX), "AddIndexConcurrently"),
    "indexes concurrently in a transaction": (
        concurrently.AddIndexConcurrently("delivery", INDEX),
        "needs atomic = False",
    ),
    "checks a big table": (migrations.AddConstraint("delivery", CHECK), "AddConstraintNotValid"),
    "makes columns unique together": (
        migrations.AlterUniqueTogether("delivery", {("lane", "state")}),
        "builds an index under a lock",
    ),
    "drops by SQL": (migrations.RunSQL("ALTER TABLE worker_lane DROP COLUMN pace"), "SQL has DROP"),
    "indexes by SQL": (
        migrations.RunSQL("CREATE INDEX planted ON worker_delivery (lane)"),
        "without CONCURRENTLY",
    ),
}


@pytest.mark.parametrize("deed", BREAKING)
def test_a_planted_migration_is_found_that(models_now, deed):
    operation, complaint = BREAKING[deed]

    [found] = complaints(models_now, operation)

    assert found.startswith("worker.9999_planted: ")
    assert complaint in found


def test_a_column_that_begins_to_refuse_null_is_found(models_now):
    state = models_now.clone()
    migrations.AddField("delivery", "colour", text(null=True)).state_forwards("worker", state)

    [found] = complaints(state, migrations.AlterField("delivery", "colour", text()))

    assert "refuses NULL" in found


def test_a_migration_that_does_not_say_what_it_locks_is_found(models_now):
    [found] = complaints(models_now, text="Adds something.\n")

    assert 'no line "Locks: ..."' in found


WELL = {
    "a column that may be empty": [migrations.AddField("delivery", "colour", text(null=True))],
    "a column with a database default": [
        migrations.AddField("delivery", "colour", text(db_default="blue")),
        migrations.AddField("delivery", "seen_at", models.DateTimeField(db_default=Now())),
    ],
    "a longer text": [migrations.AlterField("delivery", "lane", models.CharField(max_length=900))],
    "a text without a limit": [migrations.AlterField("delivery", "lane", models.TextField())],
    "an index on a small table": [
        migrations.AddIndex("lane", models.Index(fields=["wake_at"], name="planted"))
    ],
    "a table of its own, with everything": [
        migrations.CreateModel("Pulse", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("pulse", "lane", text()),
        migrations.AddIndex("pulse", INDEX),
        migrations.AddConstraint("pulse", CHECK),
    ],
    "a check that old rows answer later": [concurrently.AddConstraintNotValid("delivery", CHECK)],
    "an attribute with another name, on the same column": [
        migrations.AlterField("heartbeat", "name", text(db_column="name", primary_key=True)),
        migrations.RenameField("heartbeat", "name", "process"),
    ],
    "what changes the models only": [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("delivery", "lane")]
        )
    ],
}


@pytest.mark.parametrize("deed", WELL)
def test_nothing_is_said_of(models_now, deed):
    assert complaints(models_now, *WELL[deed]) == []


def test_an_index_that_is_built_concurrently_outside_a_transaction_is_well(models_now):
    index = concurrently.AddIndexConcurrently("delivery", INDEX)

    assert complaints(models_now, index, atomic=False) == []


def test_what_an_earlier_migration_let_go_may_be_dropped(models_now):
    drop = migrations.RemoveField("delivery", "lane")
    since = LOCKS + "Unused since: worker.0009_print_batches\n"

    assert complaints(models_now, drop, text=since) == []
    assert complaints(models_now, drop, text=LOCKS + "Unused since: worker.0000_never\n")
    assert complaints(models_now, drop, text=LOCKS + "Unused since: worker.9999_planted\n")


@pytest.fixture
def planted(tmp_path, monkeypatch, settings):
    """Make a package of migrations, and let it be those of the room `demo`, which has none."""
    package = tmp_path / "planted_migrations"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"demo": "planted_migrations"}

    def plant(name, operations="[]", *, after="", atomic=True):
        text = f"""
            from django.db import migrations, models
            from config.concurrently import AddIndexConcurrently

            class Migration(migrations.Migration):
                atomic = {atomic}
                dependencies = [{after}]
                operations = {operations}
        """
        (package / f"{name}.py").write_text(textwrap.dedent(text))
        importlib.invalidate_caches()

    yield plant
    for name in [name for name in sys.modules if name.startswith("planted_migrations")]:
        del sys.modules[name]


def test_two_branches_with_a_migration_each_are_found(planted):
    planted("0001_first")
    planted("0002_here", after="('demo', '0001_first')")
    planted("0002_there", after="('demo', '0001_first')")

    [found] = check_max_migration_files()

    assert "0002_here" in found.msg
    assert "0002_there" in found.msg


@pytest.mark.usefixtures("_servers")
@pytest.mark.django_db(transaction=True)
def test_a_migration_gives_up_a_lock_that_somebody_holds(planted):
    planted("0001_first", "[migrations.RunSQL('ALTER TABLE worker_lane ADD COLUMN planted int')]")
    began = time.monotonic()
    with psycopg.connect(**server(), application_name="a long report") as other:
        other.execute("SELECT count(*) FROM worker_lane")  # and its transaction stays open
        with pytest.raises(CommandError) as refused:
            call_command("migrate", "demo", "--lock-timeout", "0.5", verbosity=0)

    assert time.monotonic() - began < 30
    assert "demo.0001_first waited 0.5 seconds for a lock and gave up" in str(refused.value)
    assert "Nothing of it was done" in str(refused.value)
    assert "a long report" in str(refused.value)
    assert lock_timeout() == "0"


@pytest.mark.usefixtures("_servers")
@pytest.mark.django_db(transaction=True)
def test_a_migration_waits_five_seconds_unless_told_otherwise(planted):
    planted("0001_first", f"[migrations.RunSQL({SAY_LIMIT!r})]")

    call_command("migrate", "demo", verbosity=0)
    call_command("migrate", "demo", "zero", "--fake", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SHOW take_action.patience")
        assert cursor.fetchone() == ("5s",)
    assert lock_timeout() == "0"


def server():
    parameters = connection.get_connection_params()
    return {name: parameters[name] for name in ("dbname", "user", "host", "port")}


def lock_timeout():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("_servers")
@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_left_unfinished_is_built_again(models_now):
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX planted ON worker_lane (name)")
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'planted'::regclass"
        )

    with built_on(connection, models_now), connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'planted'::regclass"
            " AND indrelid = 'worker_delivery'::regclass"
        )
        assert cursor.fetchall() == [(True,)]


def test_an_index_built_concurrently_is_a_plain_one_on_sqlite(models_now, db):
    sqlite = DatabaseWrapper(connection.settings_dict | {"NAME": ":memory:", "OPTIONS": {}})
    state = ProjectState()
    make = migrations.CreateModel(
        "Delivery", [("id", models.BigAutoField(primary_key=True)), ("lane", text())]
    )
    make.state_forwards("worker", state)
    with sqlite.schema_editor() as editor:
        make.database_forwards("worker", editor, ProjectState(), state)

    with built_on(sqlite, state), sqlite.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        assert cursor.fetchall() == [("planted",)]
    sqlite.close()


class built_on:
    """The planted index on worker_delivery, for the time of a with block."""

    def __init__(self, database, state):
        self.database, self.before, self.after = database, state, state.clone()
        self.operation = concurrently.AddIndexConcurrently("delivery", INDEX)
        self.operation.state_forwards("worker", self.after)

    def __enter__(self):
        with self.database.schema_editor(atomic=False) as editor:
            self.operation.database_forwards("worker", editor, self.before, self.after)

    def __exit__(self, *_):
        with self.database.schema_editor(atomic=False) as editor:
            self.operation.database_backwards("worker", editor, self.after, self.before)
