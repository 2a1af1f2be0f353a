"""From a typed address to its street, its side and its district, on this machine alone."""

import datetime as dt
import sqlite3

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators.addresses import Address
from legislators.boundaries import maps_in_force
from legislators.geocoders.candidates import Candidate
from legislators.geocoders.importing import import_file, import_places
from legislators.geocoders.ranges import Ranges, _edits
from legislators.geocoders.streetfile import pack, shelf, unpack
from legislators.loading import load
from legislators.lookup import find
from tests.legislators.streetmap import STEP, street, write

pytestmark = pytest.mark.django_db
SPLIT, LAT = -72.5, 43.5  # house district 1 lies west of this meridian, 2 east of it
FAR = -72.7


def quiet(*_):
    pass


@pytest.fixture
def lay(folder, tmp_path):
    """Square Vermont with these streets."""
    load(folder, ["VT"], quiet)
    write_file = iter(range(100, 200))

    def laid(*streets):
        path = write(tmp_path / f"tl_2024_50{next(write_file)}_addrfeat.zip", streets)
        import_file(path, maps_in_force(dt.date(2026, 11, 20)))
        return path

    return laid


def main(name="Main St", lon=FAR, lat=LAT, **more):
    """A block running north, 111 m long: odd numbers on its left, the west, even ones on its
    right.
    """
    return street(
        name,
        [(lon, lat), (lon, lat + STEP)],
        **{"left": (101, 199, "O"), "right": (100, 198, "E"), **more},
    )


def located(text, zip="05001", state="VT"):
    return Ranges().locate(Address(text, "Polk", state, zip))


def lower(text, zip="05002", **fields):
    match = find(Address(text, "Polk", fields.get("state", "VT"), zip), on=dt.date(2026, 11, 20))
    return [place for place in match.places if place.seat.chamber == "state_lower"]


def test_an_address_lies_on_its_side_of_its_street_where_its_number_falls(lay):
    lay(main())

    (odd,), (even,) = located("149 Main St"), located("150 Main St")

    assert odd.spot() == pytest.approx((LAT + STEP * 48 / 98, FAR - 10 / 80_750), abs=2e-6)
    assert even.spot() == pytest.approx((LAT + STEP * 50 / 98, FAR + 10 / 80_750), abs=2e-6)
    assert (odd.method, odd.score, odd.radius_m, odd.state) == ("range", 1.0, 100, "VT")
    assert odd.dataset == "TIGER/Line 2024, 50100"


def test_a_range_that_runs_downward_is_read_against_its_line(lay):
    lay(main(left=(199, 101, "O"), right=None))
    assert located("101 Main St")[0].spot()[0] == pytest.approx(LAT + 0.95 * STEP, abs=2e-6)


def test_ends_stay_clear_of_the_corner(lay):
    lay(main())
    assert located("101 Main St")[0].spot()[0] == pytest.approx(LAT + 0.05 * STEP, abs=2e-6)


def test_an_imputed_end_is_trusted_less(lay):
    lay(main(LTOTYP="I"))
    assert [each.radius_m for each in located("149 Main St") + located("150 Main St")] == [200, 100]


@pytest.mark.parametrize("number", [150, 250, 99])
def test_the_wrong_side_or_a_number_up_to_a_block_away_gives_the_street_only(lay, number):
    lay(main(right=None))
    (found,) = located(f"{number} Main St")
    assert (found.method, found.radius_m) == ("street", 200)
    assert found.score < 1


def test_more_than_a_block_away_is_another_place(lay):
    lay(main())
    assert located("300 Main St") == []


def test_several_ranges_of_one_street_are_all_looked_at(lay):
    lay(main(tlid=1), main(left=(201, 299, "O"), right=(200, 298, "E"), lat=LAT + STEP, tlid=2))
    assert located("249 Main St")[0].spot()[0] > LAT + STEP


