"""Eleven telling states of the real data.

The names are literals, read by eye from the published files, not from our code.
"""

import datetime as dt
import json
import random
import tarfile
from collections import defaultdict

import pytest
import shapely

from legislators.addresses import Address
from legislators.lookup import Atlas, find, find_point, find_zip
from legislators.models import Seat, ZipCode
from legislators.roster.published import read_bytes
from legislators.zips.states import state_by_digits
from tests.legislators.eleven_states.conftest import STATES

DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _rows(loaded, db):
    """Each test in a savepoint of its own inside the loaded data."""


def names(match, chamber):
    return {
        place.holder.legislator.name
        for place in match.places
        if place.seat.chamber == chamber and place.holder
    }


def test_a_maryland_zip_in_a_three_member_district_finds_every_one_of_its_seat_holders():
    match = find_zip("20716", DAY)

    assert match.split_chambers() == {}
    assert names(match, "state_lower") == {"Adrian Boafo", "Kym Taylor", "Marvin Holmes"}
    assert names(match, "state_upper") == {"Ron Watson"}
    assert names(match, "us_house") == {"Steny H. Hoyer"}
    assert names(match, "us_senate") == {"Angela D. Alsobrooks", "Chris Van Hollen"}
    assert names(match, "governor") == {"Wes Moore"}


def test_a_maryland_zip_in_a_lettered_subdistrict_finds_its_one_delegate():
    match = find_zip("20751", DAY)

    assert names(match, "state_lower") == {"Seth Howard"}
    assert names(match, "state_upper") == {"Shaneka Henson"}
    reasons = [place.reason for place in match.places if place.seat.chamber == "state_lower"]
    assert reasons == ["ZIP 20751 lies in House District 30B, on the 2024 map."]


def test_nebraska_has_one_chamber():
    match = find_zip("69101", DAY)

    assert names(match, "state_unicameral") == {"Mike Jacobson"}
    assert names(match, "us_house") == {"Adrian Smith"}
    assert names(match, "us_senate") == {"Deb Fischer", "Pete Ricketts"}
    assert {place.seat.chamber for place in match.places} == {
        "us_senate",
        "us_house",
        *("governor", "lt_governor", "attorney_general"),
        "state_unicameral",
    }


def test_a_zip_across_three_congressional_districts_is_never_certain_about_them():
    split = find_zip("68025", DAY).split_chambers()
    assert {len(divisions) for divisions in split.values()} == {3}
    assert set(split) == {"us_house", "state_unicameral"}


def test_idahos_two_lettered_seats_share_a_district():
    places = [
        place
        for place in find_point(43.59, -115.98, DAY).places
        if place.seat.chamber == "state_lower"
    ]
    assert [place.seat.label for place in places] == ["A", "B"]
    assert len({place.seat.division for place in places}) == 1


def test_idahos_lettered_holders_sit_on_their_letters():
    held = Seat.objects.filter(jurisdiction="ID", chamber="state_lower", district="24").values_list(
        "label", "terms__legislator__name"
    )
    assert set(held) == {("A", "Clint Hostetler"), ("B", "Steve Miller")}


def test_washington_elects_two_representatives_and_one_senator_in_each_district():
    match = find_zip("99362", DAY)
    assert names(match, "state_lower") == {"Mark Klicker", "Skyler Rude"}
    assert names(match, "state_upper") == {"Perry Dozier"}


def test_minnesotas_two_halves_of_a_senate_district_have_a_representative_each():
    rogers, brooklyn_park = find_point(45.1889, -93.5530, DAY), find_point(45.125, -93.36, DAY)
    assert names(rogers, "state_lower") == {"Danny Nadeau"}
    assert names(brooklyn_park, "state_lower") == {"Xp Lee"}
    assert names(rogers, "state_upper") == names(brooklyn_park, "state_upper") != set()


def test_named_and_many_membered_districts_of_vermont_west_virginia_and_arizona():
    middlebury, wheeling, prescott = (
        find_point(44.0153, -73.1673, DAY),
        find_point(40.064, -80.7209, DAY),
        find_point(34.54, -112.4685, DAY),
    )
    assert names(middlebury, "state_upper") == {"Ruth Hardy", "Steven Heffernan"}
    assert names(middlebury, "us_house") == {"Becca Balint"}
    assert names(wheeling, "state_upper") == {"Laura Chapman", "Ryan Weld"}
    assert names(prescott, "state_lower") == {"Quang Nguyen", "Selina Bliss"}


def test_wisconsins_capitol_lies_in_an_assembly_district():
    places = [
        place
        for place in find_point(43.0747, -89.3841, DAY).places
        if place.seat.chamber == "state_lower"
    ]
    assert [(place.seat.district, place.holder.legislator.name) for place in places] == [
        ("76", "Francesca Hong")
    ]
    assert "Assembly District 76" in places[0].reason


