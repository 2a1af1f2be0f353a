"""What a migration may do to a database that the release before is still using.

While a new version is rolled out, the old one reads and writes the new tables. So a migration only
adds; and it keeps nobody waiting who writes to a big table. CONTRIBUTING.md has the recipes;
measured stalls of a million rows stand in docs/safety.md (3.3).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db.migrations import Migration
from django.db.migrations import operations as django
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Expression, Field, GeneratedField, Value
from django.db.models.fields import NOT_PROVIDED
from django.db.models.functions import Now

# The last migration of each room that was made before these rules: it and its elders are exempt.
EXEMPT_UP_TO = {
    "accounts": "0003_audit_chain",
    "actions": "0008_letters_of_an_office",
    "campaigns": "0002_topic_for_congress",
    "desk": "0004_replays",
    "legislators": "0007_contacts_typed_here",
    "supporters": "0002_prefix",
    "worker": "0011_print_items_go_with_their_letters",
}

# Thousands of rows at most, whatever the campaign: a plain index or constraint takes milliseconds.
SMALL_TABLES = {
    "accounts.user",
    "accounts.audithead",
    "actions.ladder",
    "campaigns.ask",
    "campaigns.askwords",
    "campaigns.bill",
    "campaigns.billsponsor",
    "campaigns.billstage",
    "campaigns.brand",
    "campaigns.campaign",
    "campaigns.campaignbill",
    "campaigns.campaignwords",
    "campaigns.carry",
    "campaigns.change",
    "campaigns.issue",
    "campaigns.issuewords",
    "campaigns.petitiontext",
    "campaigns.targetrule",
    "desk.export",
    "desk.resend",
    "desk.verdict",
    "legislators.edition",
    "legislators.jurisdiction",
    "legislators.source",
    "worker.congressoffice",
    "worker.heartbeat",
    "worker.hold",
    "worker.lane",
    "worker.printbatch",
}

LOCKS = re.compile(r"^Locks: \S.{5,}", re.MULTILINE)
UNUSED = re.compile(r"^Unused since: (\w+)\.(\w+)", re.MULTILINE)
SQL_TAKES_AWAY = re.compile(r"\b(DROP|RENAME|SET NOT NULL)\b", re.IGNORECASE)
SQL_PLAIN_INDEX = re.compile(r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)", re.IGNORECASE)
CONCURRENT = (postgres.AddIndexConcurrently, postgres.AddConstraintNotValid)


def faults() -> list[str]:
    """What is wrong with the migrations made since these rules, a sentence each; none is well."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found: list[str] = []
    state = ProjectState()
    for label, name in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):  # type: ignore[attr-defined]
        migration = loader.disk_migrations[label, name]
        if is_ruled(label, name):
            text = sys.modules[type(migration).__module__].__doc__ or ""
            found += faults_of(migration, state, text=text, known=set(loader.disk_migrations))
        state = migration.mutate_state(state, preserve=False)
    return found


def is_ruled(label: str, name: str) -> bool:
    """Whether a migration is one of ours that came after the rules."""
    ours = label in EXEMPT_UP_TO or label in {"api", "config", "demo"}
    return ours and name > EXEMPT_UP_TO.get(label, "")


def faults_of(
    migration: Migration, state: ProjectState, *, text: str, known: set[tuple[str, str]]
) -> list[str]:
    """What is wrong with one migration, applied to `state`; `text` is its module's docstring and
    `known` every migration there is.
    """
    label = migration.app_label
    look = Look(migration, state.clone(), excused=is_excused(migration, text, known))
    for operation in migration.operations:
        look.at(operation)
    if not LOCKS.search(text):
        look.complain(
            'its docstring has no line "Locks: ...", which says whom it keeps waiting, and how long'
        )
    return [f"{label}.{migration.name}: {complaint}" for complaint in look.complaints]


