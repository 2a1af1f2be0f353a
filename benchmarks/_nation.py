"""The nation's three maps for a bench, and their indexes, kept from one run to the next in the
machine's temporary folder.
"""

import hashlib
import json
import os
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(tempfile.gettempdir()) / "take-action-bench"


@dataclass
class Layer:
    """A map, its index on this disk, and what was found when it was drawn: the seconds that took,
    points held against GEOS, and those of them where the source overlaps.
    """

    map: object
    path: Path
    drawn_s: float
    points: int
    overlaps: int

    @property
    def megabytes(self):
        return self.path.stat().st_size / 1e6


def folder():
    found = Path(
        os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    return found if found.is_dir() else None


def loaded():
    """The three layers, drawn. Where there is real data all of it is loaded into the database too:
    read once, for everything that a bench asks.
    """
    from django.core.management import call_command

    from legislators import franklin
    from legislators.loading import load
    from legislators.maps.verifying import Verdict

    if folder() is None:
        return [drawn(each) for each in franklin.maps()]
    layers = []

    def draw(each):
        layer = drawn(each)
        layers.append(layer)
        return layer.path.read_bytes(), Verdict(layer.points, Counter({(): layer.overlaps}), [])

    call_command("migrate", verbosity=0)
    load(folder(), say=lambda line: None, draw=draw)
    return layers


def maps(states=None):
    """The real ones as published, without a database and drawn alike; Franklin's where there is no
    real data.
    """
    from legislators import franklin, loading
    from legislators.folder import find_files
    from legislators.maps.published import Divisions, read_shapes
    from legislators.models import Layer
    from legislators.roster.refreshing import expected_seats
    from legislators.states import STATES

    if folder() is None:
        return list(franklin.maps())
    files = find_files(folder())
    divisions = Divisions(files["geoids"][0], expected_seats(files, list(STATES)))
    found = []
    for layer in Layer.values:
        each = loading.blank_map(layer, files[layer], sorted(states or STATES))
        read_shapes(files[layer], each, divisions)
        found.append(each)
    return found


def drawn(each):
    """The same drawings are drawn, and held against GEOS, once, however often a bench runs.

    Raises Refused where the two differ.
    """
    from legislators.maps import indexing
    from legislators.maps.published import draw_and_check

    said = Path(indexing.__file__).read_bytes() + each.layer.encode()
    for drawing in each.drawings:
        said += repr(drawing.area).encode() + hashlib.sha256(drawing.geometry.wkb).digest()
    path = KEPT / f"{hashlib.sha256(said).hexdigest()}.idx"
    note = path.with_suffix(".json")
    if not note.exists():
        KEPT.mkdir(exist_ok=True)
        started = time.perf_counter()
        content, verdict = draw_and_check(each)
        seconds = time.perf_counter() - started
        path.write_bytes(content)
        note.write_text(json.dumps([seconds, verdict.points, verdict.overlaps]))
    return Layer(each, path, *json.loads(note.read_text()))


def points_of(drawings, count):
    """Spread over the districts' boxes, so that cities count as much as prairie."""
    import shapely

    from legislators.maps.boundaries import UNITS

    source = random.Random(5)
    boxes = [[side / UNITS for side in shapely.bounds(each.geometry)] for each in drawings]
    chosen = (source.choice(boxes) for _ in range(count))
    return [
        (round(source.uniform(s, n) * UNITS) / UNITS, round(source.uniform(w, e) * UNITS) / UNITS)
        for w, s, e, n in chosen
    ]
