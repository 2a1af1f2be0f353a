"""The street file: right, asked and wrong on real streets, and a nation's size and speed.

Real: Meagher County's ranges (Montana) and Hamilton County's known points (Ohio, one in about a
hundred of its addresses), the latter held out: one half is loaded, the other asked. Their files'
maps are the real ones, or the accuracy is not measured. Synthetic: streets laid around the real
centre of every ZIP code, on the real maps. `--ranges FILE` is a JSON table, ZIP -> published
ranges; without it every ZIP has as many. `--share` of the ZIP codes are laid (1 is the nation) and
the sizes are scaled up.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROWS_IN_NATION = 6_000_000
LAYERS = ("cd", "sldu", "sldl")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=0.0005)
    parser.add_argument("--rows", type=int, default=ROWS_IN_NATION)
    parser.add_argument("--ranges", type=Path)
    parser.add_argument("--only", choices=("real", "nation"))
    options = parser.parse_args()
    django.setup()
    from benchmarks import _nation

    if _nation.folder() is None:
        print("Streets are measured on real maps, and there are none here.")
        return
    if options.only != "nation":
        real(_nation.folder())
    if options.only != "real":
        nation(options)


def real(folder):
    """Meagher's houses by its ranges, Hamilton's second half by its first."""
    import csv
    import gzip

    from django.core.management import call_command

    from benchmarks import _nation
    from benchmarks._accuracy import by_address, hamilton, house, judge
    from legislators.loading import load
    from tests.legislators.respelled import made_from, published
    from tests.legislators.streetmap import lay_streets

    layers = []

    def draw(each):
        layers.append(_nation.drawn(each))
        return layers[-1].path.read_bytes(), None

    call_command("migrate", verbosity=0)
    load(folder, ["MT", "OH"], say=lambda line: None, draw=draw)
    judges = {layer.map.layer: judge(layer.map.drawings) for layer in layers}
    county = folder / "addresses" / "tl_2021_30059_addrfeat.tar.xz"
    people = hamilton(folder)
    random.Random(1).shuffle(people)
    loaded, asked = people[: len(people) // 2], people[len(people) // 2 :]
    with tempfile.TemporaryDirectory() as here:
        table = Path(here) / "address_points_oh.csv.gz"
        with gzip.open(table, "wt", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["number", "street", "zip", "state", "lat", "lon"])
            for each in loaded:
                number, _, street = each["street"].partition(" ")
                rows.writerow([number, street, each["zip"], "OH", each["lat"], each["lon"]])
        lay_streets(county, table)
    made = [each for each in made_from(published(county)) if each.kind != "wrong side"]
    houses = [house(each, lambda name: name) for each in made]
    print("Real streets on real maps: right / asked / wrong")
    told("Meagher, Montana: houses of its ranges", houses, judges, by_address)
    streets = {(each["zip"], each["street"].partition(" ")[2]) for each in loaded}
    known = [each for each in asked if (each["zip"], each["street"].partition(" ")[2]) in streets]
    told("Hamilton, Ohio: held out, all", asked, judges, by_address)
    told("Hamilton, Ohio: held out, on streets of loaded points", known, judges, by_address)
    beside = [each for each in known if near_loaded(each, loaded)]
    told("Hamilton, Ohio: held out, two numbers further or nearer", beside, judges, by_address)


def near_loaded(each, loaded):
    """Whether a loaded point has the same street and a number at most two away."""
    number, _, street = each["street"].partition(" ")
    return number.isdigit() and any(
        other["zip"] == each["zip"]
        and other["street"].partition(" ")[2] == street
        and other["street"].partition(" ")[0].isdigit()
        and 0 < abs(int(other["street"].partition(" ")[0]) - int(number)) <= 2
        for other in loaded
    )


def told(name, people, judges, ask):
    """Prints a line a layer, and how many were wrong with its 95 % interval (Wilson)."""
    from benchmarks._accuracy import verdict, wilson

    answers = ask(people)
    print(f"  {name}: {len(people):,} houses")
    for layer, judge in judges.items():
        kinds = [
            verdict(answer.get(layer), true)
            for answer, each in zip(answers, people, strict=True)
            if (true := judge(each["lat"], each["lon"]))
        ]
        total, wrong = len(kinds) or 1, kinds.count("wrong")
        shares = " / ".join(f"{kinds.count(kind) / total:7.2%}" for kind in ("right", "asked"))
        low, high = wilson(wrong, total)
        print(f"    {layer:5} {shares} / {wrong} of {total:,} wrong ({low:.3%} to {high:.3%})")


def nation(options):
    """A synthetic one: build, weigh, ask; SQLite answers the same questions."""
    from benchmarks import _street_nation as made

    drawn = made.maps()
    started = time.process_time()
    zips = made.zips(options)
    whole = sum(made.ranges_of(options).values())
    per_street = whole / options.rows
    print(
        f"\nSynthetic streets on the real maps: {len(zips):,} ZIP codes, {per_street:.1f} ranges a"
        f" street for {options.rows:,} rows in the nation"
    )
    file, names, counts, questions = made.lay(zips, drawn, per_street)
    cpu_s = time.process_time() - started
    share = counts["rows"] / options.rows
    with tempfile.TemporaryDirectory() as here:
        path, beside = Path(here) / "a.streets", Path(here) / "a.names"
        path.write_bytes(file)
        beside.write_bytes(names)
        print(
            f"  {counts['rows']:,} rows ({share:.2%} of the nation), {cpu_s:.0f} s of one core to"
            f" lay; the nation about {cpu_s / share / 3600:.1f} hours of one core"
        )
        print(f"  near a line: {counts['crossing'] / counts['rows']:.1%} of the streets")
        for what, content, empty in zip(
            ("streets", "names"), (file, names), made.empty(), strict=True
        ):
            # What a file of no streets has too, such as a word for each ZIP code, does not grow.
            grows = len(content) - empty
            print(
                f"  {what}: {len(content) / 1e6:.1f} MB, {grows / counts['rows']:.2f} bytes a row;"
                f" the nation about {(grows / share + empty) / 1e6:.0f} MB"
            )
        asked = counts["asked"]
        print("  asked: " + ", ".join(f"{layer} {asked[layer]:.2%}" for layer in LAYERS))
        speed(path, questions, Path(here) / "a.sqlite3")
        weight(path, questions)


def speed(path, questions, db_path):
    """p50 and p99 of one question, in process, and of the same one on SQLite."""
    from benchmarks import _street_nation as made
    from legislators.streetfile.reader import StreetFile

    file = StreetFile(path)

    def ours(zip5, street, house):
        rows = file.streets(zip5, street.name)
        return [row.at(house) for row in rows if row.street == street]

    theirs = made.sqlite(file, questions, db_path)
    runs = {}
    for name, ask in (("ours", ours), ("SQLite", theirs)):
        for question in questions[:2_000]:
            ask(*question)
        times = []
        for question in questions:
            began = time.perf_counter()
            ask(*question)
            times.append((time.perf_counter() - began) * 1e6)
        times.sort()
        runs[name] = statistics.median(times), times[int(0.99 * len(times))]
        print(f"  {name:7} p50 {runs[name][0]:6.1f} us, p99 {runs[name][1]:7.1f} us")
    ratio = [theirs / ours for ours, theirs in zip(runs["ours"], runs["SQLite"], strict=True)]
    print(f"  SQLite takes {ratio[0]:.1f}x at p50, {ratio[1]:.1f}x at p99")
    differ = sum(bool(ours(*each)) != bool(theirs(*each)) for each in questions[:2_000])
    print(f"  answers that differ in being there: {differ} of 2,000")


def weight(path, questions):
    """Private memory of another process after asking, while this one has the file mapped too."""
    from legislators.streetfile.reader import StreetFile

    held_open = StreetFile(path)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([(zip5, street.name) for zip5, street, _ in questions[:10_000]], file)
        file.flush()
        command = [sys.executable, "-m", "benchmarks._street_private", file.name, str(path)]
        here = Path(__file__).parents[1]
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here)
    private, opened_ms = map(float, run.stdout.split())
    print(
        f"  mapped and shared {held_open.size / 1e6:.1f} MB; private after 10,000 questions"
        f" {private / 1024:.1f} MB; opened in {opened_ms:.1f} ms"
    )


if __name__ == "__main__":
    main()
