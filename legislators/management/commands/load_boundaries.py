"""Load one boundary file as a new edition."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.maps.importing import Wanted, import_edition
from legislators.models import Layer
from legislators.roster.published import Refused
from legislators.states import state_code


class Command(BaseCommand):
    help = (
        "Load a boundary file (Census shapefile zip, GeoJSON, TopoJSON; plain or compressed) as an"
        " edition. A failure changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--layer", required=True, choices=Layer.values)
        parser.add_argument(
            "--session",
            required=True,
            help="the Congress (119), or the year of a state's map (2024)",
        )
        parser.add_argument(
            "--from",
            dest="valid_from",
            type=dt.date.fromisoformat,
            help="first day in force; a Congress knows its own",
        )
        parser.add_argument(
            "--to", dest="valid_to", type=dt.date.fromisoformat, help="first day no longer in force"
        )
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            help="only this state (MD, Maryland); may be repeated",
        )
        parser.add_argument(
            "--geoids",
            type=Path,
            help="tiger_geoid_to_ocd.csv; without it, names are those of the editions at hand",
        )
        parser.add_argument("--zips", type=Path, help="the ZIP table of this map (tab20_...txt)")
        parser.add_argument("--no-activate", action="store_true", help="store and check it only")

    def handle(self, *args: object, **options: Any) -> None:
        names = ("layer", "session", "valid_from", "valid_to", "geoids", "zips")
        wanted = Wanted(
            states=[state_code(each) or each for each in options["state"]],
            **{name: options[name] for name in names},
        )
        try:
            edition = import_edition(
                options["file"], wanted, switch_on=not options["no_activate"], say=self.stdout.write
            )
        except Refused as refusal:
            raise CommandError(f"Refused; nothing was changed.\n  {refusal}") from refusal
        state = (
            "switched on"
            if edition.is_active
            else f"stored; switch it on with manage.py editions --activate {edition.pk}"
        )
        self.stdout.write(self.style.SUCCESS(f"Edition {edition.pk}, {edition}: {state}."))
