"""The map of the 120th Congress comes in under whatever name it is published; who did not redraw
keeps their lines, and where no ZIP table is published one is made from the maps.
"""

import datetime as dt
import json
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from legislators.folder import congress_of, find_files
from legislators.lookup import find_zip
from legislators.maps import same_lines
from legislators.maps.boundaries import Index
from legislators.maps.indexing import draw
from legislators.maps.published import Divisions, congressional_map, read_shapes
from legislators.models import Edition, ZipDistrict
from tests import build
from tests.legislators.folder import box, feature
from tests.legislators.streetmap import lay_streets, street, write

EVE, FIRST = dt.date(2027, 1, 2), dt.date(2027, 1, 3)


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["cb_2026_us_cd120_500k.zip", "cb_2027_us_cd120_500k.zip"], ["cb_2027_us_cd120_500k.zip"]),
        (["cd120.zip"], ["cd120.zip"]),
        (["cd120_500k.geojson.xz"], ["cd120_500k.geojson.xz"]),
        (["tl_2027_us_cd120.zip"], ["tl_2027_us_cd120.zip"]),
        (
            ["tl_2026_24_cd120.zip", "tl_2027_24_cd120.zip", "tl_2026_48_cd120.zip"],
            ["tl_2026_48_cd120.zip", "tl_2027_24_cd120.zip"],
        ),
        (["cb_2027_us_cd120_500k.zip", "tl_2027_us_cd120.zip"], ["cb_2027_us_cd120_500k.zip"]),
        (["cb_2027_us_cd120_20m.zip", "tl_2022_24_cd118.zip"], []),  # too coarse; too old
    ],
)
def test_the_names_under_which_the_next_map_may_come(tmp_path, names, chosen):
    for name in [*names, "cb_2024_us_cd119_500k.zip", "tab20_cd12020_zcta520_natl.txt"]:
        (tmp_path / name).touch()
    files = find_files(tmp_path)
    of_120 = [path.name for path in files["cd"] if congress_of(path) == 120]

    assert sorted(of_120) == chosen
    assert [path.name for path in files["cd"] if congress_of(path) == 119] == [
        "cb_2024_us_cd119_500k.zip"
    ]
    assert [congress_of(path) for path in files["cd zips"]] == [120]


@pytest.fixture
def places(db):
    """Arizona and Texas in small: two districts each, and Texas' house in three stripes."""
    for code, name in (("AZ", "Arizona"), ("TX", "Texas")):
        build.jurisdiction(code, name=name)
        for number in "12":
            division = f"ocd-division/country:us/state:{code.lower()}/cd:{number}"
            build.term(build.seat("us_house", state=code, district=number, division=division))
    for number in "123":
        division = f"ocd-division/country:us/state:tx/sldl:{number}"
        build.term(build.seat("state_lower", state="TX", district=number, division=division))


