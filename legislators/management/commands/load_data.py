"""Load real rosters, maps and ZIP crosswalks from a folder."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.loading import load
from legislators.roster.published import Refused, Summary
from legislators.states import STATES, state_code

WHERE = """Say where the files lie: manage.py load_data --from FOLDER

Download them by hand into one folder (any subfolders, .gz and .xz are fine); docs/data.md says more about each:
  https://github.com/unitedstates/congress-legislators  legislators-current.yaml, legislators-district-offices.yaml
  https://github.com/openstates/people                  the repository as a zip or tar archive, named people-main.zip or the like
  https://pypi.org/project/openstates/                  districts_metadata.csv, made from its openstates/metadata/data
  https://github.com/openstates/openstates-geo          tiger_geoid_to_ocd.csv, made from its configs
  https://www2.census.gov/geo/tiger/GENZ2024/shp/       cb_2024_us_cd119_500k.zip, cb_2024_us_sldu_500k.zip, cb_2024_us_sldl_500k.zip
  https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/
      tab20_cd11920_zcta520_natl.txt, tab20_sldu202420_zcta520_natl.txt, tab20_sldl202420_zcta520_natl.txt"""


class Command(BaseCommand):
    help = "Load rosters, maps and ZIP crosswalks from a folder. Safe to run twice; a failure or Ctrl-C changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, help="folder in which the published files lie")
        parser.add_argument("--state", action="append", default=[], help="only this state (MD, Maryland); may be repeated")

    def handle(self, *args: object, **options: Any) -> None:
        if options["folder"] is None:
            raise CommandError(WHERE)
        started = time.monotonic()
        try:
            summary = load(options["folder"], _states(options["state"]), self.stdout.write)
        except Refused as refusal:
            raise CommandError(f"Refused; nothing was changed.\n  {refusal}") from refusal
        except KeyboardInterrupt:
            raise CommandError("Stopped; nothing was changed.", returncode=130) from None
        self._tell(summary, time.monotonic() - started)

    def _tell(self, summary: Summary, seconds: float) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nLoaded in {seconds:.0f} s."))
        for line in summary.lines:
            self.stdout.write(f"  {line}")
        self.stdout.write(f"  {len(summary.rejected)} rows refused" + (":" if summary.rejected else ""))
        for reject in summary.rejected:
            self.stdout.write(f"    {reject.row}: {reject.reason}")


def _states(written: list[str]) -> list[str]:
    codes = [state_code(each) or each for each in written]
    unknown = [code for code in codes if code not in STATES]
    if unknown:
        raise CommandError(f"No such state: {', '.join(unknown)}")
    return codes
