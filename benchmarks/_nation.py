"""The nation's three maps for a bench, and their indexes, kept from one run to the next in the
machine's temporary folder.
"""

import hashlib
import json
import os
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(tempfile.gettempdir()) / "take-action-bench"


@dataclass
class Layer:
    """A map, its index on this disk, and the seconds it took to draw it (when it was drawn)."""

    map: object
    path: Path
    drawn_s: float

    @property
    def megabytes(self):
        return self.path.stat().st_size / 1e6


def folder():
    found = Path(
        os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    return found if found.is_dir() else None


def maps(states=None):
    """The real ones as published; Franklin's where there is no real data."""
    from legislators import franklin, loading
    from legislators.folder import find_files
    from legislators.maps import Divisions, read_shapes
    from legislators.models import Layer
    from legislators.states import STATES

    if folder() is None:
        return list(franklin.maps())
    files = find_files(folder())
    found = []
    for layer in Layer.values:
        each = loading.blank_map(layer, files[layer], sorted(states or STATES))
        read_shapes(files[layer], each, Divisions(files["geoids"][0], []))
        found.append(each)
    return found


def drawn(each):
    """The same drawings are drawn once, however often the bench runs."""
    from legislators import indexing

    said = (
        Path(indexing.__file__).read_bytes()
        + each.sha256.encode()
        + str(sorted(a.area for a in each.drawings)).encode()
    )
    path = KEPT / f"{hashlib.sha256(said).hexdigest()}.idx"
    note = path.with_suffix(".json")
    if not note.exists():
        KEPT.mkdir(exist_ok=True)
        started = time.perf_counter()
        content = indexing.draw(each.drawings)
        seconds = time.perf_counter() - started
        path.write_bytes(content)
        note.write_text(json.dumps(seconds))
    return Layer(each, path, json.loads(note.read_text()))


def points_of(drawings, count):
    """Spread over the districts' boxes, so that cities count as much as prairie."""
    import shapely

    from legislators.boundaries import UNITS

    source = random.Random(5)
    boxes = [[side / UNITS for side in shapely.bounds(each.geometry)] for each in drawings]
    chosen = (source.choice(boxes) for _ in range(count))
    return [
        (round(source.uniform(s, n) * UNITS) / UNITS, round(source.uniform(w, e) * UNITS) / UNITS)
        for w, s, e, n in chosen
    ]
