"""After an upgrade that compares names in another way: `rekey_supporters`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from actions import rekeying


class Command(BaseCommand):
    help = (
        "Give supporters the key that their name has today (Lukasz and Łukasz are one), and list"
        " rows that turn out to be one person. Run it once all processes have the new version; it"
        " may be stopped and run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="PK",
            help="go on behind this row, which a run that was stopped has told; without it all",
        )

    def handle(self, *args: object, **options: Any) -> None:
        rekeyed, pairs = 0, []
        for progress in rekeying.rekey(after=options["after"]):
            rekeyed += progress.rekeyed
            pairs += progress.pairs
            self.stdout.write(f"up to row {progress.pk}: {rekeyed} rekeyed")
        waiting = rekeying.rekey_submissions()
        self.stdout.write(f"{rekeyed} supporters and {waiting} waiting submissions rekeyed.")
        for older, younger in dict.fromkeys((pair.older.pk, pair.younger.pk) for pair in pairs):
            self.stdout.write(f"One person: supporter {older}, and later {younger}. To be merged.")