def test_new_hampshires_base_district_is_found_and_the_rest_admitted():
    match = find_zip("03809", DAY)
    assert names(match, "state_lower") == {"Barbara Comtois", "Paul Terry", "Peter Varney"}
    assert names(match, "state_upper") == {"James Gray"}
    assert all(
        "floterial" in place.reason for place in match.places if place.seat.chamber == "state_lower"
    )


def test_the_district_of_columbia_has_a_delegate_a_council_and_a_mayor_but_no_senators():
    match = find_zip("20001", DAY)

    assert names(match, "us_house") == {"Eleanor Holmes Norton"}
    assert names(match, "us_senate") == set()
    at_large = {
        place.holder and place.holder.legislator.name
        for place in match.certain_places()
        if place.seat.chamber == "dc_council"
    }
    assert at_large >= {"Phil Mendelson", "Anita Bonds", "Robert White", "Christina Henderson"}
    assert len(match.split_chambers()["dc_council"]) == 8
    assert [place.status for place in match.places if place.seat.chamber == "governor"] == [
        "unknown"
    ]


def test_every_published_row_of_these_states_found_its_seat(loaded):
    assert loaded.told.rejected == []


def test_a_seat_published_by_nobody_is_vacant_and_counted():
    """New Hampshire's house has 400 seats; 391 rows were published."""
    house = Seat.objects.filter(jurisdiction="NH", chamber="state_lower")
    assert house.count() == 400
    assert house.filter(terms__isnull=True).count() == 9


def test_points_lie_in_the_district_that_geos_names(shared_data):
    source = random.Random(11)
    polygons = {
        "us_house": congressional(shared_data),
        "state_lower": legislative(shared_data, "WA_lower", "SLDLST"),
    }
    for chamber, shapes in polygons.items():
        for _ in range(150):
            district, shape = source.choice(shapes)
            west, south, east, north = shape.bounds
            point = shapely.Point(source.uniform(west, east), source.uniform(south, north))
            expected = {code for code, each in shapes if each.covers(point)}
            found = {
                place.seat.district
                for place in find_point(point.y, point.x, DAY).places
                if place.certain
                and place.seat.chamber == chamber
                and place.seat.jurisdiction_id == "WA"
            }
            assert found == expected, (chamber, district, point)


def congressional(folder):
    features = json.loads(read_bytes(folder / "boundaries" / "cd119_500k.geojson.xz"))["features"]
    return [
        (str(int(each["properties"]["cd119fp"])), shapely.geometry.shape(each["geometry"]))
        for each in features
        if each["properties"]["statefp"] == "53"
    ]


def legislative(folder, name, column):
    with tarfile.open(folder / "boundaries" / "sld2024_tiger15pct.tar.xz") as tar:
        features = json.load(tar.extractfile(f"site/data/geo/{name}.json"))["features"]
    return [
        (each["properties"][column].lstrip("0"), shapely.geometry.shape(each["geometry"]))
        for each in features
    ]


def test_real_addresses_with_known_points_are_never_given_another_state(shared_data):
    rows = json.loads(read_bytes(shared_data / "addresses" / "rrad_us_all.json.gz"))["addresses"]
    asked = [row for row in rows if row["state"] in STATES]
    for row in asked[::7]:
        match = find_point(row["coordinates"]["lat"], row["coordinates"]["lng"], DAY)
        assert match.state == row["state"]
    assert asked


def test_no_published_zip_code_is_refused_and_no_layer_of_it_is_empty():
    """Each 40th of these states; `bin/bench lookup` takes more."""
    layers = defaultdict(set)
    for seat in Seat.objects.select_related("jurisdiction"):
        layers[seat.jurisdiction_id].add(seat.layer)
    zips = ZipCode.objects.filter(state__in=STATES).order_by("zip").values_list("zip", flat=True)
    atlas = Atlas(DAY, many=True)

    for zip5 in list(zips)[::40]:
        match = atlas.find(Address("", zip=zip5))
        there = {(place.seat.jurisdiction_id, place.seat.layer) for place in match.places}
        assert match.states
        assert {(state, layer) for state in match.states for layer in layers[state]} <= there, zip5


def test_the_digits_alone_name_the_state_of_nearly_every_published_zip_code():
    rows = ZipCode.objects.exclude(state="").values_list("zip", "state")
    wrong = [(zip5, state) for zip5, state in rows if state_by_digits(zip5) != state]

    # Lead Hill is in Arkansas, whatever the table says; 876 is nobody's but one spaceport's.
    assert wrong == [("72643", "MO"), ("87654", "NM")]


def test_a_box_in_sioux_falls_or_boulder_and_a_firm_in_alexandria_have_their_states():
    for zip5, state in (("57117", "SD"), ("80306", "CO"), ("22350", "VA"), ("43216", "OH")):
        assert find_zip(zip5, DAY).state == state


def test_a_box_in_madison_is_certain_of_the_state_only():
    match = find(Address("PO Box 1234", "Madison", "WI", "53701"), on=DAY)

    assert {place.seat.chamber for place in match.certain_places()} >= {"us_senate", "governor"}
    assert {"state_upper", "state_lower"} <= set(match.split_chambers())
