"""Read the rosters anew, as the nightly refresh does, and tell who came and went."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.roster.nightly import lines, loaded_states, refresh_from
from legislators.roster.published import Refused
from legislators.states import STATES, state_code


class Command(BaseCommand):
    help = "Refresh the rosters, not the maps, and print what changed. A failure changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            help="folder in which the published files lie; else they are downloaded",
        )
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            help="only this state; else those loaded before, or all",
        )

    def handle(self, *args: object, **options: Any) -> None:
        states = [state_code(written) or written for written in options["state"]] or loaded_states()
        unknown = [state for state in states if state not in STATES]
        if unknown:
            raise CommandError(f"No such state: {', '.join(unknown)}")
        try:
            summary, reports = refresh_from(options["folder"], states, self.stdout.write)
        except Refused as refusal:
            raise CommandError(f"Refused; nothing was changed.\n  {refusal}") from refusal
        for line in [
            *summary.lines,
            *(f"{reject.row}: {reject.reason}" for reject in summary.rejected),
        ]:
            self.stdout.write(line)
        for line in (line for report in reports for line in lines(report)):
            self.stdout.write(line)
        if not reports:
            self.stdout.write("Nothing changed.")