def house_map(path, congress, *, az, tx, swapped=False):
    """Each state is a degree wide; `az` and `tx` are the meridians between its districts."""
    numbers = ("02", "01") if swapped else ("01", "02")
    pieces = [
        ("04", numbers[0], box(-112, 33, az, 34)),
        ("04", numbers[1], box(az, 33, -111, 34)),
        ("48", "01", box(-100, 30, tx, 31)),
        ("48", "02", box(tx, 30, -99, 31)),
    ]
    column = f"cd{congress}fp"
    features = [
        feature(shape, statefp=fips, **{column: number}, namelsad=f"District {number}")
        for fips, number, shape in pieces
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def stripes(path):
    edges = [-100, -99.75, -99.25, -99]
    features = [
        feature(box(west, 30, east, 31), statefp="48", sldlst=f"00{number}", namelsad=str(number))
        for number, (west, east) in enumerate(pairwise(edges), start=1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def load(path, layer, session, *options):
    call_command("load_boundaries", path, "--layer", layer, "--session", session, *options)


def zips(edition, **rows):
    for state, pairs in rows.items():
        ZipDistrict.objects.bulk_create(
            ZipDistrict(
                edition=edition,
                zip=zip5,
                state=state,
                division=f"ocd-division/country:us/state:{state.lower()}/{edition.layer}:{number}",
            )
            for zip5, number in pairs
        )


@pytest.fixture
def old_map(places, tmp_path):
    """With its ZIP codes: 78701 lies in the west of Texas, 78702 across the middle."""
    load(stripes(tmp_path / "sldl.geojson"), "sldl", "2024", "--from", "2024-01-01")
    load(house_map(tmp_path / "cd119.geojson", 119, az=-111.5, tx=-99.5), "cd", "119")
    house, lower = Edition.objects.get(layer="cd"), Edition.objects.get(layer="sldl")
    zips(
        house,
        AZ=[("85001", 1), ("85002", 2), ("85003", 1), ("85003", 2)],
        TX=[("78701", 1), ("78702", 1), ("78702", 2)],
    )
    zips(lower, TX=[("78701", 1), ("78702", 2)])
    return house


def answered(zip5, on):
    return [
        (place.seat.district, place.certain, place.edition)
        for place in find_zip(zip5, on).places
        if place.seat.chamber == "us_house"
    ]


def test_who_did_not_redraw_keeps_lines_and_zip_codes_and_who_did_has_them_made(old_map, tmp_path):
    # Arizona's line moved by 37 m, as when one line is generalized twice; Texas' by 19 km.
    new = house_map(tmp_path / "cd120.geojson", 120, az=-111.5004, tx=-99.7)
    load(new, "cd", "120")

    redrawn, kept = Edition.objects.filter(session="120").order_by("pk")
    assert (redrawn.states, kept.states) == (["TX"], ["AZ"])
    assert kept.index_sha256 == old_map.index_sha256 != redrawn.index_sha256
    assert {each.name for each in (redrawn, kept)} == {"120th Congress"}
    assert {(each.valid_from, each.valid_to) for each in (redrawn, kept)} == {
        (FIRST, dt.date(2029, 1, 3))
    }

    assert answered("85001", EVE) == [("1", True, "119th Congress")]
    assert answered("85001", FIRST) == [("1", True, "120th Congress")]
    assert answered("85003", FIRST) == [
        ("1", False, "120th Congress"),
        ("2", False, "120th Congress"),
    ]
    # The first stripe lies west of the new line, the second on both sides of it.
    assert answered("78701", FIRST) == [("1", True, "120th Congress")]
    assert [row[:2] for row in answered("78702", FIRST)] == [("1", False), ("2", False)]


def test_a_stripe_that_the_new_line_left_whole_is_certain_in_its_new_district(old_map, tmp_path):
    load(house_map(tmp_path / "cd120.geojson", 120, az=-111.5, tx=-99.8), "cd", "120")

    assert answered("78702", EVE)[0][:2] == ("1", False)
    assert answered("78702", FIRST) == [("2", True, "120th Congress")]


def test_districts_that_only_exchanged_their_numbers_are_new(old_map, tmp_path):
    path = house_map(tmp_path / "cd120.geojson", 120, az=-111.5, tx=-99.5, swapped=True)
    load(path, "cd", "120")

    assert [each.states for each in Edition.objects.filter(session="120").order_by("pk")] == [
        ["AZ"],
        ["TX"],
    ]
    assert answered("85001", FIRST) == [("2", True, "120th Congress")]


def test_the_operator_has_the_last_word(old_map, tmp_path, settings):
    settings.HOUSE_LINES_KEPT, settings.HOUSE_LINES_REDRAWN = ["TX"], ["AZ"]
    load(house_map(tmp_path / "cd120.geojson", 120, az=-111.5, tx=-99.7), "cd", "120")

    redrawn, kept = Edition.objects.filter(session="120").order_by("pk")
    assert (redrawn.states, kept.states) == (["AZ"], ["TX"])


def test_streets_laid_on_the_new_map_name_zip_codes_that_no_table_has(old_map, tmp_path):
    load(house_map(tmp_path / "cd120.geojson", 120, az=-111.5, tx=-99.7), "cd", "120")
    lines = {"78799": -99.9, "78798": -99.1}
    streets = [
        street("Main St", [(lon, 30.5), (lon, 30.501)], left=(1, 99, "O"), zip=zip5, tlid=number)
        for number, (zip5, lon) in enumerate(lines.items(), start=1)
    ]
    # On the day on which that map is in force; then a later printing of it comes.
    lay_streets(write(tmp_path / "tl_2026_48453_addrfeat.zip", streets), on=FIRST)
    again = house_map(tmp_path / "cd120_500k.geojson", 120, az=-111.5, tx=-99.7001)
    load(again, "cd", "120")

    assert answered("78799", FIRST) == [("1", True, "120th Congress")]
    assert answered("78798", FIRST) == [("2", True, "120th Congress")]


def test_a_published_table_is_believed(old_map, tmp_path):
    table = tmp_path / "zccd120.csv"
    table.write_text("state_fips,state_abbr,zcta,cd\n48,TX,78701,2\n04,AZ,85001,2\n")
    new = house_map(tmp_path / "cd120.geojson", 120, az=-111.5, tx=-99.7)
    load(new, "cd", "120", "--zips", str(table))

    assert answered("78701", FIRST) == [("2", True, "120th Congress")]
    assert answered("85001", FIRST) == [("2", True, "120th Congress")]


def test_of_real_maps_of_two_congresses_new_hampshire_draws_the_same(shared_data):
    """Drawn twice from different sources: TIGER/Line in full for the 118th, 1:500,000 for the
    119th. Their lines differ by 116 m at the most.
    """
    folder = shared_data / "boundaries"
    old = drawn(118, ["NH"], [folder / "tl_2022_33_cd118.zip"])
    new = drawn(119, ["NH"], [folder / "cd119_500k.geojson.xz"])

    assert same_lines.same(old, new) == ["NH"]


def drawn(congress, states, paths):
    each = congressional_map("x", "y", congress, states)
    read_shapes(paths, each, Divisions(None, []))
    with tempfile.NamedTemporaryFile() as file:
        file.write(draw(each.drawings))
        file.flush()
        return Index(Path(file.name))