@pytest.mark.parametrize(
    ("numbers", "asked"),
    [
        (("88-01", "88-99", "O"), ["88-11 Main St", "8811 Main St"]),
        (("N6W23001", "N6W23099", "O"), ["N6W23011 Main St", "n6 w23011 main street"]),
        (("100", "198", "E"), ["150 1/2 Main St", "150-B Main St"]),
        (("300", "398", "E"), ["346 Main St"]),
    ],
)
def test_hyphenated_grid_and_fractional_numbers(lay, numbers, asked):
    lay(main(left=numbers, right=None))
    assert [[each.method for each in located(text)] for text in asked] == [["range"]] * len(asked)


def test_a_missing_type_or_direction_finds_the_street_and_another_direction_never_does(lay):
    lay(main("W Main St"))
    assert [each.score for each in located("150 W Main")] == [0.88]
    assert [each.score for each in located("150 Main St W")] == [0.88]
    assert [each.score for each in located("150 Main St")] == [0.88]
    assert located("150 E Main St") == []


def test_a_mistyped_name_is_found_only_where_the_right_one_is_not(lay):
    lay(main("Lueppold Rd"), main("Luppold Ln", lon=FAR + 0.1))
    assert [each.score for each in located("150 Lueppold Rd")] == [1.0]
    assert [each.score for each in located("150 Lueppodl Rd")] == [0.85]
    assert located("150 Lupine Rd") == []


def test_numbered_streets_are_never_taken_for_each_other(lay):
    lay(main("14th St"))
    assert located("150 15th St") == []


def test_no_street_is_sought_beyond_the_state_or_the_zip(lay):
    lay(main())
    assert located("150 Main St", state="NH") == []
    assert located("150 Main St", zip="05009") == []


def test_a_zip_mistyped_within_its_city_still_finds_the_street(lay, tmp_path):
    table = tmp_path / "US.txt"
    table.write_text(
        "".join(
            f"US\t{zip}\t{city}\tVermont\tVT\n"
            for zip, city in [("05001", "Polk"), ("05002", "Polk"), ("05003", "Fern")]
        )
    )
    import_places(table)
    lay(main())

    assert [each.score for each in located("150 Main St", zip="05002")] == [0.85]
    assert located("150 Main St", zip="06002") == []
    assert Ranges().locate(Address("150 Main St", "Fern", "VT", "05003")) == []


@pytest.mark.parametrize(
    "text", ["PO Box 150", "RR 2 Box 150", "PSC 3 Box 150", "Main St", "150 Main St & Oak St"]
)
def test_what_names_no_house_is_left_to_its_zip(lay, text):
    lay(main())
    assert located(text) == []


def test_a_street_inside_one_district_answers_for_a_split_zip(lay):
    lay(main(zip="05002"))

    first, second = lower("149 Main St")

    assert {first.seat.district, second.seat.district} == {"1"}
    assert (first.certain, first.method, first.radius_m) == (True, "range", 100)
    assert first.reason == "Your street lies in House District 1, on the 2024 map."


def test_it_does_so_without_ever_making_a_coordinate(lay, monkeypatch):
    lay(main(zip="05002"))

    def never(*_):
        raise AssertionError("a coordinate was made")

    monkeypatch.setattr("legislators.geocoders.ranges._spot", never)

    assert lower("149 Main St")[0].certain


def test_near_a_line_the_person_is_asked(lay):
    lay(main(zip="05002", lon=SPLIT - 50 / 80_750))

    places = lower("149 Main St")

    assert {place.seat.district for place in places} == {"1", "2"}
    assert not any(place.certain for place in places)
    assert places[0].boundary_m == pytest.approx(60, abs=2)
    assert (
        places[0].reason
        == "Your street runs along a district line: House District 1 is one of 2 it may be in, on"
        " the 2024 map."
    )


def test_the_rule_holds_for_each_layer_by_itself(lay):
    lay(main(zip="05002", lon=SPLIT - 50 / 80_750))
    match = find(Address("149 Main St", "Polk", "VT", "05002"), on=dt.date(2026, 11, 20))

    assert {place.seat.chamber for place in match.certain_places()} >= {
        "us_house",
        "state_upper",
        "us_senate",
        "governor",
    }