def is_excused(migration: Migration, text: str, known: set[tuple[str, str]]) -> bool:
    """Whether the docstring names an earlier migration since which the code does without what this
    one takes away ("Unused since: worker.0012_forget_the_key").
    """
    named = UNUSED.search(text)
    if not named:
        return False
    earlier = (named[1], named[2])
    return earlier in known and earlier != (migration.app_label, migration.name)


class Look:
    """One migration under the eye: the state of the models before its next operation, the models
    that it made itself, and what was found.
    """

    def __init__(self, migration: Migration, state: ProjectState, *, excused: bool):
        self.label = migration.app_label
        self.atomic = migration.atomic
        self.state = state
        self.excused = excused
        self.made: set[str] = set()
        self.complaints: list[str] = []

    def complain(self, sentence: str) -> None:
        self.complaints.append(sentence)

    def takes_away(self, what: str) -> None:
        """Complain about what the release before would miss, unless an earlier migration let go."""
        if not self.excused:
            self.complain(
                f"{what}, which the release before still uses. Let the code go first (a state-only"
                ' migration), and name it later: "Unused since: room.0012_name"'
            )

    def stands(self, model: str) -> bool:
        """Whether a model is of before this migration: a new table has no rows and no readers."""
        return model.lower() not in self.made

    def is_big(self, model: str) -> bool:
        return self.stands(model) and f"{self.label}.{model.lower()}" not in SMALL_TABLES

    def at(self, operation: Operation) -> None:
        """Look at one operation, then move the state on. What only changes the state of the models
        touches no table, and is not looked at.
        """
        if isinstance(operation, django.SeparateDatabaseAndState):
            before = self.state.clone()
            for inner in operation.database_operations:
                self.at(inner)
            self.state = before
        else:
            for kind, look in LOOKS.items():
                if isinstance(operation, kind):
                    look(self, operation)
        operation.state_forwards(self.label, self.state)

    def field(self, model: str, name: str) -> Any:
        return self.state.models[self.label, model.lower()].fields[name]


def look_at_new_model(look: Look, operation: django.CreateModel) -> None:
    look.made.add(operation.name.lower())


def look_at_new_field(look: Look, operation: django.AddField) -> None:
    field, name = operation.field, f"{operation.model_name}.{operation.name}"
    if not look.stands(operation.model_name) or field.many_to_many:
        return
    default = getattr(field, "db_default", NOT_PROVIDED)
    if not field.null and default is NOT_PROVIDED and not isinstance(field, GeneratedField):
        look.complain(
            f"{name} is NOT NULL without a db_default: the release before could add no row"
        )
    computed = isinstance(default, Expression) and not isinstance(default, Value | Now)
    if computed or isinstance(field, GeneratedField):
        look.complain(f"{name} is computed for every row while the table is locked")
    look_at_index_of_field(look, operation.model_name, operation.name, field)


def look_at_index_of_field(look: Look, model: str, name: str, field: Any) -> None:
    if look.is_big(model) and (field.db_index or field.unique):
        look.complain(
            f"{model}.{name} builds its index while nobody can write: db_index=False, and"
            " config.concurrently.AddIndexConcurrently in a migration of its own"
        )


def look_at_changed_field(look: Look, operation: django.AlterField) -> None:
    model, name, new = operation.model_name, operation.name, operation.field
    if not look.stands(model):
        return
    old = look.field(model, name)
    if column(old, name) != column(new, name):
        look.takes_away(f"{model}.{name} moves to another column")
    if old.null and not new.null:
        look.takes_away(f"{model}.{name} refuses NULL")
    if is_rewritten(old, new):
        look.complain(f"{model}.{name} changes its type: every row is rewritten under a lock")
    if not (old.db_index or old.unique) or (new.unique and not old.unique):
        look_at_index_of_field(look, model, name, new)


def column(field: Field[Any, Any], name: str) -> str:
    points = field.remote_field and not field.many_to_many
    return field.db_column or (f"{name}_id" if points else name)


