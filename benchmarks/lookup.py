"""Points to districts over the whole nation: our index, prepared shapely polygons and PostGIS, on
the same points in one run.

Every answer of every engine is compared. One thread, one call per point. Ours and shapely take
turns, round by round; rates and percentiles are medians of the rounds. PostGIS answers every fourth
point once, over TCP on this machine, by a prepared statement. Then how often lookup is right, on
all real addresses at hand. Without the real data Franklin's maps are used, and the bars, which are
about the nation, are not judged.

Drawn maps are kept in the machine's temporary folder: the next run is shorter by their drawing.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
PER_POSTGIS = 4  # it takes ten times as long as ours: a quarter of the points are enough
FIVE = ["MD", "MN", "NE", "VT", "WI"]
GROWTH = (["MD"], FIVE, [*FIVE, "AZ", "GA", "MA", "MI", "NC", "NJ", "NY", "OH", "PA", "WA"])


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--growth", action="store_true", help="also from one state to the nation")
    options = parser.parse_args()
    django.setup()
    from benchmarks import _accuracy, _nation

    started = time.perf_counter()
    layers = _nation.loaded()
    print(f"Read, drawn and loaded in {time.perf_counter() - started:.0f} s")
    points = _nation.points_of(layers[-1].map.drawings, options.points)
    bars = []
    for layer in layers:
        tell_drawn(layer, bars)
    measure_layers(layers, points, options.rounds, bars)
    measure_together(layers, points, options.rounds, bars)
    measure_weight(layers, points, bars)
    if options.growth and _nation.folder():
        growth(layers, points)
    if _nation.folder():
        _accuracy.report(layers, bars)
    took_s = time.perf_counter() - started
    bars.append(("this bench, seconds", "< 240", f"{took_s:.0f}", took_s < 240))
    print(f"\n{'bar':58} {'wanted':>12} {'measured':>12}")
    for name, wanted, measured, is_met in bars:
        print(
            f"{name:58} {wanted:>12} {measured:>12} "
            f" {'' if not _nation.folder() else 'met' if is_met else 'MISSED'}"
        )


def tell_drawn(layer, bars):
    """A map that differs from GEOS is never drawn: the bench ends there (Refused)."""
    each = layer.map
    print(
        f"{each.layer}: {len(each.drawings):,} districts from {each.source}; {layer.megabytes:.1f}"
        f" MB, drawn in {layer.drawn_s:.0f} s; GEOS agrees on {layer.points:,} points, on"
        f" {layer.overlaps} of them the source overlaps",
        flush=True,
    )
    bars.append((f"{each.layer}: points that differ from GEOS", "0", "0", True))


LABELS = {
    "ours": "our index",
    "shapely": "shapely, STRtree + prepared",
    "PostGIS": "PostGIS, ST_Subdivide(255)",
}
# Calls per second, how many times theirs.
FASTER_THAN = {"shapely": 2, "PostGIS": 5}


def measure_layers(layers, points, rounds, bars):
    """Each layer alone, by every engine."""
    from benchmarks import _postgis

    connection = _postgis.connect()
    print(
        f"\n{len(points):,} points, {rounds} rounds{'':14} calls/s   p50 us   p95 us   p99 us  "
        " answers that differ from ours"
    )
    totals = dict.fromkeys(LABELS, 0.0)
    for layer in layers:
        for name, seconds in measure_layer(layer, points, rounds, connection).items():
            totals[name] += seconds
    for name, wanted in FASTER_THAN.items():
        bars.append(bar_against(name, wanted, totals))


def measure_layer(layer, points, rounds, connection):
    """Seconds by engine; PostGIS only where there is a connection to one."""
    from benchmarks import _postgis
    from legislators.maps.boundaries import Index

    each = layer.map
    ours, theirs = Index(layer.path).covering, prepared(each.drawings)
    runs = {"ours": [], "shapely": []}
    for _ in range(rounds):
        runs["ours"].append(timed(ours, points))
        runs["shapely"].append(timed(theirs, points))
    if connection:
        table, pieces = _postgis.fill(connection, each)
        runs["PostGIS"] = [timed(_postgis.asking(connection, table), points[::PER_POSTGIS])]
    # Ours answers with areas, the others with the numbers of drawings.
    numbers = {drawing.area: number for number, drawing in enumerate(each.drawings)}
    expected = [sorted(numbers[area] for area in answer) for answer in runs["ours"][0][2]]
    every = {"PostGIS": PER_POSTGIS}
    seconds = {}
    for name, found in runs.items():
        compared = None if name == "ours" else expected[:: every.get(name, 1)]
        took_s = tell(f"{each.layer} {LABELS[name]}", found, compared)
        seconds[name] = took_s * len(points) / len(found[0][1])  # as for all points
    bulk(each, points)
    if connection:
        print(f"     (PostGIS: {pieces:,} pieces)", flush=True)
    return seconds


def bar_against(name, wanted, totals):
    what = f"calls per second against {name}, all layers"
    if not totals[name]:
        return what, f">= {wanted}x", "not measured", False
    ratio = totals[name] / totals["ours"]
    return what, f">= {wanted}x", f"{ratio:.1f}x", ratio >= wanted


def tell(label, runs, expected):
    """One line; the seconds that all points took, the median of the rounds."""
    seconds = statistics.median(run[0] for run in runs)
    p50, p95, p99 = (
        statistics.median(percentile(run[1], share) for run in runs) for share in (0.5, 0.95, 0.99)
    )
    differ = ""
    if expected is not None:
        number = sum(a != b for a, b in zip(runs[0][2], expected, strict=True))
        differ = f"{number:10}"
    print(
        f"{label:36} {len(runs[0][1]) / seconds:10,.0f} {p50:8.1f} {p95:8.1f} {p99:8.1f} {differ}",
        flush=True,
    )
    return seconds


def timed(ask, points):
    """(seconds of all calls, microseconds of each, answers), after a thousand to warm up.

    The clock's own cost is in all alike.
    """
    for lat, lon in points[:1000]:
        ask(lat, lon)
    times, answers, now = [], [], time.perf_counter
    for lat, lon in points:
        started = now()
        answer = ask(lat, lon)
        times.append((now() - started) * 1e6)
        answers.append(answer)
    return sum(times) / 1e6, times, answers


def percentile(values, share):
    return sorted(values)[int(share * len(values))]


def prepared(drawings):
    """The fair way per call: the tree by boxes only, then the prepared polygon (a predicate in the
    query would ignore that).
    """
    import shapely

    from legislators.maps.boundaries import UNITS

    geometries = [each.geometry for each in drawings]
    shapely.prepare(geometries)
    tree = shapely.STRtree(geometries)

    def ask(lat, lon):
        x, y = round(lon * UNITS), round(lat * UNITS)
        return sorted(
            i
            for i in tree.query(shapely.points(x, y)).tolist()
            if shapely.intersects_xy(geometries[i], x, y)
        )

    return ask


def bulk(each, points):
    """For comparison only, no bar: all points in one call, which a web request cannot do."""
    import numpy as np
    import shapely

    from legislators.maps.boundaries import UNITS

    geometries = np.array([drawing.geometry for drawing in each.drawings], dtype=object)
    shapely.prepare(geometries)
    tree = shapely.STRtree(geometries)
    xy = np.rint(np.array(points)[:, ::-1] * UNITS)
    started = time.perf_counter()
    at, who = tree.query(shapely.points(xy))
    shapely.intersects_xy(geometries[who], xy[at, 0], xy[at, 1])
    print(
        f"{each.layer + ' shapely, all points in one call':36}"
        f" {len(points) / (time.perf_counter() - started):10,.0f}",
        flush=True,
    )


def measure_together(layers, points, rounds, bars):
    """As a lookup asks: the editions in force, all three layers, one call."""
    from django.conf import settings

    from legislators.maps.boundaries import districts_at
    from legislators.models import Edition, MapInForce

    laid = settings.VAR_DIR / "boundaries"
    laid.mkdir(parents=True, exist_ok=True)
    maps = []
    for layer in layers:
        (laid / f"{layer.path.stem}.idx").symlink_to(layer.path)
        edition = Edition(layer=layer.map.layer, index_sha256=layer.path.stem)
        maps.append(
            MapInForce(edition, frozenset(drawing.area.state for drawing in layer.map.drawings))
        )
    runs = [timed(lambda lat, lon: districts_at(lat, lon, maps), points) for _ in range(rounds)]
    print()
    tell("all three layers, one call", runs, None)
    p99 = statistics.median(percentile(run[1], 0.99) for run in runs)
    bars.append(("p99 of all three layers together", "< 100 us", f"{p99:.1f} us", p99 < 100))


def measure_weight(layers, points, bars):
    """Mapped size, private memory of a process beside this one, and the time to open all three."""
    megabytes = sum(layer.megabytes for layer in layers)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{lat} {lon}\n" for lat, lon in points[:10_000]))
        file.flush()
        command = [
            sys.executable,
            "-m",
            "benchmarks._private",
            file.name,
            *(str(layer.path) for layer in layers),
        ]
        runs = [
            subprocess.run(
                command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
            )
            for _ in range(5)
        ]
    kilobytes, opened = (
        statistics.median(float(run.stdout.split()[i]) for run in runs) for i in (0, 1)
    )
    bars.append(("mapped, the whole nation", "<= 80 MB", f"{megabytes:.1f} MB", megabytes <= 80))
    bars.append(
        (
            "private in a process, after 10,000 lookups in each layer",
            "< 5 MB",
            f"{kilobytes / 1024:.1f} MB",
            kilobytes < 5 * 1024,
        )
    )
    bars.append(("opening all three layers", "< 100 ms", f"{opened:.2f} ms", opened < 100))


def growth(nation, points):
    """From one state to the nation: time to draw, size, and the p50s of the three layers added
    (points in those states).
    """
    from dataclasses import replace

    from benchmarks import _nation
    from legislators.maps.boundaries import Index

    print(f"\n{'states':>7} {'districts':>10} {'drawn s':>9} {'MB':>7} {'p50 us, layers':>15}")
    for states in (*GROWTH, None):
        layers = nation
        if states:
            kept = [
                [drawing for drawing in layer.map.drawings if drawing.area.state in states]
                for layer in nation
            ]
            layers = [
                _nation.drawn(replace(layer.map, drawings=drawings))
                for layer, drawings in zip(nation, kept, strict=True)
            ]
        own = points if states is None else _nation.points_of(layers[-1].map.drawings, len(points))
        indexes = [Index(layer.path) for layer in layers]
        typical = sum(percentile(timed(index.covering, own[:50_000])[1], 0.5) for index in indexes)
        districts = sum(len(layer.map.drawings) for layer in layers)
        size, drawn_s = (
            sum(layer.megabytes for layer in layers),
            sum(layer.drawn_s for layer in layers),
        )
        print(
            f"{len(states or layers[0].map.states):7} {districts:10,} {drawn_s:9.1f} {size:7.1f}"
            f" {typical:15.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