def test_just_beyond_the_radius_it_is_certain(lay):
    lay(main(zip="05002", lon=SPLIT - 150 / 80_750))
    place = lower("149 Main St")[0]

    assert (place.certain, place.seat.district) == (True, "1")
    assert place.boundary_m == pytest.approx(160, abs=2)
    assert not lower("99 Main St")[0].certain


def test_two_streets_as_good_in_two_districts_are_both_offered(lay):
    lay(main("E Main St", zip="05002", lon=FAR), main("W Main St", zip="05002", lon=-72.3))

    assert {(place.seat.district, place.certain) for place in lower("149 Main St")} == {
        ("1", False),
        ("2", False),
    }
    assert {(place.seat.district, place.certain) for place in lower("149 E Main St")} == {
        ("1", True)
    }


def test_a_street_that_is_only_like_the_one_written_settles_nothing(lay):
    lay(main("Elm St", zip="05002"))
    places = lower("149 Elk St")

    assert {(place.seat.district, place.certain) for place in places} == {
        ("1", False),
        ("2", False),
    }


def test_a_box_is_told_why_its_zip_decides(lay):
    lay(main(zip="05001"))
    place = lower("PO Box 12", zip="05001")[0]

    assert (place.method, place.certain) == ("zip", True)
    assert place.reason.endswith(
        "A PO box or rural route does not say where you live, so this rests on its ZIP code."
    )


def test_a_file_that_cannot_be_read_leaves_the_address_to_its_zip(lay):
    lay(main(zip="05002"))
    (file,) = shelf().glob("*.sqlite3")
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE segment")

    assert {place.method for place in lower("149 Main St")} == {"zip"}


def test_importing_twice_changes_nothing_and_a_new_edition_takes_the_place_of_the_old(
    lay, tmp_path
):
    path = lay(main())
    maps = maps_in_force(dt.date(2026, 11, 20))
    before = next(shelf().iterdir()).stat().st_mtime_ns

    assert import_file(path, maps).endswith("already there")
    assert next(shelf().iterdir()).stat().st_mtime_ns == before
    import_file(write(tmp_path / "tl_2025_50100_addrfeat.zip", [main("Oak St")]), maps)
    assert located("149 Main St") == []
    assert located("149 Oak St")
    assert len(list(shelf().iterdir())) == 1


def test_a_damaged_archive_is_refused_and_leaves_what_was_there(lay, tmp_path):
    lay(main())
    bad = tmp_path / "bad" / "tl_2025_50100_addrfeat.zip"
    bad.parent.mkdir()
    bad.write_bytes(b"PK\x03\x04 cut short")

    with pytest.raises(CommandError, match="Refused"):
        call_command("load_data", folder=bad.parent, ranges=True, verbosity=0)
    assert located("149 Main St")
    assert [path.suffix for path in shelf().iterdir()] == [".sqlite3"]


def test_known_points_come_before_ranges_by_a_smaller_radius(lay, tmp_path):
    lay(main(zip="05002", lon=SPLIT - 50 / 80_750))
    table = tmp_path / "address_points_vt.csv"
    table.write_text(
        f"number,predir,name,type,postdir,city,state,zip,lat,lon\n149,,MAIN,St,,POLK,VT,05002,{LAT},{SPLIT - 80 / 80_750}\n"
    )
    import_file(table, maps_in_force(dt.date(2026, 11, 20)))

    place = lower("149 Main Street")[0]

    assert (place.method, place.radius_m, place.certain, place.seat.district) == (
        "address_point",
        60,
        True,
        "1",
    )


def test_lines_survive_packing():
    line = [(43.123456, -72.654321), (43.123457, -72.0), (-1.5, 179.999999)]
    assert unpack(pack(line)) == line


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [
        ("ELM", "ELM", 0),
        ("ELM", "ELK", 1),
        ("LUEPPOLD", "LUEPPODL", 1),
        ("A", "BCDE", 3),
        ("", "AB", 2),
    ],
)
def test_edits(a, b, edits):
    assert _edits(a, b) == edits


def test_a_candidate_says_where_only_when_it_is_asked():
    assert Candidate("range", 1.0, 100, "VT", "", lambda: (43.5, -72.5)).spot() == (43.5, -72.5)
