"""Synthetic streets around the real centres of ZIP codes, laid on the real maps by our own code."""

import csv
import gzip
import json
import random
import re
import sqlite3
from collections import Counter, defaultdict
from math import cos, pi, radians, sin

LENGTHS_M = (90, 120, 180, 240, 300, 380, 500, 700, 1_200)  # of streets, each as often
BLOCK_M = 120
REACH_KM = {"few": 6.0, "many": 2.0}  # how far from a ZIP's centre its streets lie


def maps():
    """The nation's layers as the builder takes them."""
    from benchmarks import _nation
    from legislators.maps.boundaries import Index
    from legislators.states import STATES
    from legislators.streetfile.districts_near import LayerMap

    layers = [_nation.drawn(each) for each in _nation.maps()]
    return [LayerMap(each.map.layer, Index(each.path), frozenset(STATES)) for each in layers]


def centres():
    """ZIP -> (lat, lon) of its Census area."""
    from benchmarks import _nation

    path = _nation.folder() / "crosswalk" / "zcta_centroids_census2021.csv.gz"
    with gzip.open(path, "rt") as file:
        rows = list(csv.reader(file))
    found = {}
    for row in rows[1:]:
        zip5 = next((cell for cell in row if re.fullmatch(r"\d{5}", cell)), "")
        numbers = [float(cell) for cell in row if re.fullmatch(r"-?\d+\.\d+", cell)]
        if zip5 and len(numbers) >= 2:
            lat, lon = sorted(numbers[-2:], reverse=True)
            found[zip5] = (lat, lon)
    return found


