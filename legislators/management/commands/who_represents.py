"""Who represents an address, a ZIP code or a point. Nothing typed is stored or sent anywhere."""

from __future__ import annotations

import csv
import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.addresses import Address, BadAddress
from legislators.contacts import reach
from legislators.lookup import Atlas, LookupUnavailable, Match, Place, find, find_point
from legislators.models import Source
from legislators.new_terms import sources_covering

STALE = "(stale: run manage.py refresh_rosters)"
MAX_ROW = 2_000


class Command(BaseCommand):
    help = "Say who represents an address, a ZIP code or a point."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address", nargs="?", help='one line, such as "15 W 4th St, Cincinnati, OH 45202"'
        )
        parser.add_argument("--zip")
        parser.add_argument("--point", nargs=2, type=float, metavar=("LAT", "LON"))
        parser.add_argument(
            "--on",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="who will, or did, on that day; without it, today",
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="also the President, and offices of your own that serve people there",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--batch",
            type=Path,
            metavar="FILE.csv",
            help="columns street, city, state, zip, lat, lon; one JSON object a line",
        )

    def handle(self, *args: object, **options: Any) -> None:
        if sum(options[way] is not None for way in ("address", "zip", "point", "batch")) != 1:
            raise CommandError("Give one of: an address, --zip, --point LAT LON, --batch FILE.csv")
        if options["batch"]:
            for answer in _answers(options["batch"], options["on"]):
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        match = _look_up(options)
        if options["json"]:
            self.stdout.write(json.dumps(match.as_json(), ensure_ascii=False))
        else:
            self._tell(match)

    def _tell(self, match: Match) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(match.query))
        if match.asks_state:
            self.stdout.write(match.asks_state)
        elif not match.places:
            self.stdout.write(
                "We know of no seat here. Is this place inside the maps that load_data brought in?"
            )
        shown = ("", "")
        for place in match.places:
            heading = (_heading(place), place.reason)
            if heading != shown:
                self.stdout.write(f"\n{self.style.SUCCESS(heading[0])}\n  {heading[1]}")
                shown = heading
            for line in _lines(place):
                self.stdout.write(line)
        for line in _ages(match):
            self.stdout.write(self.style.WARNING(line) if STALE in line else line)


def _look_up(options: dict[str, Any]) -> Match:
    on = options["on"]
    try:
        if options["point"]:
            lat, lon = options["point"]
            return find_point(lat, lon, on)
        if options["zip"]:
            zip5 = Address.clean(zip=options["zip"]).zip
            return find(Address(street="", zip=zip5), on=on, nationwide=options["all"])
        return find(Address.parse(options["address"]), on=on, nationwide=options["all"])
    except BadAddress as bad:
        raise CommandError(" ".join(bad.errors.values())) from bad
    except LookupUnavailable as trouble:
        raise CommandError(
            "The lookup is not available: the database or the boundary index cannot be read."
        ) from trouble


def _heading(place: Place) -> str:
    district = "" if not place.seat.layer else f", {place.seat.district_name}"
    doubt = "" if place.certain else " (one of several that may be yours)"
    return f"{place.seat.get_chamber_display()}, {place.seat.jurisdiction.name}{district}{doubt}"


def _lines(place: Place) -> Iterator[str]:
    if place.status == "turnover":
        yield "    a new term has begun: this seat may have changed hands since the roster we have"
    if place.holder is None:
        yield (
            f"    {place.seat.title}:"
            f" {'vacant' if place.status == 'vacant' else 'we do not know who holds this seat'}"
        )
        return
    party = f" ({place.holder.party})" if place.holder.party else ""
    yield f"    {place.seat.title} {place.holder.legislator.name}{party}"
    ways = reach(place.holder.legislator)
    contact = "  ".join(way for way in (ways.email, ways.phone, ways.form or ways.website) if way)
    if contact:
        yield f"      {contact}"


def _ages(match: Match) -> Iterator[str]:
    """How old the rosters are that this answer rests on, also where they name nobody."""
    named = {place.holder.source_id for place in match.places if place.holder}
    rows = list(Source.objects.order_by("name"))
    named |= {source.pk for place in match.places for source in sources_covering(rows, place.seat)}
    for number, source in enumerate(source for source in rows if source.pk in named):
        start = "" if number else "\n"
        yield f"{start}{source.name}: roster of {source.as_of}, {source.age.days} days old" + (
            f" {STALE}" if source.is_stale else ""
        )


def _answers(path: Path, on: dt.date | None) -> Iterator[dict[str, object]]:
    """One answer per row, in order; a row that cannot be looked up says why instead of stopping the
    rest.
    """
    atlas = Atlas(on, many=True)
    try:
        # Spreadsheets put a byte order mark in front, which would become part of the first column's
        # name.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"zip", "lat", "street"} & set(reader.fieldnames or ()):
                raise CommandError(
                    f"{path.name}: it needs columns among street, city, state, zip, lat, lon"
                )
            for row in reader:
                yield _answer(
                    atlas,
                    {
                        name: (row.get(name) or "").strip()
                        for name in ("street", "city", "state", "zip", "lat", "lon")
                    },
                )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path.name}: {error}") from error


def _answer(atlas: Atlas, row: dict[str, str]) -> dict[str, object]:
    query = ", ".join(value for value in row.values() if value)[:MAX_ROW]
    try:
        if row["lat"] and row["lon"]:
            return atlas.find_point(float(row["lat"]), float(row["lon"])).as_json()
        return atlas.find(
            Address.clean(row["street"], row["city"], row["state"], row["zip"])
        ).as_json()
    except BadAddress as bad:
        return {"query": query, "seats": [], "error": " ".join(bad.errors.values())}
    except ValueError:
        return {"query": query, "seats": [], "error": "lat and lon are not numbers"}
    except LookupUnavailable:
        return {"query": query, "seats": [], "error": "the lookup is not available"}
