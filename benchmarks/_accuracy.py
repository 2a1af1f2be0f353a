"""How often is lookup right, and how often does it ask?

Real addresses with known points, per layer and way of finding; GEOS is the judge. Three samples:
3,220 public addresses of 16 states, 5,000 address points of Hamilton County, Ohio, and the district
offices of Congress (whose published points are now and then in another town than their address).

Right: certain of the district that the point lies in. Asked: offered several, or none. Wrong:
certain of another one. With the real data at hand only; a part of bin/bench lookup, or alone:
python -m tests.stack benchmarks._accuracy
"""

import csv
import datetime as dt
import gzip
import json
import os
import time
from collections import Counter
from math import sqrt

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
DAY = dt.date(2026, 11, 20)
LAYERS = {"cd": "us_house", "sldu": "state_upper", "sldl": "state_lower"}
ONE_IN = 2_000  # layers: more than one of so many certain and wrong is too much


def main() -> None:
    import django

    django.setup()
    from benchmarks import _nation

    if _nation.folder() is None:
        print("Accuracy is measured on real addresses, and there are none here.")
        return
    bars = []
    report(_nation.loaded(), bars)
    for bar in bars:
        print(*bar, sep="  ")


def report(layers, bars):
    """Prints; adds to `bars` (name, wanted, measured, whether it is met). The nation is loaded."""
    from benchmarks import _every_zip, _nation

    print("\nAccuracy against GEOS (right / asked / wrong)")
    folder = _nation.folder()
    judges = {layer.map.layer: judge(layer.map.drawings) for layer in layers}
    samples = {
        "16 states": rrad(folder),
        "Hamilton, Ohio": hamilton(folder),
        "Congress' offices": offices(folder),
    }
    for way, ask in (("the given point", by_point), ("ZIP alone", by_zip)):
        wrong = total = 0
        for name, people in samples.items():
            truth = {
                layer: [judge(each["lat"], each["lon"]) for each in people]
                for layer, judge in judges.items()
            }
            for counts in told(name, way, people, truth, ask).values():
                wrong, total = wrong + counts["wrong"], total + counts.total()
        low, high = wilson(wrong, total)
        bars.append(
            (
                f"certain and wrong by {way}, of {total:,} layers",
                f"<= 1 in {ONE_IN:,}",
                f"{wrong} ({low:.3%} to {high:.3%})",
                wrong * ONE_IN <= total,
            )
        )
    _every_zip.report(DAY, bars, step=20)
    with_streets(folder, samples["Hamilton, Ohio"], judges, bars)


def wilson(wrong, total, z=1.96):
    """The share's 95 % interval."""
    share = wrong / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    half /= 1 + z * z / total
    return max(0.0, middle - half), middle + half


def with_streets(folder, people, judges, bars):
    """Hamilton by its own points and Meagher County by its own ranges: no more than that what was
    loaded is found again.
    """
    from tests.legislators.streetmap import lay_streets

    lay_streets(folder / "addresses", adds=False)
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
        found = told("Meagher, Montana", f"address, {spelling}", people, truth, by_address)
        total += sum(counts["wrong"] for counts in found.values())
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


def told(name, way, people, truth, ask):
    """Prints right, asked and wrong by layer. How many of each, by layer."""
    started = time.perf_counter()
    answers = ask(people)
    each_us = (time.perf_counter() - started) / len(people) * 1e6
    print(f"  {name}, by {way}: {len(people):,} addresses, {each_us:,.0f} us each")
    found = {}
    for layer in LAYERS:
        counts = Counter(
            verdict(answer.get(layer), true)
            for answer, true in zip(answers, truth[layer], strict=True)
            if true
        )
        found[layer], total = counts, counts.total() or 1
        shares = " / ".join(f"{counts[kind] / total:7.2%}" for kind in ("right", "asked", "wrong"))
        print(
            f"    {layer:5} {shares}   {counts['wrong']} wrong, {len(people) - total} in no"
            " district"
        )
    return found


def verdict(answer, true):
    return "asked" if answer is None else "right" if answer in true else "wrong"


def by_point(people):
    return certain(people, lambda loaded, each: point_of(loaded, each))


def point_of(loaded, each):
    from legislators.candidate_districts import whereabouts_of_point

    return whereabouts_of_point(each["lat"], each["lon"], loaded)


def by_zip(people):
    from legislators.zips.districts import ZipAsked, whereabouts_of_zip

    return certain(
        people,
        lambda loaded, each: whereabouts_of_zip(ZipAsked(each["zip"], state=each["state"]), loaded),
    )


def by_address(people):
    from legislators.addresses import Address
    from legislators.candidate_districts import whereabouts_of

    return certain(
        people,
        lambda loaded, each: whereabouts_of(
            Address(each["street"], each["city"], each["state"], each["zip"]), loaded
        ),
    )


def certain(people, ask):
    """{layer: division} of what is certain of each."""
    from legislators.loaded_data import LoadedData

    loaded = LoadedData(DAY, many=True)
    answers = []
    for each in people:
        whereabouts = ask(loaded, each)
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


def judge(drawings):
    """point -> divisions that cover it by GEOS, from the published polygons themselves."""
    import shapely

    from legislators.maps.boundaries import UNITS

    geometries = [drawn.geometry for drawn in drawings]
    shapely.prepare(geometries)
    tree = shapely.STRtree(geometries)

    def covering(lat, lon):
        point = shapely.Point(round(lon * UNITS), round(lat * UNITS))
        return {
            drawings[i].area.division
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


def offices(folder):
    """Those with a point and an address."""
    import yaml

    path = folder / "congress" / "legislators-district-offices.yaml.gz"
    people = yaml.load(gzip.decompress(path.read_bytes()), Loader=yaml.CSafeLoader)
    return [
        {
            "street": office["address"],
            "city": office["city"],
            "state": office["state"],
            "zip": str(office["zip"])[:5].zfill(5),
            "lat": office["latitude"],
            "lon": office["longitude"],
        }
        for person in people
        for office in person["offices"]
        if office.get("address") and office.get("zip") and abs(office.get("latitude", 99)) < 90
    ]


if __name__ == "__main__":
    main()
