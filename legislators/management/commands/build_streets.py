"""Make the nation's street file, or a state's, from the Census' county files and known points."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legislators.downloading import download
from legislators.models import maps_in_force
from legislators.roster.published import Refused
from legislators.states import STATES, state_code
from legislators.streetfile.build import Wanted, build_streets
from legislators.streetfile.loading import NAMES_SUFFIX, SUFFIX


class Command(BaseCommand):
    help = (
        "Make a street file and its names from published address ranges (ADDRFEAT) and known"
        " points, on the maps loaded here. Stopped halfway, the next call goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="the file to write, such as 2026.streets")
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
            help="only this state (MD, Maryland); may be repeated",
        )
        parser.add_argument(
            "--on",
            type=dt.date.fromisoformat,
            help="lay them on the maps of this day, from which the file counts; else of today",
        )
        parser.add_argument(
            "--work",
            type=Path,
            help="folder of the parts that are done; else one under VAR_DIR",
        )
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: object, **options: Any) -> None:
        started, target = time.monotonic(), options["target"].with_suffix(SUFFIX)
        try:
            built = build_streets(
                self._wanted(options),
                options["work"] or settings.VAR_DIR / "streets" / "parts",
                jobs=options["jobs"],
                say=self.stdout.write,
            )
        except Refused as refusal:
            raise CommandError(f"Refused; no file was written.\n  {refusal}") from refusal
        except KeyboardInterrupt:
            raise CommandError("Stopped; what is done is kept.", returncode=130) from None
        spelled = target.with_suffix(NAMES_SUFFIX)
        for path, content in ((target, built.streets), (spelled, built.names)):
            path.write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            self.stdout.write(f"{path.name}: {len(content):,} bytes, sha256={digest}")
        self.stdout.write(
            self.style.SUCCESS(
                f"{built.rows:,} streets of ZIP codes, {built.crossing:,} near a line;"
                f" {built.houses:,} houses held against the maps;"
                f" {time.monotonic() - started:.0f} s."
            )
        )

    def _wanted(self, options: dict[str, Any]) -> Wanted:
        states = [_code(each) for each in options["state"]]
        folder = options["folder"]
        if folder is None:
            folder = settings.VAR_DIR / "data"
            download(folder, states or list(STATES), ["ranges"], say=self.stdout.write)
        on = options["on"] or timezone.localdate()
        maps = maps_in_force(on)
        if not any(edition.index_sha256 for edition, _ in maps):
            raise CommandError("There are no maps to lay streets on: load_data brings them in.")
        return Wanted(folder, states, maps, options["target"].stem)


def _code(written: str) -> str:
    code = state_code(written) or written
    if code not in STATES:
        raise CommandError(f"No such state: {written}")
    return code
