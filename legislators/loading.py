"""Load published rosters, maps and crosswalks from a folder: everything is read and checked first, then written in one transaction."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from legislators.maps import Divisions, Map, congressional_map, draw_and_check, is_loaded, read_shapes, read_zips, switch_on
from legislators.models import Chamber, Layer, Source
from legislators.roster import congress, openstates
from legislators.roster.published import Refused, Reject, read_text, sha256_of
from legislators.roster.seats import Expected, expected, lay
from legislators.roster.terms import Holding, Turnover, record
from legislators.states import STATES

Say = Callable[[str], None]

# What a file may be called, the first found wins. Patterns match the end of a path, case ignored.
_PACKED = r"(\.gz|\.xz|\.bz2)?$"
_NAMES = {
    "districts": [rf"districts_metadata\.csv{_PACKED}"],
    "geoids": [rf"tiger_geoid_to_ocd\.csv{_PACKED}"],
    "congress": [rf"legislators-current\.yaml{_PACKED}"],
    "offices": [rf"legislators-district-offices\.yaml{_PACKED}"],
    "people": [rf"all-current-roles\.jsonl{_PACKED}", r"people[^/]*\.(tar\.\w+|tgz|zip)$"],
    "cd": [r"cb_\d{4}_us_cd119_500k\.zip$", rf"cd119_500k\.geojson{_PACKED}", r"tl_\d{4}_\d\d_cd119\.zip$"],
    "sldu": [r"cb_\d{4}_us_sldu_500k\.zip$", r"sld2024[^/]*\.tar\.\w+$", r"tl_\d{4}_\d\d_sldu\.zip$", rf"[A-Z]{{2}}_upper\.json{_PACKED}"],
    "sldl": [r"cb_\d{4}_us_sldl_500k\.zip$", r"sld2024[^/]*\.tar\.\w+$", r"tl_\d{4}_\d\d_sldl\.zip$", rf"[A-Z]{{2}}_lower\.json{_PACKED}"],
    "cd zips": [rf"tab20_cd119\d*_zcta520_natl\.txt{_PACKED}", rf"zccd(119)?\.csv{_PACKED}"],
    "sldu zips": [rf"tab20_sldu2024\d*_zcta520_natl\.txt{_PACKED}", rf"sld_zcta\.json{_PACKED}"],
    "sldl zips": [rf"tab20_sldl2024\d*_zcta520_natl\.txt{_PACKED}", rf"sld_zcta\.json{_PACKED}"],
}
_ALONE = {"districts", "geoids", "congress", "offices", "cd zips", "sldu zips", "sldl zips"}


@dataclass
class Summary:
    """What came in and what did not."""

    lines: list[str] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)


@dataclass(frozen=True)
class _Roster:
    key: str
    name: str
    paths: list[Path]
    as_of: dt.date
    holdings: list[Holding]
    covers: set[tuple[str, str]]


def load(folder: Path, states: Sequence[str] = (), say: Say = print) -> Summary:
    """Load what lies in a folder, all states or some. Raises Refused, having changed nothing; so does any other end but success."""
    wanted = sorted(states) or list(STATES)
    files = find_files(folder)
    if not files["districts"]:
        raise Refused(f"{folder}: there is no districts_metadata.csv, the table of expected seats")
    summary = Summary([f"not there: {name}" for name, paths in files.items() if not paths])
    seats = expected(files["districts"][0], wanted)
    say(f"Expected seats: {len(seats):,}")
    rosters = _read_rosters(files, seats, wanted, summary, say)
    maps = _read_maps(files, seats, wanted, say)
    drawn = [(each, *_draw(each, say)) for each in maps]
    say("Writing all of it at once ...")
    with transaction.atomic():
        summary.lines.append(f"{len(seats):,} seats expected, {lay(seats):,} new or mended")
        for roster in rosters:
            _write_roster(roster, summary)
        for each, index, checked in drawn:
            switch_on(each, index)
            summary.lines.append(checked)
    summary.lines += [f"unchanged: {name}" for name in _names_of_unchanged(files, maps)]
    return summary


def find_files(folder: Path) -> dict[str, list[Path]]:
    """What the loader would read from a folder, by what it is for. Raises Refused when there is no such folder."""
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder")
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {name: _first_match(there, patterns, alone=name in _ALONE) for name, patterns in _NAMES.items()}
    if not found["people"]:
        found["people"] = sorted({path.parents[2] for path in there if path.suffix == ".yml" and path.parent.name == "legislature"})[:1]
    return found


def _first_match(there: list[Path], patterns: list[str], *, alone: bool) -> list[Path]:
    for pattern in patterns:
        found = [path for path in there if re.search(rf"(^|/){pattern}", path.as_posix(), re.I)]
        if found:
            return found[-1:] if alone else found
    return []


def _read_rosters(files: dict[str, list[Path]], seats: list[Expected], states: list[str], summary: Summary, say: Say) -> list[_Roster]:
    rosters = []
    if files["congress"]:
        as_of = _as_of(files["congress"][0])
        offices = files["offices"][0] if files["offices"] else None
        holdings, rejected = congress.read(files["congress"][0], offices, states=states, on=as_of)
        summary.rejected += rejected
        covers = {(seat.state, seat.chamber) for seat in seats if seat.chamber in (Chamber.US_HOUSE, Chamber.US_SENATE)}
        rosters.append(_Roster("congress-legislators", "Congress", files["congress"] + files["offices"], as_of, holdings, covers))
        say(f"Congress as of {as_of}: {len(holdings):,} members")
    if files["people"]:
        as_of = max(_as_of(path) for path in files["people"])
        holdings, rejected = openstates.read(files["people"], seats, states=states, on=as_of)
        summary.rejected += rejected
        divisions = {seat.division: seat.state for seat in seats}
        covers = {(divisions[holding.division], holding.chamber) for holding in holdings}
        rosters.append(_Roster("openstates", "State legislatures and governors", files["people"], as_of, holdings, covers))
        say(f"State legislatures and governors as of {as_of}: {len(holdings):,} holders")
    return rosters


def _as_of(path: Path) -> dt.date:
    """The day a roster was taken: as a MANIFEST.csv beside it says of it or of another file of its commit, else the file's own date."""
    for folder in path.parents[:3]:
        manifest = folder / "MANIFEST.csv"
        if manifest.is_file():
            rows = list(csv.DictReader(read_text(manifest).splitlines()))
            own = [row for row in rows if (folder / row["file"]) == path]
            same = own + [row for row in rows if own and row["commit"] == own[0]["commit"]]
            days = [found[1] for row in same if (found := re.search(r"as of (\d{4}-\d\d-\d\d)", row["note"]))]
            if days:
                return dt.date.fromisoformat(days[0])
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()


