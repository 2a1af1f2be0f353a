"""What the relay knows about our letters, from its log."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from worker.inbound.relay_log import not_in, take_in_log
from worker.models import Delivery, State


class Command(BaseCommand):
    help = (
        "Read Postfix's log: letters in doubt that it passed on are settled, bounces end theirs."
        " The same log twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="the log, or - (the default) for standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        in_doubt = Delivery.objects.filter(state=State.UNCERTAIN)
        before = in_doubt.count()
        try:
            summary = (
                take_in_log(sys.stdin) if options["file"] == "-" else self.read(options["file"])
            )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        if summary.begins is None:
            raise CommandError("No line of Postfix's in it.")
        span = f"From {summary.begins:%Y-%m-%d %H:%M} to {summary.ends:%Y-%m-%d %H:%M}"
        self.stdout.write(f"{span}: {len(summary.seen)} messages of ours.")
        self.stdout.write(f"In doubt: {before} letters before, {in_doubt.count()} now.")
        for row in not_in(summary):
            self.stdout.write(
                f"  not in this log: {row.message_id} to {row.recipient}, in doubt since"
                f" {row.settled_at:%Y-%m-%d %H:%M}"
            )

    def read(self, path: str) -> Any:
        with open(path, errors="replace") as lines:
            return take_in_log(lines)
