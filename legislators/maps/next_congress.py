"""A new map of the House beside the one before it: a state that did not redraw keeps its lines.

Its old outlines answer on, with the ZIP codes and streets that were laid on them, under the new
Congress and its days. A state that did redraw takes the new outlines; where no ZIP table is
published with them, one is made from the maps at hand.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from legislators.maps import same_lines
from legislators.maps.boundaries import Index, open_index
from legislators.maps.published import Map, ZipRow
from legislators.models import (
    BoundaryFile,
    Layer,
    MapInForce,
    ZipDistrict,
    editions_in_force,
    maps_in_force,
)
from legislators.streetfile.opening import StreetsInForce, open_editions
from legislators.streetfile.reader import StreetsUnavailable
from legislators.zips.from_maps import zips_of, zips_of_streets

Say = Callable[[str], None]
Part = tuple[Map, bytes]


def parts_of(each: Map, index: bytes, say: Say) -> list[Part]:
    """The editions to make of a map that was drawn: one of the states that take its lines, and one
    for each older map whose lines go on. Any map but a later Congress' is one part, as it is.

    Reads what is stored: call it once the map before is.
    """
    before = _before(each) if each.layer == Layer.CD and index else []
    houses = [one for one in before if one.edition.layer == Layer.CD and one.edition.index_sha256]
    if not houses:
        return [(each, index)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.idx"
        path.write_bytes(index)
        new = Index(path)
        kept = [(one, _kept(one, new, each.states)) for one in houses]
        gone_on = {state for _, states in kept for state in states}
        redrawn = [state for state in each.states if state not in gone_on]
        own = _only(each, redrawn)
        own.zips += _made(own, new, before, say)
    parts = [(own, index)] if redrawn else []
    parts += [_carried(each, one, states) for one, states in kept if states]
    say(
        f"{each.name}: {len(gone_on)} states keep their lines; new ones in"
        f" {', '.join(redrawn) or 'none'}"
    )
    return parts


def _before(each: Map) -> list[MapInForce]:
    """On the last day before it. Without any of the same Congress: that is loaded anew."""
    maps = maps_in_force(each.valid_from - dt.timedelta(days=1))
    return [one for one in maps if not one.edition.is_demo and one.edition.session != each.session]


def _kept(old: MapInForce, new: Index, states: Sequence[str]) -> list[str]:
    """Those of the old map that draw the same districts, or of which the operator says so."""
    alike = set(same_lines.same(open_index(old.edition.index_sha256), new))
    alike |= set(settings.HOUSE_LINES_KEPT)
    alike -= set(settings.HOUSE_LINES_REDRAWN)
    return sorted(alike & set(states) & old.states)


def _only(each: Map, states: Sequence[str]) -> Map:
    """The same map, of these states."""
    return replace(
        each,
        states=list(states),
        drawings=[drawn for drawn in each.drawings if drawn.area.state in states],
        zips=[row for row in each.zips if row[1] in states],
    )


def _made(each: Map, new: Index, before: Sequence[MapInForce], say: Say) -> list[ZipRow]:
    """For those of its states that have no published table."""
    published = {state for _, state, _ in each.zips}
    streets = _streets(each.valid_from)
    rows: list[ZipRow] = []
    for state in sorted(set(each.states) - published):
        made = {*zips_of(state, new, before), *zips_of_streets(state, new, streets)}
        say(f"  {state}: no ZIP table is published; {len(made):,} rows made from maps and streets")
        rows += sorted(made)
    return rows


def _streets(on: dt.date) -> list[StreetsInForce]:
    try:
        return open_editions(editions_in_force(on))
    except StreetsUnavailable:
        return []  # lookup does without a damaged file too


def _carried(each: Map, old: MapInForce, states: Sequence[str]) -> Part:
    """The old outlines under the new name and days, and the old ZIP codes where none are new."""
    edition, part = old.edition, _only(each, states)
    published = {state for _, state, _ in part.zips}
    rows = ZipDistrict.objects.filter(edition=edition, state__in=set(states) - published)
    part.zips += rows.values_list("zip", "state", "division")
    part.source = f"{each.source}; lines of {edition.name}"
    stored = BoundaryFile.objects.get(pk=edition.index_sha256)
    return part, zlib.decompress(stored.content)
