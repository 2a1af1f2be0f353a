"""manage.py replay_journal: what was taken back since the dump is taken back again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actions.replaying import Became, replay
from supporters.journal import Deed
from supporters.journal.reading import read_all
from worker.restoring import mode


class Command(BaseCommand):
    help = (
        "After a restore: does again what the journals say was done (erasures, withdrawals, ended"
        " consents ...). Without --really it only counts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folders", nargs="*", type=Path, help="Journals of all machines; else JOURNAL_DIR"
        )
        parser.add_argument("--really", action="store_true", help="Not only a dry run")

    def handle(self, *args: Any, **options: Any) -> None:
        folders = options["folders"] or [Path(settings.JOURNAL_DIR)]
        if missing := [folder for folder in folders if not folder.is_dir()]:
            raise CommandError(f"There is no folder {missing[0]}.")
        journal = read_all(*folders)
        counts = replay(journal.lines, dry_run=not options["really"])
        for deed in Deed:
            said = [f"{counts[deed, became]} {became.value}" for became in Became]
            told = [text for text in said if not text.startswith("0 ")]
            if told:
                self.stdout.write(f"{deed.label}: {', '.join(told)}")
        self.stdout.write(f"{len(journal.lines)} lines read, {journal.torn} torn at their end.")
        if journal.damaged:
            raise CommandError(
                f"{len(journal.damaged)} lines cannot be read (another HASH_KEY, or damaged):"
                f" {', '.join(journal.damaged[:5])}"
            )
        if options["really"]:
            done = sum(n for (_deed, became), n in counts.items() if became == Became.DONE)
            read = f"{len(journal.lines)} lines read, {done} done again."
            mode.note(f"The journal: {read}", replayed_at=timezone.now())
        else:
            self.stdout.write("That was a dry run. For real: replay_journal --really")
