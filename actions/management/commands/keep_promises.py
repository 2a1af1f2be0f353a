"""manage.py keep_promises: what the night takes out, now; or only told."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actions.erasing import promised


class Command(BaseCommand):
    help = (
        "Take out what people wrote in campaigns whose promised time is over. The night does it by"
        " itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say whose, by campaign")

    def handle(self, *args: Any, **options: Any) -> None:
        for campaign, people in promised.tonight().items():
            self.stdout.write(f"{campaign.slug}: {people} people")
        if not options["dry_run"]:
            self.stdout.write(f"{promised.keep_promises()} actions are only a count now.")
