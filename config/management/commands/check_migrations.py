"""Finds migrations that the release before could not live with, or that keep people waiting."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import migration_rules


class Command(BaseCommand):
    help = "Look whether new migrations only add, lock nothing for long, and say what they lock."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [
            *migration_rules.faults(),
            *(f"SMALL_TABLES: no model {name}" for name in migration_rules.unknown_tables()),
        ]
        if faults:
            raise CommandError("\n".join(faults))
