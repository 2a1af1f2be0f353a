"""How often is lookup right, and how often does it ask?

Real addresses with known points, per layer and way of finding; GEOS is the judge.

Right: certain of the district that the point lies in. Asked: offered several, or none. Wrong:
certain of another one. With the real data at hand only; a part of bin/bench lookup, or alone:
python -m tests.stack benchmarks._accuracy --state OH
"""

import argparse
import csv
import datetime as dt
import gzip
import json
import os
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
DAY = dt.date(2026, 11, 20)
LAYERS = {"cd": "us_house", "sldu": "state_upper", "sldl": "state_lower"}


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", action="append", default=[])
    options = parser.parse_args()
    django.setup()
    folder = Path(
        os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    if not folder.is_dir():
        print(f"Accuracy is measured on real addresses, and there are none in {folder}.")
        return
    report(folder, options.state)


def report(folder, states=(), bars=None):
    """Prints; adds to `bars`, if given, (name, wanted, measured, whether it is met)."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import _every_zip
    from legislators.loading import load

    bars = [] if bars is None else bars
    print("Accuracy against GEOS (right / asked / wrong)")
    call_command("migrate", verbosity=0)
    samples = {"16 states": rrad(folder), "Hamilton, Ohio": hamilton(folder)}
    wanted = sorted(
        states or {each["state"] for sample in samples.values() for each in sample} | {"MT"}
    )
    load(folder, wanted, say=lambda line: None)
    judges = {layer: judge(folder, layer, wanted) for layer in LAYERS}
    print(f"  loaded {' '.join(wanted)} into {connection.vendor}")
    for name, sample in samples.items():
        people = [each for each in sample if each["state"] in wanted]
        if not people:
            continue
        truth = {
            layer: [judges[layer](each["lat"], each["lon"]) for each in people] for layer in LAYERS
        }
        wrong = told(name, "the given point", people, truth, by_point)
        bars.append(
            (f"{name}, given points: wrong", "0", f"{sum(wrong.values())}", not any(wrong.values()))
        )
        wrong = told(name, "ZIP alone", people, truth, by_zip)
        bars.append(
            (
                f"{name}, ZIP alone: congressional wrong",
                "<= 0.3 %",
                f"{wrong['cd'] / len(people):.2%}",
                wrong["cd"] <= 0.003 * len(people),
            )
        )
        uncovered = certain_without_crosswalk(people)
        bars.append(
            (
                f"{name}: certain in a ZIP that no crosswalk covers",
                "0",
                f"{uncovered}",
                not uncovered,
            )
        )
    _every_zip.report(DAY, bars, step=20)
    with_streets(folder, samples["Hamilton, Ohio"] if "OH" in wanted else [], judges, bars)


def with_streets(folder, people, judges, bars):
    """Hamilton by its own points and Meagher County by its own ranges: no more than that what was
    loaded is found again.
    """
    from tests.legislators.streetmap import lay_streets

    lay_streets(folder / "addresses", adds=False)
    if people:
        truth = {
            layer: [judges[layer](each["lat"], each["lon"]) for each in people] for layer in LAYERS
        }
        told("Hamilton, Ohio", "address, its points loaded", people, truth, by_address)
    from tests.legislators.respelled import SPELLINGS, made_from, published

    made = [
        each
        for each in made_from(published(folder / "addresses" / "tl_2021_30059_addrfeat.tar.xz"))
        if each.kind != "wrong side"
    ]
    total = 0
    for spelling, spell in SPELLINGS.items():
        people = [house(each, spell) for each in made]
        truth = {
            layer: [judges[layer](each["lat"], each["lon"]) for each in people] for layer in LAYERS
        }
        total += sum(
            told("Meagher, Montana", f"address, {spelling}", people, truth, by_address).values()
        )
    bars.append(("Meagher, Montana, houses made from ranges: wrong", "0", f"{total}", not total))


def house(made, spell):
    number, _, name = made.text.partition(" ")
    return {
        "street": f"{number} {spell(name)}",
        "city": "",
        "state": "MT",
        "zip": made.zip,
        "lat": made.lat,
        "lon": made.lon,
    }


def certain_without_crosswalk(people):
    from legislators.models import ZipDistrict

    covered = set(ZipDistrict.objects.values_list("zip", flat=True))
    alone = [each for each in people if each["zip"] not in covered]
    return sum(bool(answer) for answer in by_zip(alone))


def told(name, way, people, truth, ask):
    """Prints right, asked and wrong by layer. How many were wrong, by layer."""
    started = time.perf_counter()
    answers = ask(people)
    each_us = (time.perf_counter() - started) / len(people) * 1e6
    print(f"  {name}, by {way}: {len(people):,} addresses, {each_us:,.0f} us each")
    wrong = {}
    for layer in LAYERS:
        counts = Counter(
            verdict(answer.get(layer), true)
            for answer, true in zip(answers, truth[layer], strict=True)
            if true
        )
        total = sum(counts.values()) or 1
        shares = " / ".join(f"{counts[kind] / total:7.2%}" for kind in ("right", "asked", "wrong"))
        print(
            f"    {layer:5} {shares}   {counts['wrong']} wrong, {len(people) - total} in no"
            " district"
        )
        wrong[layer] = counts["wrong"]
    return wrong


def verdict(answer, true):
    return "asked" if answer is None else "right" if answer in true else "wrong"


def by_point(people):
    return certain(people, lambda survey, each: survey_point(survey, each))


def survey_point(survey, each):
    from legislators.candidate_districts import whereabouts_of_point

    return whereabouts_of_point(each["lat"], each["lon"], survey)


def by_zip(people):
    from legislators.zip_whereabouts import ZipAsked, whereabouts_of_zip

    return certain(
        people,
        lambda survey, each: whereabouts_of_zip(ZipAsked(each["zip"], state=each["state"]), survey),
    )


def by_address(people):
    from legislators.addresses import Address
    from legislators.candidate_districts import whereabouts_of

    return certain(
        people,
        lambda survey, each: whereabouts_of(
            Address(each["street"], each["city"], each["state"], each["zip"]), survey
        ),
    )


def certain(people, ask):
    """{layer: division} of what is certain of each."""
    from legislators.survey import Survey

    survey = Survey(DAY, many=True)
    answers = []
    for each in people:
        whereabouts = ask(survey, each)
        sure = (
            {}
            if whereabouts.doubt
            else {
                layer: there.districts[0].division
                for layer, there in whereabouts.standings.items()
                if there.is_certain
            }
        )
        answers.append(sure)
    return answers


def judge(folder, layer, states):
    """point -> divisions that cover it by GEOS, from the published polygons themselves."""
    import shapely

    from legislators.boundaries import UNITS
    from legislators.loading import blank_map, find_files
    from legislators.maps import Divisions, read_shapes

    files = find_files(folder)
    each = blank_map(layer, files[layer], list(states))
    read_shapes(files[layer], each, Divisions(files["geoids"][0], []))
    geometries = [drawn.geometry for drawn in each.drawings]
    tree = shapely.STRtree(geometries)

    def covering(lat, lon):
        point = shapely.Point(round(lon * UNITS), round(lat * UNITS))
        return {
            each.drawings[i].area.division
            for i in tree.query(point).tolist()
            if geometries[i].covers(point)
        }

    return covering


def rrad(folder):
    rows = json.loads(gzip.decompress((folder / "addresses" / "rrad_us_all.json.gz").read_bytes()))[
        "addresses"
    ]
    return [
        {
            "street": row["address1"],
            "city": row.get("city", ""),
            "state": row["state"],
            "zip": row["postalCode"],
            "lat": row["coordinates"]["lat"],
            "lon": row["coordinates"]["lng"],
        }
        for row in rows
    ]


def hamilton(folder):
    with gzip.open(folder / "addresses" / "nad_hamilton_oh_5000.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    people = []
    for row in rows:
        parts = [
            row[name]
            for name in ("number", "predir", "name", "type", "postdir")
            if row[name] and row[name] != "NA"
        ]
        place = {"lat": float(row["lat"]), "lon": float(row["lon"])}
        people.append(
            {
                "street": " ".join(parts),
                "city": row["city"],
                "state": row["state"],
                "zip": row["zip"],
                **place,
            }
        )
    return people


if __name__ == "__main__":
    main()
