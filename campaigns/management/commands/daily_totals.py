"""The published daily totals: checked, published now, or taken back in after a restore."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.daily_totals import publishing
from campaigns.daily_totals.chain import BrokenChain


class Command(BaseCommand):
    help = (
        "Check the published daily totals; fails when a line was changed, removed or slipped in."
        " --publish writes yesterday's line now; --take-in FILE puts the lines of a published copy"
        " behind ours, after a restore."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--publish", action="store_true", help="write yesterday's line now")
        parser.add_argument("--take-in", type=Path, metavar="FILE", help="a copy of counts.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["take_in"]:
                lines = options["take_in"].read_text().splitlines()
                self.stdout.write(f"Lines taken in: {publishing.take_back_in(lines)}.")
            number = publishing.verify()
            if options["publish"]:
                row = publishing.publish()
                number += bool(row)
                self.stdout.write(f"Published: {row.line}" if row else "It is published already.")
        except (BrokenChain, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The daily totals are whole: {number} lines.")