def ranges_of(options):
    """Published ranges of each ZIP; as many everywhere where no table is given."""
    there = centres()
    if options.ranges:
        table = json.loads(options.ranges.read_text())
        return {zip5: table[zip5] for zip5 in there if zip5 in table}
    return dict.fromkeys(there, 37_783_629 // len(there))


def zips(options):
    """[(ZIP, centre, ranges)] of a seeded share of the nation."""
    there, ranges = centres(), ranges_of(options)
    chosen = sorted(ranges)
    if options.share < 1:
        chosen = random.Random(4).sample(chosen, int(options.share * len(chosen)))
    return [(zip5, there[zip5], ranges[zip5]) for zip5 in sorted(chosen)]


def lay(chosen, layers, per_street):
    """(street file, names, counts, questions): every street by the builder's own functions."""
    from legislators.streetfile.names import write
    from legislators.streetfile.writer import Writer

    source, vocabulary = random.Random(6), names()
    writer, spelled, questions = Writer(), {}, []
    asked, total = Counter(), 0
    for zip5, centre, ranges in chosen:
        state = state_at(layers, centre)
        if not state:
            continue
        count = max(1, round(ranges / per_street))
        rows, written = _streets_of(zip5, centre, state, count, layers, source, vocabulary)
        writer.add(zip5, rows)
        spelled[zip5] = written
        for row in source.sample(rows, min(len(rows), 20)):
            house = _house(source)
            questions.append((zip5, row.street, house))
            held, _ = row.at(house)
            total += 1
            for layer, divisions in held.layers:
                asked[layer] += len(divisions) > 1
    counts = {"rows": writer.rows, "crossing": writer.crossing}
    counts["asked"] = {layer: asked[layer] / max(total, 1) for layer in ("cd", "sldu", "sldl")}
    head = {"name": "Synthetic", "states": [], "valid_from": "2024-01-01"}
    source.shuffle(questions)
    return writer.finish(head, {}), write(spelled), counts, questions


def empty():
    """(bytes of a street file, bytes of its names) that are there without any street."""
    from legislators.streetfile.names import write
    from legislators.streetfile.writer import Writer

    head = {"name": "", "states": [], "valid_from": "2024-01-01"}
    return len(Writer().finish(head, {})), len(write({}))


def _streets_of(zip5, centre, state, count, layers, source, vocabulary):
    """Rows of one ZIP, and their names as published."""
    from legislators.street_line import street_of
    from legislators.streetfile.house_runs import laid_out
    from legislators.streetfile.items import Teller
    from legislators.streetfile.ranges import RANGE, Row, Streets
    from legislators.streetfile.street_rows import StreetRow

    reach_km = REACH_KM["many" if count > 150 else "few"]
    streets = Streets(state, "synthetic")
    segment = 0
    names_here = set()
    while len(names_here) < count:
        names_here.add(source.choice(vocabulary))
        if len(names_here) > 0.95 * len(vocabulary):
            break
    for written in sorted(names_here):
        street = street_of(written)
        lat, lon, way = _placed(centre, reach_km, source)
        first = source.choice((1, 101, 201, 1001, 2401))
        for _ in range(max(1, round(source.choice(LENGTHS_M) / BLOCK_M))):
            line, (lat, lon) = _block((lat, lon), way)
            streets.lines[segment] = line
            for side, odd in (("L", 0), ("R", 1)):
                parity = "O" if (first + odd) % 2 else "E"
                numbers = first + odd, first + odd + 98
                streets.rows.append(
                    Row(
                        zip5, street.name, 0, "", *numbers, parity, side, RANGE,
                        street.before, street.kind, street.after, segment, written,
                    )
                )  # fmt: skip
            first += 100
            segment += 1
    told = Teller(streets, layers).items()
    return [StreetRow(street, *laid_out(items)) for (_, street), items in told.items()], names_here


def _placed(centre, reach_km, source):
    angle, far = source.uniform(0, 2 * pi), reach_km * source.random() ** 0.5
    lat = centre[0] + far * cos(angle) / 111.32
    lon = centre[1] + far * sin(angle) / (111.32 * cos(radians(centre[0])))
    return lat, lon, source.choice((0, pi / 2, source.uniform(0, pi)))


def _block(start, way):
    north, east = cos(way) * BLOCK_M / 111_320, sin(way) * BLOCK_M / 111_320
    end = (start[0] + north, start[1] + east / cos(radians(start[0])))
    return [start, end], end


def _house(source):
    from legislators.street_line import House

    return House("", source.choice((1, 101, 201, 1001, 2401)) + source.randrange(400))


def state_at(layers, centre):
    areas = layers[0].drawn.covering(*centre)
    return areas[0].state if areas else ""


def names():
    """As varied as real ones: those of the counties at hand, and new ones drawn letter by letter
    from theirs.
    """
    from benchmarks import _accuracy, _nation
    from tests.legislators.respelled import published

    folder = _nation.folder()
    real = {row["fullname"] for row, _ in published(
        folder / "addresses" / "tl_2021_30059_addrfeat.tar.xz"
    ) if row["fullname"]}  # fmt: skip
    for people in (_accuracy.hamilton(folder), _accuracy.rrad(folder)):
        real |= {each["street"].partition(" ")[2].title() for each in people}
    real = sorted(name for name in real if re.search(r"[A-Za-z]", name))
    source, follow = random.Random(8), defaultdict(list)
    kinds = [name.rpartition(" ")[2] for name in real if " " in name]
    for name in real:
        word = "^^" + name.rpartition(" ")[0].lower() + "$"
        for i in range(len(word) - 2):
            follow[word[i : i + 2]].append(word[i + 2])
    made = set(real)
    while len(made) < 60_000:
        word = "^^"
        while not word.endswith("$") and len(word) < 24:
            word += source.choice(follow[word[-2:]])
        if 3 <= len(word) - 3 <= 16:
            made.add(f"{word[2:].strip('$').title()} {source.choice(kinds)}")
    # Common names come in most ZIP codes, the others in few.
    return real * 12 + sorted(made - set(real))


def sqlite(file, questions, path):
    """The same rows of the ZIPs asked, as a table by ZIP and name, and how it is asked."""

    db = sqlite3.connect(path)
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA mmap_size=1073741824;"
        "CREATE TABLE street (zip TEXT, name TEXT, n INTEGER, before TEXT, kind TEXT, after TEXT,"
        " held INTEGER, PRIMARY KEY (zip, name, n)) WITHOUT ROWID;"
        "CREATE TABLE run (zip TEXT, name TEXT, n INTEGER, low INTEGER, high INTEGER,"
        " parity INTEGER, held INTEGER, PRIMARY KEY (zip, name, n, low, parity)) WITHOUT ROWID;"
        "CREATE TABLE held (id INTEGER PRIMARY KEY, districts TEXT);"
    )
    numbers = {}

    def number(held):
        return numbers.setdefault(held, len(numbers))

    for zip5, name in {(zip5, street.name) for zip5, street, _ in questions}:
        for n, row in enumerate(file.streets(zip5, name)):
            street = row.street
            db.execute(
                "INSERT INTO street VALUES (?, ?, ?, ?, ?, ?, ?)",
                (zip5, name, n, street.before, street.kind, street.after, number(row.held)),
            )
            db.executemany(
                "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (zip5, name, n, run.low, run.high, run.parity, number(run.held))
                    for run in row.runs
                ),
            )
    rows = [(n, json.dumps(held)) for held, n in numbers.items()]
    db.executemany("INSERT INTO held VALUES (?, ?)", rows)
    db.commit()

    def ask(zip5, street, house):
        found = db.execute(
            "SELECT n, before, kind, after, districts FROM street JOIN held ON held.id = held"
            " WHERE zip = ? AND name = ?",
            (zip5, street.name),
        ).fetchall()
        answers = []
        for n, before, kind, after, districts in found:
            if (before, kind, after) != street[1:]:
                continue
            run = db.execute(
                "SELECT districts FROM run JOIN held ON held.id = held WHERE zip = ? AND name = ?"
                " AND n = ? AND low <= ? AND high >= ? AND parity & ?",
                (zip5, street.name, n, house.number, house.number, 1 if house.number % 2 else 2),
            ).fetchone()
            answers.append(json.loads(run[0] if run else districts))
        return answers

    return ask
