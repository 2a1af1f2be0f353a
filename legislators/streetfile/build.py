"""From the Census' county files and known points to one street file and its names.

Each published file becomes a part first, many at once, and a part that is there is not made again:
a build that was interrupted goes on where it stopped. Import time only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from django.db import connections

from legislators.maps.boundaries import open_index
from legislators.models import MapInForce
from legislators.roster.published import Refused
from legislators.states import BY_FIPS
from legislators.street_line import Street
from legislators.streetfile import addrfeat, names, pointtable
from legislators.streetfile.districts_near import LayerMap
from legislators.streetfile.house_runs import Item, laid_out
from legislators.streetfile.parts import KnownHouse, Part, make_part
from legislators.streetfile.reader import StreetFile
from legislators.streetfile.street_rows import StreetRow
from legislators.streetfile.writer import Place, Writer

Say = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """Two files' contents, and what to tell of them."""

    streets: bytes
    names: bytes
    rows: int
    crossing: int
    houses: int


@dataclass(frozen=True)
class Wanted:
    """What to build: from which folder, of which states (all, if none is named), on which maps."""

    folder: Path
    states: Sequence[str]
    maps: Sequence[MapInForce]
    name: str
    adds: bool = False  # to what was read before from elsewhere, on the same maps

    @property
    def valid_from(self) -> dt.date:
        """The first day on which all of its maps are in force."""
        return max(edition.valid_from for edition, states in self.maps if states)


def build_streets(wanted: Wanted, work: Path, *, jobs: int = 1, say: Say = print) -> Built:
    """Raises Refused; the parts made by then are kept in `work` for the next call."""
    paths = published(wanted.folder, wanted.states)
    if not paths:
        raise Refused(
            f"{wanted.folder}: no tl_YEAR_COUNTY_addrfeat.zip and no address_points.csv there"
        )
    maps_key = _key(wanted.maps)
    targets = _make_parts(paths, wanted.maps, maps_key, work, jobs, say)
    if wanted.adds:
        # Parts of states read before: a street file made here grows state by state.
        targets = sorted({*targets, *work.glob("*.part")})
    parts = [
        part
        for part in map(Part, targets)
        if part.key.endswith(maps_key) and (not wanted.states or part.state in wanted.states)
    ]
    if not parts:
        raise Refused(f"{wanted.folder}: it has no streets of {', '.join(wanted.states)}")
    say(f"Putting {len(parts):,} parts together ...")
    return _put_together(parts, wanted, work)


def published(folder: Path, states: Sequence[str]) -> list[Path]:
    """The range and point files of a folder that may belong to these states; or the one named."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        county = addrfeat.NAME.search(path.name)
        wanted = not states or (county is not None and BY_FIPS[county[2]].code in states)
        if (county and wanted) or pointtable.NAME.search(path.name):
            found.append(path)
    return found


def _make_parts(
    paths: Sequence[Path],
    maps: Sequence[MapInForce],
    maps_key: str,
    work: Path,
    jobs: int,
    say: Say,
) -> list[Path]:
    layers = [
        LayerMap(edition.layer, open_index(edition.index_sha256), states)
        for edition, states in maps
        if edition.index_sha256 and states
    ]
    targets = [work / f"{_part_name(path)}.part" for path in paths]
    made = zip(paths, targets, repeat(layers), repeat(maps_key), strict=False)
    if jobs <= 1:
        for each in made:
            say(make_part(*each))
        return targets
    # A connection must not be shared with the children.
    connections.close_all()
    global _layers
    _layers = layers  # the children of a fork share the mapped indexes; they cannot be sent
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        tasks = zip(paths, targets, repeat(maps_key), strict=False)
        for said in pool.imap_unordered(_make_one, tasks):
            say(said)
    return targets


def _key(maps: Sequence[MapInForce]) -> str:
    """Of the maps as they are drawn."""
    drawn = sorted(f"{edition.index_sha256} {sorted(states)}" for edition, states in maps)
    return hashlib.sha256(repr(drawn).encode()).hexdigest()


_layers: Sequence[LayerMap] = ()


def _make_one(task: tuple[Path, Path, str]) -> str:
    path, target, maps_key = task
    return make_part(path, target, _layers, maps_key)


def _part_name(path: Path) -> str:
    """A county's next edition takes the place of its last."""
    found = addrfeat.NAME.search(path.name)
    return f"{found[2]}{found[3] or ''}" if found else path.name.partition(".")[0]


def _put_together(parts: Sequence[Part], wanted: Wanted, work: Path) -> Built:
    writer = Writer()
    spelled: dict[str, set[str]] = {}
    for zip5, rows, written in _zips(parts):
        writer.add(zip5, rows)
        spelled[zip5] = written
    places: dict[str, list[Place]] = defaultdict(list)
    for part in parts:
        places[part.state] += part.places
    head = {
        "name": wanted.name,
        "states": sorted({part.state for part in parts}),
        "valid_from": wanted.valid_from.isoformat(),
        "made_from": sorted(part.dataset for part in parts),
    }
    content = writer.finish(head, places)
    # Proved by the finished bytes, as every process will read them.
    houses = [house for part in parts for house in part.houses]
    _hold_against_maps(content, houses, work)
    return Built(content, names.write(spelled), writer.rows, writer.crossing, len(houses))


def _zips(parts: Sequence[Part]) -> Iterator[tuple[str, list[StreetRow], set[str]]]:
    """ZIP by ZIP, its streets from every part that has some."""
    holding: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        for zip5 in part.zips:
            holding[zip5].append(part)
    for zip5 in sorted(holding):
        items: dict[tuple[Street, str], list[Item]] = defaultdict(list)
        written = set()
        for part in holding[zip5]:
            for street, (name, told) in part.streets(zip5).items():
                items[street, part.state] += told
                written.add(name)
        rows = [StreetRow(street, *laid_out(told)) for (street, _), told in items.items()]
        yield zip5, rows, written


def _hold_against_maps(content: bytes, houses: Sequence[KnownHouse], work: Path) -> None:
    """Every known house must be found, and where the finished file says a district the maps must
    have it there. Raises Refused.
    """
    work.mkdir(parents=True, exist_ok=True)
    path = work / "unproven.streets"
    path.write_bytes(content)
    file = StreetFile(path)
    wrong = [house for house in houses if not _holds(file, house)]
    # Its name says that nothing was proven yet: it must not be found by anybody.
    path.unlink()
    if wrong:
        first = ", ".join(f"{each.house} {each.street.name} {each.zip}" for each in wrong[:5])
        raise Refused(
            f"{len(wrong)} of {len(houses)} houses are told another district than the maps: {first}"
        )


def _holds(file: StreetFile, known: KnownHouse) -> bool:
    rows = [
        row
        for row in file.streets(known.zip, known.street.name)
        if row.street == known.street and row.held.state == known.held.state
    ]
    if not rows:
        return False
    told = rows[0].at(known.house)[0]
    return all(
        not told.of(layer) or set(divisions) & set(told.of(layer))
        for layer, divisions in known.held.layers
    )
