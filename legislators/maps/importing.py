"""One boundary file into one edition: read, drawn, held against GEOS, stored beside the edition in
force and, if wanted, switched on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from legislators.maps.boundaries import MAGIC
from legislators.maps.editions import activate, store_map
from legislators.maps.next_congress import parts_of
from legislators.maps.published import (
    Divisions,
    Map,
    congressional_map,
    draw_and_check,
    read_shapes,
    read_zips,
)
from legislators.maps.shapes import features
from legislators.maps.verifying import Verdict
from legislators.models import LAYERS, District, Edition, Jurisdiction, Layer, Seat
from legislators.roster.published import Refused, sha256_of
from legislators.states import STATES

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What an operator says of a boundary file.

    Without days, a congressional map is in force for its Congress.
    """

    layer: str
    session: str
    states: Sequence[str] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    geoids: Path | None = None
    zips: Path | None = None


def import_edition(
    path: Path, wanted: Wanted, *, switch_on: bool = True, say: Say = print
) -> Edition:
    """Raises Refused, having changed nothing."""
    each = _blank(path, wanted)
    divisions = _divisions(wanted.geoids)
    read_shapes([path], each, divisions)
    if not each.drawings:
        raise Refused(
            f"{path.name}: it draws no {Layer(wanted.layer).label.lower()} of {each.name} here;"
            f" {_what_it_draws(path)}"
        )
    if wanted.zips:
        read_zips(wanted.zips, each, divisions)
    each.states = sorted({drawn.area.state for drawn in each.drawings})
    say(
        f"{each.name}, {Layer(each.layer).label}: {len(each.drawings):,} districts in"
        f" {len(each.states)} states. Drawing and checking ..."
    )
    index, verdict = draw_and_check(each)
    for line in _findings(each, verdict):
        say(line)
    with transaction.atomic():
        editions = [store_map(part, outlines) for part, outlines in parts_of(each, index, say)]
        for edition in editions if switch_on else ():
            activate(edition)
        return editions[0]


def _blank(path: Path, wanted: Wanted) -> Map:
    if not path.is_file():
        raise Refused(f"{path}: no such file")
    here = list(Jurisdiction.objects.filter(is_demo=False).values_list("code", flat=True))
    # Only where seats are known: a district without a seat answers nobody.
    states = sorted(set(wanted.states or here) & set(here) & set(STATES))
    if not states:
        raise Refused("none of these states is known here: load its seats with load_data first")
    sha256 = hashlib.sha256(f"{MAGIC!r} {sha256_of(path)} {states}".encode()).hexdigest()
    if wanted.layer == Layer.CD:
        if not wanted.session.isdigit():
            raise Refused(f"{wanted.session!r} is no Congress: give its number, such as 119")
        each = congressional_map(path.name, sha256, int(wanted.session), states)
    elif wanted.valid_from:
        each = Map(
            wanted.layer,
            wanted.session,
            wanted.valid_from,
            states,
            path.name,
            sha256,
            wanted.session,
        )
    else:
        raise Refused("a state's map needs the first day on which it is in force (--from)")
    each.valid_from, each.valid_to = (
        wanted.valid_from or each.valid_from,
        wanted.valid_to or each.valid_to,
    )
    if each.valid_to and each.valid_to <= each.valid_from:
        raise Refused(
            f"it would be in force from {each.valid_from} and no longer on {each.valid_to}"
        )
    return each


def _divisions(table: Path | None) -> Divisions:
    """As a published table says, else as districts of the same number are called on the editions at
    hand.
    """
    divisions = Divisions(table, [])
    divisions.codes = dict(Seat.objects.filter(is_demo=False).values_list("division", "district"))
    if table is None:
        divisions.published = {
            (layer, geoid): division
            for layer, geoid, division in (
                District.objects.exclude(geoid="")
                .order_by("edition__activated_at", "edition_id")
                .values_list("edition__layer", "geoid", "division")
            )
        }
    return divisions


def _what_it_draws(path: Path) -> str:
    """In the Census' words: its columns that name districts."""
    first = next(features(path, lambda properties: True, lambda name: True), None)
    columns = sorted(
        name for name in (first[0] if first else ()) if re.fullmatch(r"cd\d+fp|sld[ul]st", name)
    )
    return (
        f"it has {', '.join(columns)}"
        if columns
        else "it has none of the columns CD119FP, SLDUST, SLDLST"
    )


def _findings(each: Map, verdict: Verdict | None) -> list[str]:
    lines = []
    if verdict:
        lines.append(
            f"{verdict.points:,} points agree with GEOS; the source's districts overlap at"
            f" {verdict.overlaps} of them"
        )
        lines += [
            f"  {' and '.join(pair)}: {count}"
            for pair, count in verdict.overlapping.most_common(10)
        ]
    drawn = {drawing.area.division for drawing in each.drawings}
    chambers = [chamber for chamber, layer in LAYERS.items() if layer == each.layer]
    seats = set(
        Seat.objects.filter(chamber__in=chambers, jurisdiction__in=each.states).values_list(
            "division", flat=True
        )
    )
    for what, divisions in (
        ("Drawn, but no seat is expected there", drawn - seats),
        ("Expected, but not drawn", seats - drawn),
    ):
        if divisions:
            lines.append(
                f"{what}:"
                f" {', '.join(sorted(divisions)[:10])}{' ...' if len(divisions) > 10 else ''}"
                f" ({len(divisions)})"
            )
    if not each.zips:
        lines.append(
            "No ZIP table came with it: on this layer a ZIP alone will decide nothing (--zips)."
        )
    return lines
