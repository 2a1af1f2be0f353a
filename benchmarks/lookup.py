"""Points per second through our index, against prepared shapely polygons, on the same map and the same points in one run.

With the real data at hand the whole nation's congressional map is drawn; without it, Franklin's. Every answer is compared.
"""

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--layer", choices=["cd", "sldu", "sldl"], default="cd")
    options = parser.parse_args()
    django.setup()
    each = the_map(options.layer)
    started = time.perf_counter()
    from legislators.boundaries import Index
    from legislators.indexing import draw
    from legislators.verifying import verify

    content = draw(each.drawings)
    drawn = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.idx"
        path.write_bytes(content)
        started = time.perf_counter()
        index = Index(path)
        opened = time.perf_counter() - started
        verdict = verify(index, each.drawings)
        print(f"{each.name}, {each.layer}: {len(each.drawings)} districts from {each.source}")
        print(f"  drawn in {drawn:.1f} s, {len(content) / 1e6:.1f} MB, opened in {opened * 1000:.1f} ms")
        print(f"  {len(verdict.wrong)} of {verdict.points} points wrong against GEOS, {verdict.overlaps} where the source overlaps")
        compare(index, each.drawings, points_of(each.drawings, options.points))


def the_map(layer):
    from legislators import franklin, loading
    from legislators.folder import find_files

    folder = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    if not folder.is_dir():
        return next(each for each in franklin.maps() if each.layer == layer)
    files = find_files(folder)
    from legislators.maps import Divisions, read_shapes
    from legislators.states import STATES

    each = loading.blank_map(layer, files[layer], list(STATES))
    read_shapes(files[layer], each, Divisions(files["geoids"][0], []))
    return each


def points_of(drawings, count):
    """Spread over the districts' boxes, so that cities count as much as prairie."""
    import shapely

    from legislators.boundaries import UNITS

    source = random.Random(5)
    boxes = [[side / UNITS for side in shapely.bounds(each.geometry)] for each in drawings]
    chosen = (source.choice(boxes) for _ in range(count))
    return [(source.uniform(south, north), source.uniform(west, east)) for west, south, east, north in chosen]


def compare(index, drawings, points):
    import shapely

    from legislators.boundaries import UNITS

    geometries = [each.geometry for each in drawings]
    for geometry in geometries:
        shapely.prepare(geometry)
    tree = shapely.STRtree(geometries)

    def theirs(lat, lon):
        x, y = round(lon * UNITS), round(lat * UNITS)
        point = shapely.points(x, y)
        return sorted(i for i in tree.query(point).tolist() if shapely.intersects_xy(geometries[i], x, y))

    ours_each, ours = timed(index.covering, points)
    theirs_each, others = timed(theirs, points)
    different = sum([drawings[i].area for i in b] != list(a) for a, b in zip(ours, others, strict=True))
    for name, seconds in (("prepared shapely polygons, STRtree", theirs_each), ("our index", ours_each)):
        seconds.sort()
        p50, p99 = (seconds[int(share * len(seconds))] * 1e6 for share in (0.5, 0.99))
        print(f"  {name:36} {len(seconds) / sum(seconds):9,.0f} points/s   p50 {p50:6.1f} us   p99 {p99:6.1f} us")
    print(f"  {sum(theirs_each) / sum(ours_each):.1f}x; {different} of {len(points)} answers differ")


def timed(ask, points):
    """(seconds of each call, answers), after one call to warm up."""
    ask(*points[0])
    seconds, answers, now = [], [], time.perf_counter
    for lat, lon in points:
        started = now()
        answer = ask(lat, lon)
        seconds.append(now() - started)
        answers.append(answer)
    return seconds, answers


if __name__ == "__main__":
    main()
