"""A folder of published files in miniature, about invented people in a square Vermont."""

import csv
import json

WEST, SOUTH = -73.0, 43.0
ROSTERS = ("all-current-roles.jsonl", "legislators-current.yaml")
HEADER = [
    "state",
    "fips",
    "chamber",
    "chamber_name",
    "title",
    "district",
    "division_id",
    "num_seats",
]
DISTRICTS = [
    [
        "US",
        "00",
        "lower",
        "House",
        "Representative",
        "VT-AL",
        "ocd-division/country:us/state:vt/cd:at-large",
        "1",
    ],
    ["US", "00", "upper", "Senate", "Senator", "Vermont", "ocd-division/country:us/state:vt", "2"],
    [
        "VT",
        "50",
        "upper",
        "Senate",
        "Senator",
        "Rutland",
        "ocd-division/country:us/state:vt/sldu:rutland",
        "3",
    ],
    [
        "VT",
        "50",
        "lower",
        "House",
        "Representative",
        "1",
        "ocd-division/country:us/state:vt/sldl:1",
        "2",
    ],
    [
        "VT",
        "50",
        "lower",
        "House",
        "Representative",
        "2",
        "ocd-division/country:us/state:vt/sldl:2",
        "1",
    ],
]


def box(west, south, east, north):
    return {
        "type": "Polygon",
        "coordinates": [
            [[west, south], [east, south], [east, north], [west, north], [west, south]]
        ],
    }


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def person(id, name, type="lower", district="1", **fields):
    row = {
        "id": f"ocd-person/{id}",
        "name": name,
        "st": "vt",
        "type": type,
        "district": district,
        "start": "2025-01-08",
        "end": None,
    }
    return (
        row
        | {"party": ["Meadow"], "email": f"{id}@example.org", "offices": [], "links": []}
        | fields
    )


def member(id, first, last, **term):
    term = {
        "start": "2025-01-03",
        "end": "2027-01-03",
        "state": "VT",
        "party": "Meadow",
        "phone": "202-555-0100",
    } | term
    return {
        "id": {"bioguide": id},
        "name": {"first": first, "last": last, "official_full": f"{first} {last}"},
        "terms": [term],
    }


PEOPLE = [
    person(
        "ann",
        "Ann Alder",
        offices=[
            {"classification": "capitol", "voice": "802-555-0101", "address": "1 State Street"}
        ],
    ),
    person("bob", "Bob Birch", start="2023-01-04"),
    person("cyd", "Cyd Cedar", "upper", "Rutland"),
    person("dee", "Dee Dogwood", "upper", "Rutland"),
    person("eve", "Eve Elder", "governor", None, email="https://governor.example.org/contact"),
]
CONGRESS = [
    member("A000001", "Flo", "Fir", type="rep", district=0, url="https://fir.example.org"),
    member("A000002", "Gus", "Gum", type="sen", **{"class": 1}),
    member("A000003", "Hal", "Holly", type="sen", **{"class": 3}),
]


def write(
    folder,
    *,
    people=PEOPLE,
    congress=CONGRESS,
    districts=DISTRICTS,
    as_of="2026-06-15",
    split=-72.5,
):
    """Write the files; `split` is the meridian between house districts 1 and 2."""
    folder.mkdir(exist_ok=True)
    write_rosters(folder, people, congress, districts, as_of)
    write_maps(folder, split)
    write_zips(folder)
    return folder


def write_rosters(folder, people, congress, districts, as_of):
    write_table(folder / "districts_metadata.csv", [HEADER, *districts])
    rutland = ["sldu", "50RUT", "ocd-division/country:us/state:vt/sldu:rutland"]
    write_table(folder / "tiger_geoid_to_ocd.csv", [["layer", "geoid", "ocd_division"], rutland])
    (folder / "all-current-roles.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in people)
    )
    (folder / "legislators-current.yaml").write_text(json.dumps(congress))
    write_table(
        folder / "MANIFEST.csv",
        [["file", "commit", "note"], *[[name, "c", f"as of {as_of}"] for name in ROSTERS]],
    )


def write_maps(folder, split):
    """Vermont, a square: one district of Congress and of the senate, two of the house."""
    north, east = SOUTH + 1, WEST + 1
    whole = box(WEST, SOUTH, east, north)
    west_half, east_half = box(WEST, SOUTH, split, north), box(split, SOUTH, east, north)
    maps = {
        "cd119_500k.geojson": [feature(whole, statefp="50", cd119fp="00", namelsad="At large")],
        "VT_upper.json": [feature(whole, STATEFP="50", SLDUST="RUT", NAMELSAD="Rutland")],
        "VT_lower.json": [
            feature(west_half, STATEFP="50", SLDLST="001", NAMELSAD="One"),
            feature(east_half, STATEFP="50", SLDLST="002", NAMELSAD="Two"),
        ],
    }
    for name, features in maps.items():
        (folder / name).write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def write_zips(folder):
    at_large = [["50", "VT", zip_code, "0"] for zip_code in ("05001", "05002")]
    write_table(folder / "zccd119.csv", [["state_fips", "state_abbr", "zcta", "cd"], *at_large])
    chambers = {
        "upper": {"districts": {"RUT": {"zips": ["05001", "05002"]}}},
        "lower": {"districts": {"1": {"zips": ["05001", "05002"]}, "2": {"zips": ["05002"]}}},
    }
    (folder / "sld_zcta.json").write_text(json.dumps({"states": {"50": {"chambers": chambers}}}))


def write_table(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
