"""After a restore: what the relay took since the backup is not sent again."""

import gzip
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from worker.restoring import mode, relay
from worker.restoring.settling import settle, told


class Command(BaseCommand):
    help = (
        "After a restore: reads the relay's logs (Postfix's, also packed, or a Message-ID a line)"
        " and notes what had left. What is in none of them is then in doubt and does not leave,"
        " unless you say that they are all there is (--complete). Without --really it only counts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("logs", nargs="*", type=Path, help="From before the backup to the loss")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="These are the logs of every relay, from before the backup to the end",
        )
        parser.add_argument("--lost", type=Path, help="Write what is lost to this new file")
        parser.add_argument("--really", action="store_true", help="Not only a dry run")

    def handle(self, *args: Any, **options: Any) -> None:
        restore = mode.current()
        if restore is None:
            raise CommandError("This is no restored database: restore_mode says more.")
        now, logs = timezone.now(), options["logs"]
        try:
            found = relay.read(lines_of(logs), now)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.say_span(found, restore.moment)
        is_late = found.begins > restore.moment if found.begins else not found.messages
        if options["complete"] and is_late:
            raise CommandError(
                f"The backup knew what happened until {told(restore.moment)}, and no log here"
                " begins before that: --complete would send what may have left."
            )
        settled = settle(
            found,
            lines_of(logs),
            restore,
            is_complete=options["complete"],
            really=options["really"],
        )
        account = (
            f"The relay took {settled.taken} messages of ours: {settled.sent} of them were not"
            f" known to have left, {len(settled.lost)} since the backup are of no row here."
            f" In doubt: {settled.in_doubt}; no longer: {settled.again}. May leave: {settled.stay}."
        )
        self.stdout.write(account)
        if options["lost"]:
            write_lost(options["lost"], settled.lost)
        if not options["really"]:
            self.stdout.write("That was a dry run. For real: --really")
            return
        mode.note(account, settled_at=now)

    def say_span(self, found: relay.TakenByRelay, moment: Any) -> None:
        if found.begins and found.ends:
            self.stdout.write(f"The logs say {told(found.begins)} to {told(found.ends)}.")
        self.stdout.write(f"The backup knew what happened until {told(moment)}.")


def lines_of(logs: list[Path]) -> Iterator[str]:
    return chain.from_iterable(lines_of_one(path) for path in logs)


def lines_of_one(path: Path) -> Iterator[str]:
    open_it = gzip.open if path.suffix == ".gz" else open
    with open_it(path, "rt", errors="replace") as lines:
        yield from lines


def write_lost(path: Path, lost: dict[str, str]) -> None:
    """Message-ID and recipient, for whoever tells people: readable to its owner alone."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{mid} {to}\n" for mid, to in sorted(lost.items()))