def is_rewritten(old: Field[Any, Any], new: Field[Any, Any]) -> bool:
    """Whether PostgreSQL would touch every row: not for a longer text, or one without a limit."""
    if is_text(old) and is_text(new):
        return (new.max_length or sys.maxsize) < (old.max_length or sys.maxsize)
    return old.get_internal_type() != new.get_internal_type()


def is_text(field: Field[Any, Any]) -> bool:
    kind = field.get_internal_type()
    return kind == "TextField" or (kind.endswith("Field") and field.max_length is not None)


def look_at_lost_field(look: Look, operation: django.RemoveField) -> None:
    look.takes_away(f"{operation.model_name}.{operation.name} is dropped")


def look_at_renamed_field(look: Look, operation: django.RenameField) -> None:
    # With db_column only the attribute has another name; the column stays.
    if not look.field(operation.model_name, operation.old_name).db_column:
        look.takes_away(f"{operation.model_name}.{operation.old_name} is renamed")


def look_at_lost_model(look: Look, operation: django.DeleteModel) -> None:
    look.takes_away(f"the table of {operation.name} is dropped")


def look_at_renamed_model(look: Look, operation: django.RenameModel) -> None:
    if not look.state.models[look.label, operation.old_name.lower()].options.get("db_table"):
        look.takes_away(f"the table of {operation.old_name} is renamed")


def look_at_renamed_table(look: Look, operation: django.AlterModelTable) -> None:
    name = operation.name.lower()
    old = look.state.models[look.label, name].options.get("db_table") or f"{look.label}_{name}"
    if (operation.table or f"{look.label}_{name}") != old:
        look.takes_away(f"the table of {operation.name} is renamed")


def look_at_index(look: Look, operation: django.AddIndex) -> None:
    name = operation.index.name
    if isinstance(operation, CONCURRENT):
        if look.atomic:
            look.complain(f"the index {name} is built concurrently: that needs atomic = False")
    elif look.is_big(operation.model_name):
        look.complain(
            f"the index {name} is built while nobody can write: use"
            " config.concurrently.AddIndexConcurrently, and atomic = False"
        )


def look_at_constraint(look: Look, operation: django.AddConstraint) -> None:
    if not isinstance(operation, CONCURRENT) and look.is_big(operation.model_name):
        look.complain(
            f"the constraint {operation.constraint.name} reads every row under a lock: use"
            " config.concurrently.AddConstraintNotValid, and ValidateConstraint a migration later"
        )


def look_at_together(look: Look, operation: Any) -> None:
    if look.is_big(operation.name) and operation.option_value:
        look.complain(f"{operation.name}.{operation.option_name} builds an index under a lock")


def look_at_sql(look: Look, operation: django.RunSQL) -> None:
    sql = str(operation.sql)
    if found := SQL_TAKES_AWAY.search(sql):
        look.takes_away(f"its SQL has {found[0].upper()}")
    if SQL_PLAIN_INDEX.search(sql):
        look.complain("its SQL builds an index without CONCURRENTLY")


LOOKS: dict[type[Operation], Callable[[Look, Any], None]] = {
    django.CreateModel: look_at_new_model,
    django.AddField: look_at_new_field,
    django.AlterField: look_at_changed_field,
    django.RemoveField: look_at_lost_field,
    django.RenameField: look_at_renamed_field,
    django.DeleteModel: look_at_lost_model,
    django.RenameModel: look_at_renamed_model,
    django.AlterModelTable: look_at_renamed_table,
    django.AddIndex: look_at_index,
    django.AddConstraint: look_at_constraint,
    django.AlterUniqueTogether: look_at_together,
    django.AlterIndexTogether: look_at_together,
    django.RunSQL: look_at_sql,
}


def unknown_tables() -> Iterator[str]:
    """Names in SMALL_TABLES that no model has: a rename forgot them here."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    models = loader.project_state().models
    yield from (name for name in sorted(SMALL_TABLES) if tuple(name.split(".")) not in models)
