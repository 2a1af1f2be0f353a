from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.bills.importing.keep import ADD, CHANGE, WRONG, keep, look, read
from campaigns.bills.importing.published import BadFile

AUTHOR = "take-action"


class Command(BaseCommand):
    help = (
        "Add bills from a CSV table or Open States' JSON, or bring known ones up to date. Says what"
        " it would do, row by row; --keep does it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keep", action="store_true", help="do it, not only say it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bills = read(options["file"].read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, BadFile) as error:
            raise CommandError(str(error)) from error
        rows = (keep if options["keep"] else look)(bills, author=AUTHOR)
        for row in rows:
            said = [*row.bill.errors, *row.doubts]
            # What is as it was, and sure, would only fill the screen.
            if said or row.deed in (ADD, CHANGE):
                name = f"{row.bill.jurisdiction} {row.bill.identifier}".strip()
                self.stdout.write(f"{row.number}. {name}: {row.deed}")
                self.stdout.writelines(f"   {line}" for line in said)
        numbers = {deed: sum(row.deed == deed for row in rows) for deed in (ADD, CHANGE, WRONG)}
        self.stdout.write(", ".join(f"{deed}: {number}" for deed, number in numbers.items()))
        if not options["keep"]:
            self.stdout.write("Nothing is kept yet: --keep does it.")
