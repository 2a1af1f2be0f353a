"""Whether this database is a restored one, and ending that."""

import datetime as dt
import getpass
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from worker.restoring import mode
from worker.restoring.identity import identity, look


class Command(BaseCommand):
    help = (
        "Says whether restore mode is on: reads are served, nothing leaves, nothing new is taken"
        " in. It begins by itself on a restored PostgreSQL."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_mutually_exclusive_group()
        deeds.add_argument("--begin", action="store_true", help="Begin it by hand, as on SQLite")
        deeds.add_argument("--end", metavar="WHY", help="After settle_restored and replay_journal")
        deeds.add_argument(
            "--nothing-was-lost",
            metavar="WHY",
            help="End it without either: everything was stopped before it was copied",
        )
        parser.add_argument("--moment", type=time_with_zone, help="What the backup knew last")

    def handle(self, *args: Any, **options: Any) -> None:
        look()
        if options["begin"]:
            mode.begin(identity() or f"by hand {uuid.uuid4().hex}", moment=options["moment"])
        why = options["end"] or options["nothing_was_lost"]
        if why:
            try:
                mode.end(
                    by=getpass.getuser(),
                    reason=why[:200],
                    nothing_was_lost=bool(options["nothing_was_lost"]),
                )
            except mode.NotYet as not_yet:
                raise CommandError(str(not_yet)) from not_yet
        self.tell()

    def tell(self) -> None:
        restore = mode.current()
        if restore is None:
            self.stdout.write("Restore mode is off.")
            return
        self.stdout.write(
            f"Restore mode is on since {restore.found_at:%Y-%m-%d %H:%M:%S %Z}. The backup knew"
            f" what happened until {restore.moment:%Y-%m-%d %H:%M:%S %Z}."
        )
        self.stdout.write(restore.account.rstrip())
        steps = {"settle_restored": restore.settled_at, "replay_journal": restore.replayed_at}
        for step, done_at in steps.items():
            self.stdout.write(f"  {step}: {'done' if done_at else 'not yet'}")


def time_with_zone(text: str) -> dt.datetime:
    at = parse_datetime(text)
    if at is None:
        raise ValueError(text)
    return at if at.tzinfo else timezone.make_aware(at)
