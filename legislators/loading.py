"""Load published rosters, maps and crosswalks from a folder: everything is read and checked first,
then written in one transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import transaction

from legislators.folder import congress_of, find_files, missing
from legislators.maps.boundaries import MAGIC
from legislators.maps.editions import is_loaded, switch_on
from legislators.maps.next_congress import parts_of
from legislators.maps.published import (
    Divisions,
    Map,
    congressional_map,
    draw_and_check,
    read_shapes,
    read_zips,
)
from legislators.maps.verifying import Verdict
from legislators.models import Layer
from legislators.roster.governors import fill_in
from legislators.roster.published import Summary, sha256_of
from legislators.roster.refreshing import (
    expected_seats,
    held,
    read_rosters,
    weigh_rosters,
    write_roster,
)
from legislators.roster.seats import Expected, make_seats, opened
from legislators.states import STATES
from legislators.zips.table import read_table, store_table

Say = Callable[[str], None]
Draw = Callable[[Map], tuple[bytes, Verdict | None]]


def load(
    folder: Path, states: Sequence[str] = (), say: Say = print, draw: Draw = draw_and_check
) -> Summary:
    """Load what lies in a folder, all states or some.

    `draw` makes an index of a map, or knows one made before. Raises Refused, having changed
    nothing; so does any other end but success.
    """
    wanted = sorted(states) or list(STATES)
    # First everything is read, checked and drawn; nothing is written yet.
    files = find_files(folder)
    summary = Summary([f"not there: {name}" for name in missing(files)])
    seats = expected_seats(files, wanted)
    rosters = read_rosters(files, seats, wanted, say)
    # Rosters say which other executives than governors there are.
    seats = opened(seats, held(rosters))
    say(f"Expected seats: {len(seats):,}")
    zip_codes = read_table(files["zip codes"])
    maps = _read_maps(files, seats, wanted, say)
    # Before the transaction, which is short then: drawing and checking take long.
    drawn = [(each, *_draw(each, draw, say)) for each in maps]
    say("Writing all of it at once ...")
    with transaction.atomic():
        summary.lines.append(f"{len(seats):,} seats expected, {make_seats(seats):,} new or mended")
        for roster in rosters:
            write_roster(roster, summary)
        fill_in(wanted, summary)
        weigh_rosters(rosters, wanted, summary)
        for each, index, checked in drawn:
            for part, outlines in parts_of(each, index, say):
                switch_on(part, outlines)
            summary.lines.append(checked)
        if zip_codes:
            changed = store_table(zip_codes)
            summary.lines.append(
                f"{len(zip_codes):,} ZIP codes published, {changed:,} rows changed"
            )
    summary.lines += [f"unchanged: {name}" for name in _names_of_unchanged(files, maps)]
    return summary


def _read_maps(
    files: dict[str, list[Path]], seats: list[Expected], states: list[str], say: Say
) -> list[Map]:
    divisions = Divisions(files["geoids"][0] if files["geoids"] else None, seats)
    maps = []
    for layer, paths, zips in _map_files(files):
        each = blank_map(layer, paths + zips, states)
        if is_loaded(each):
            say(f"{each.name}, {Layer(layer).label}: already loaded")
            continue
        read_shapes(paths, each, divisions)
        for path in zips:
            read_zips(path, each, divisions)
        each.states = sorted(
            {drawn.area.state for drawn in each.drawings} | {state for _, state, _ in each.zips}
        )
        if each.states:
            maps.append(each)
    return maps


def _map_files(files: dict[str, list[Path]]) -> Iterator[tuple[str, list[Path], list[Path]]]:
    """The layer, the outlines and the ZIP tables of each map; every Congress has its own."""
    for layer in Layer.values:
        paths, zips = files[layer], files[f"{layer} zips"]
        if layer != Layer.CD:
            if paths or zips:
                yield layer, paths, zips
            continue
        for congress in sorted({congress_of(path) for path in paths + zips}):
            outlines = [path for path in paths if congress_of(path) == congress]
            yield layer, outlines, [path for path in zips if congress_of(path) == congress]


def blank_map(layer: str, paths: list[Path], states: list[str]) -> Map:
    """What makes it the same map as one already loaded: the same files, read for the same states,
    drawn in the same format.
    """
    source = ", ".join(path.name for path in paths)
    sha256 = hashlib.sha256(f"{MAGIC!r} {sha256_of(*paths)} {states}".encode()).hexdigest()
    if layer == Layer.CD:
        return congressional_map(source, sha256, congress_of(paths[0]), states)
    return Map(layer, "2024", dt.date(2024, 1, 1), states, source, sha256, "2024")


def _draw(each: Map, draw: Draw, say: Say) -> tuple[bytes, str]:
    index, verdict = draw(each)
    districts = (
        f"{each.name} map, {Layer(each.layer).label}: {len(each.drawings):,} districts,"
        f" {len(each.zips):,} ZIP rows"
    )
    checked = (
        f"{districts}; {verdict.points:,} points agree with GEOS, {verdict.overlaps} where the"
        " source overlaps"
        if verdict
        else districts
    )
    say(checked)
    return index, checked


def _names_of_unchanged(files: dict[str, list[Path]], maps: list[Map]) -> list[str]:
    new = {each.layer for each in maps}
    return [str(Layer(layer).label) for layer in Layer.values if files[layer] and layer not in new]
