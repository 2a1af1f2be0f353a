"""Load real rosters, maps and ZIP crosswalks, from the places that publish them or from a
folder.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legislators.downloading import download
from legislators.loading import load
from legislators.models import maps_in_force
from legislators.roster.published import Refused, Summary
from legislators.states import STATES, state_code
from legislators.streetfile.build import Wanted, build_streets
from legislators.streetfile.loading import SUFFIX, load_streets, take_in_streets

PARTS = ("rosters", "maps", "streets")


class Command(BaseCommand):
    help = (
        "Load rosters, maps and ZIP crosswalks: downloaded from their official places, or from a"
        " folder. Safe to run twice; a failure or Ctrl-C changes nothing, and a download goes on"
        " where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            help="folder in which the published files lie; else they are downloaded",
        )
        parser.add_argument(
            "--ranges",
            action="store_true",
            help=(
                "instead: address ranges (ADDRFEAT) of the states named, and in a folder known"
                " points"
            ),
        )
        parser.add_argument(
            "--streets",
            action="store_true",
            help="instead: only the finished street file (STREETS_URL, or in the folder)",
        )
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            help="only this state (MD, Maryland); may be repeated",
        )

    def handle(self, *args: object, **options: Any) -> None:
        self._load(options)
        self._remove_old_ranges(settings.VAR_DIR / "ranges")

    def _load(self, options: dict[str, Any]) -> None:
        started, states = time.monotonic(), _states(options["state"])
        try:
            if options["ranges"]:
                self._load_ranges(options["folder"] or self._download(states, ["ranges"]), states)
                return
            if options["streets"]:
                self._load_streets(options["folder"] or self._download(states, ["streets"]), states)
                return
            folder = options["folder"] or self._download(states, PARTS)
            summary = load(folder, states, self.stdout.write)
        except Refused as refusal:
            raise CommandError(f"Refused; nothing was changed.\n  {refusal}") from refusal
        except KeyboardInterrupt:
            raise CommandError("Stopped; nothing was changed.", returncode=130) from None
        # Rosters and maps stand from here on, whatever becomes of the streets.
        self._tell(summary, time.monotonic() - started)
        try:
            self._load_streets(folder, states)
        except Refused as refusal:
            raise CommandError(
                f"Rosters and maps are loaded; the streets are refused.\n  {refusal}"
            ) from refusal

    def _load_streets(self, folder: Path, states: list[str]) -> None:
        """The finished file, after the maps that it is laid on."""
        for path in sorted(folder.rglob(f"*{SUFFIX}"))[-1:]:
            load_streets(path, states, say=self.stdout.write)

    def _load_ranges(self, folder: Path, states: list[str]) -> None:
        """Streets made here, of published ranges and points, beside those made here before."""
        today = timezone.localdate()
        wanted = Wanted(folder, states, maps_in_force(today), f"Streets of {today}", adds=True)
        built = build_streets(wanted, settings.VAR_DIR / "streets" / "parts", say=self.stdout.write)
        take_in_streets("made here", built.streets, built.names, say=self.stdout.write)

    def _remove_old_ranges(self, folder: Path) -> None:
        """What releases before the street file read instead of it: nothing reads it any more."""
        gone = [*folder.glob("*.sqlite3"), *folder.glob("places.db")]
        for path in gone:
            path.unlink()
        if gone:
            self.stdout.write(f"Removed {len(gone)} files of an earlier release in {folder}")

    def _download(self, states: list[str], parts: Sequence[str]) -> Path:
        folder = settings.VAR_DIR / "data"
        self.stdout.write(f"Downloading into {folder} ...")
        download(folder, states, parts, say=self.stdout.write)
        return folder

    def _tell(self, summary: Summary, seconds: float) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nLoaded in {seconds:.0f} s."))
        for line in summary.lines:
            self.stdout.write(f"  {line}")
        self.stdout.write(
            f"  {len(summary.rejected)} rows refused" + (":" if summary.rejected else "")
        )
        for reject in summary.rejected:
            self.stdout.write(f"    {reject.row}: {reject.reason}")


def _states(written: list[str]) -> list[str]:
    codes = [state_code(each) or each for each in written]
    unknown = [code for code in codes if code not in STATES]
    if unknown:
        raise CommandError(f"No such state: {', '.join(unknown)}")
    return codes
