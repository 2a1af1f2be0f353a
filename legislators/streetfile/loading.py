"""A finished street file becomes an edition: checked, stored in the database, switched on."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import transaction

from legislators.maps.boundaries import open_index, store_index
from legislators.maps.editions import activate
from legislators.models import STREETS, Edition, maps_in_force
from legislators.roster.published import Refused
from legislators.states import FRANKLIN, STATES
from legislators.streetfile import names, reader
from legislators.streetfile.reader import StreetFile

Say = Callable[[str], None]
SUFFIX, NAMES_SUFFIX = ".streets", ".names"


def load_streets(path: Path, states: Sequence[str] = (), *, say: Say = print) -> Edition:
    """A file, and its names where a file called the same but .names lies beside it.

    Raises Refused, having changed nothing. The same file twice is one edition.
    """
    beside = path.with_suffix(NAMES_SUFFIX)
    spelled = beside.read_bytes() if beside.exists() else b""
    if not spelled:
        say(f"{beside.name} is not there: no near spellings of streets will be offered")
    return take_in_streets(path.name, path.read_bytes(), spelled, states, say=say)


def take_in_streets(
    source: str, streets: bytes, spelled: bytes, states: Sequence[str] = (), *, say: Say = print
) -> Edition:
    """Raises Refused, having changed nothing."""
    # Before anything reads it: whom people write to rests on these bytes.
    if not reader.sound(streets):
        raise Refused(f"{source}: it is damaged, or no street file of this format")
    if spelled and not names.sound(spelled):
        raise Refused(f"{source}: its names are damaged, or of another format")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new"
        path.write_bytes(streets)
        file = StreetFile(path)
        edition = _edition(file, source, states)
        _tell_what_fits(file, edition, say)
    with transaction.atomic():
        edition.streets_sha256 = store_index(streets)
        edition.names_sha256 = store_index(spelled) if spelled else ""
        return _switched_on(edition)


def _edition(file: StreetFile, source: str, states: Sequence[str]) -> Edition:
    covered = sorted(set(states or file.states) & set(file.states))
    if not covered or not set(covered) <= {*STATES, FRANKLIN.code}:
        raise Refused(f"{source}: it has streets of {', '.join(file.states)} only")
    return Edition(
        layer=STREETS,
        name=file.name[:60],
        states=covered,
        valid_from=dt.date.fromisoformat(file.valid_from),
        source=source[:200],
    )


def _switched_on(edition: Edition) -> Edition:
    """The one that is on already, if it is the same."""
    same = Edition.objects.filter(
        layer=STREETS,
        is_active=True,
        streets_sha256=edition.streets_sha256,
        names_sha256=edition.names_sha256,
    )
    there = next((each for each in same if each.states == edition.states), None)
    if there:
        return there
    edition.save()
    return activate(edition)


def _tell_what_fits(file: StreetFile, edition: Edition, say: Say) -> None:
    """Streets say nothing on a layer whose map differs from the one that they were laid on."""
    say(
        f"{edition.name}: {file.rows:,} streets of ZIP codes in {len(edition.states)} states,"
        f" {file.crossing:,} of them near a line; {file.size / 1e6:.1f} MB"
    )
    for map_, states in maps_in_force(edition.valid_from):
        if not map_.index_sha256:
            continue
        index = open_index(map_.index_sha256)
        for state in sorted(states & set(edition.states)):
            asked, wrong = file.disagreements(index, map_.layer, state)
            if wrong or not asked:
                say(
                    f"  {map_}, {state}: another map than the file's ({wrong} of {asked} places"
                    " differ); this layer is answered without streets there"
                )