def _read_maps(files: dict[str, list[Path]], seats: list[Expected], states: list[str], say: Say) -> list[Map]:
    divisions = Divisions(files["geoids"][0] if files["geoids"] else None, seats)
    maps = []
    for layer in Layer.values:
        paths, zips = files[layer], files[f"{layer} zips"]
        if not paths and not zips:
            continue
        each = blank_map(layer, paths + zips, states)
        if is_loaded(each):
            say(f"{each.name}, {Layer(layer).label}: already loaded")
            continue
        read_shapes(paths, each, divisions)
        for path in zips:
            read_zips(path, each, divisions)
        each.states = sorted({drawn.area.state for drawn in each.drawings} | {state for _, state, _ in each.zips})
        if each.states:
            maps.append(each)
    return maps


def blank_map(layer: str, paths: list[Path], states: list[str]) -> Map:
    """What makes it the same map as one already loaded: the same files, read for the same states."""
    source = ", ".join(path.name for path in paths)
    sha256 = hashlib.sha256(f"{sha256_of(*paths)} {states}".encode()).hexdigest()
    if layer == Layer.CD:
        return congressional_map(source, sha256, 119, states)
    return Map(layer, "2024", dt.date(2024, 1, 1), states, source, sha256, "2024")


def _draw(each: Map, say: Say) -> tuple[bytes, str]:
    index, verdict = draw_and_check(each)
    districts = f"{each.name} map, {Layer(each.layer).label}: {len(each.drawings):,} districts, {len(each.zips):,} ZIP rows"
    checked = (
        f"{districts}; {verdict.points:,} points agree with GEOS, {verdict.overlaps} where the source overlaps" if verdict else districts
    )
    say(checked)
    return index, checked


def _write_roster(roster: _Roster, summary: Summary) -> None:
    source = Source.objects.filter(key=roster.key).first() or Source(key=roster.key, covers=[])
    if source.pk and source.as_of > roster.as_of:
        raise Refused(f"{roster.paths[0].name}: taken on {roster.as_of}, but a roster of {source.as_of} is already loaded")
    states = {state for state, _ in roster.covers}
    kept = {(state, chamber) for state, chamber in source.covers if state not in states}
    source.name, source.as_of, source.sha256 = roster.name, roster.as_of, sha256_of(*roster.paths)
    source.covers = sorted([list(pair) for pair in kept | roster.covers])
    source.save()
    turnover = record(roster.holdings, source, roster.covers)
    summary.lines.append(_told(roster, turnover))
    summary.rejected += turnover.rejected


def _told(roster: _Roster, turnover: Turnover) -> str:
    return (
        f"{roster.name} as of {roster.as_of}: {turnover.opened:,} terms opened, {turnover.kept:,} kept, {turnover.changed:,} changed, "
        f"{turnover.closed:,} closed; {turnover.contacts:,} contacts changed"
    )


def _names_of_unchanged(files: dict[str, list[Path]], maps: list[Map]) -> list[str]:
    new = {each.layer for each in maps}
    return [str(Layer(layer).label) for layer in Layer.values if files[layer] and layer not in new]
