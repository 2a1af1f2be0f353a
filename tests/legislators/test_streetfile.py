"""From a typed address to its street and its districts, on this machine alone."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators.addresses import Address
from legislators.loaded_data import LoadedData
from legislators.loading import load
from legislators.lookup import complete, find
from legislators.streetfile import addrfeat
from legislators.streetfile.locate import locate, near_spellings
from legislators.streetfile.opening import open_streets
from legislators.streetfile.ranges import house_at
from legislators.streetfile.similarity import edits
from legislators.zips.table import store_table
from tests.legislators.streetmap import STEP, lay_streets, street, write

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
SPLIT, LAT = -72.5, 43.5  # house district 1 lies west of this meridian, 2 east of it
FAR = -72.7
METRE = 1 / 80_750  # of longitude, at this latitude
NEAR = SPLIT - 50 * METRE


def quiet(*_):
    pass


@pytest.fixture
def lay(folder, tmp_path):
    """Square Vermont with these streets and one clear of every line, by which its maps are known: a
    county file a call, all of them one street file.
    """
    load(folder, ["VT"], quiet)
    county = iter(range(100, 200))

    def laid(*streets):
        clear = [main("Clear St", tlid=7), main("Clear St", lon=-72.2, tlid=8)]
        path = write(tmp_path / f"tl_2024_50{next(county)}_addrfeat.zip", [*streets, *clear])
        lay_streets(path)
        return path

    return laid


@pytest.fixture
def lay_points(lay, tmp_path):
    """Known houses of Main St in 05002: number, metres west of the line, metres north."""
    lay(main("Elsewhere St"))

    def laid(*houses):
        table = tmp_path / "address_points_vt.csv"
        rows = [
            f"{number},MAIN,St,VT,05002,{LAT + north / 111_320},{SPLIT - west * METRE}"
            for number, west, north in houses
        ]
        table.write_text("\n".join(["number,name,type,state,zip,lat,lon", *rows]))
        lay_streets(table)

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


def crossing(**more):
    """A street of one kilometre across the line, numbers 1 to 499 running east."""
    ends = [(SPLIT - 500 * METRE, LAT), (SPLIT + 500 * METRE, LAT)]
    return street("Main St", ends, left=(1, 499, "O"), right=(2, 498, "E"), zip="05002", **more)


def located(text, zip="05001", state="VT", town="Polk"):
    loaded = LoadedData(DAY)
    return locate(Address(text, town, state, zip), loaded.streets, loaded.other_zips)


def lower(text, zip="05002", on=DAY, **fields):
    match = find(Address(text, "Polk", fields.get("state", "VT"), zip), on=on)
    return [place for place in match.places if place.seat.chamber == "state_lower"]


def told(text, **fields):
    """House district -> whether it is certain."""
    return {place.seat.district: place.certain for place in lower(text, **fields)}


def test_a_street_inside_one_district_answers_for_a_split_zip(lay):
    lay(main(zip="05002"))
    place = lower("149 Main St")[0]

    assert (place.certain, place.seat.district) == (True, "1")
    assert (place.method, place.radius_m) == ("street", 200)
    assert place.reason == "Your street lies in House District 1, on the 2024 map."


@pytest.mark.parametrize("number", [1, 150, 250, 99_999])
def test_there_an_unknown_house_number_is_certain_too(lay, number):
    lay(main(zip="05002"))
    assert told(f"{number} Main St") == {"1": True}


def test_near_a_line_the_person_is_asked(lay):
    lay(main(zip="05002", lon=NEAR))
    first = lower("149 Main St")[0]

    assert told("149 Main St") == {"1": False, "2": False}
    assert (
        first.reason
        == "Your street runs along a district line: House District 1 is one of 2 it may be in, on"
        " the 2024 map."
    )


def test_the_rule_holds_for_each_layer_by_itself(lay):
    lay(main(zip="05002", lon=NEAR))
    match = find(Address("149 Main St", "Polk", "VT", "05002"), on=DAY)
    certain = {place.seat.chamber for place in match.certain_places()}

    assert certain >= {"us_house", "state_upper", "us_senate", "governor"}


def test_of_a_street_across_a_line_the_number_decides_and_the_middle_is_asked(lay):
    lay(crossing())
    answers = {number: told(f"{number} Main St") for number in (1, 101, 249, 251, 399, 498)}

    assert answers[1] == answers[101] == {"1": True}
    assert answers[249] == answers[251] == {"1": False, "2": False}
    assert answers[399] == answers[498] == {"2": True}


def test_a_range_that_runs_downward_is_read_against_its_line(lay):
    lay(
        street(
            "Main St",
            [(SPLIT - 500 * METRE, LAT), (SPLIT + 500 * METRE, LAT)],
            left=(499, 1, "O"),
            zip="05002",
        )
    )
    assert (told("11 Main St"), told("489 Main St")) == ({"2": True}, {"1": True})


def test_of_a_street_across_a_line_the_side_decides_where_its_sides_lie_apart(lay):
    """Odd numbers west of the line on one block, even ones east of it on another."""
    lay(
        main(zip="05002", lon=SPLIT - 300 * METRE, right=None, tlid=1),
        main(zip="05002", lon=SPLIT + 300 * METRE, left=None, tlid=2),
    )
    assert (told("149 Main St"), told("150 Main St")) == ({"1": True}, {"2": True})


def test_an_imputed_end_is_trusted_less(lay):
    lay(main(zip="05002", lon=SPLIT - 150 * METRE, LTOTYP="I"))
    assert told("149 Main St") == {"1": False, "2": False}
    assert told("150 Main St") == {"1": True}


@pytest.mark.parametrize("number", [150, 250, 99])
def test_near_a_line_the_nearest_number_speaks_for_its_street_only(lay, number):
    """The wrong side, or up to a block away: the whole piece of street counts, and more doubt."""
    lay(main(zip="05002", lon=SPLIT - 150 * METRE, right=None))

    assert lower("149 Main St")[0].method == "range"
    assert told("149 Main St") == {"1": True}
    assert lower(f"{number} Main St")[0].method == "street"
    assert told(f"{number} Main St") == {"1": False, "2": False}


def test_a_street_in_two_county_files_is_one_street(lay):
    lay(main(zip="05002"))
    assert told("149 Main St") == {"1": True}
    lay(main(zip="05002", lon=SPLIT + 0.2, left=(301, 399, "O"), right=None))

    assert told("149 Main St") == {"1": True}
    assert told("301 Main St") == {"2": True}
    assert told("9001 Main St") == {"1": False, "2": False}


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
    lay(main(zip="05002", lon=SPLIT - 150 * METRE, left=numbers, right=None))
    found = [[each.method for each in located(text, zip="05002")] for text in asked]
    assert found == [["range"]] * len(asked)


def test_a_missing_type_or_direction_finds_the_street_and_another_direction_never_does(lay):
    lay(main("W Main St"))
    assert [each.score for each in located("150 W Main")] == [0.88]
    assert [each.score for each in located("150 Main St W")] == [0.88]
    assert [each.score for each in located("150 Main St")] == [0.88]
    assert located("150 E Main St") == []


def test_two_streets_as_good_in_two_districts_are_both_offered(lay):
    lay(main("E Main St", zip="05002", lon=FAR), main("W Main St", zip="05002", lon=-72.3))

    assert told("149 Main St") == {"1": False, "2": False}
    assert told("149 E Main St") == {"1": True}


def test_a_mistyped_name_is_found_only_where_the_right_one_is_not(lay):
    lay(main("Lueppold Rd"), main("Luppold Ln", lon=FAR + 0.1))
    assert [each.score for each in located("150 Lueppold Rd")] == [1.0]
    assert [each.score for each in located("150 Lueppodl Rd")] == [0.85]
    assert located("150 Lupine Rd") == []


def test_numbered_streets_are_never_taken_for_each_other(lay):
    lay(main("14th St"))
    assert located("150 15th St") == []


def test_a_street_that_is_only_like_the_one_written_settles_nothing(lay):
    lay(main("Elm St", zip="05002"))
    assert told("149 Elk St") == {"1": False, "2": False}


def test_no_street_is_sought_beyond_the_state_or_the_zip(lay):
    lay(main())
    assert located("150 Main St", state="NH") == []
    assert located("150 Main St", zip="05009") == []


def test_a_zip_mistyped_within_its_city_still_finds_the_street(lay):
    lay(main())
    store_table(
        (zip5, "VT", town, LAT, FAR, town.title(), False)
        for zip5, town in [("05001", "POLK"), ("05002", "POLK"), ("05003", "FERN")]
    )

    assert [each.score for each in located("150 Main St", zip="05002")] == [0.85]
    assert located("150 Main St", zip="06002") == []
    assert located("150 Main St", zip="05003", town="Fern") == []


def test_without_a_zip_the_street_tells_which_of_the_town_s_is_meant(lay):
    lay(main(zip="05002"), main("Oak St", zip="05002"), main("Oak St", zip="05001"))
    store_table((zip5, "VT", "POLK", LAT, FAR, "Polk", False) for zip5 in ("05001", "05002"))

    assert complete(Address("149 Main St", "Polk", "VT")).zip == "05002"
    assert complete(Address("149 Oak St", "Polk", "VT")).zip == ""
    assert complete(Address("149 Elm St", "Polk", "VT")).zip == ""
    assert told("149 Main St", zip="") == {"1": True}


@pytest.mark.parametrize(
    "text", ["PO Box 150", "RR 2 Box 150", "PSC 3 Box 150", "Main St", "150 Main St & Oak St"]
)
def test_what_names_no_house_is_left_to_its_zip(lay, text):
    lay(main())
    assert located(text) == []


def test_near_spellings_are_offered_as_published_the_likest_first(lay):
    lay(main("Lueppold Rd"), main("Luepold Ln", lon=FAR + 0.1), main("Oak St", lon=FAR + 0.2))
    address = Address("150 Lueppodl Rd", "Polk", "VT", "05001")

    assert near_spellings(address, LoadedData(DAY).streets) == ("Lueppold Rd", "Luepold Ln")


def test_a_street_that_a_zip_does_not_have_is_said_so_with_what_it_may_be(lay):
    lay(main("Lueppold Rd", zip="05002"), main("Lueppolt Rd", zip="05002", lon=FAR + 0.1))
    match = find(Address("150 Leuppolf Rd", "Polk", "VT", "05002"), on=DAY)
    words = "We do not know this street in ZIP 05002. Did you mean Lueppold Rd or Lueppolt Rd?"

    assert match.street_words == words
    assert told("150 Leuppolf Rd") == {"1": False, "2": False}
    assert all(place.reason.endswith(words) for place in match.places if not place.certain)
    assert lower("150 Nowhere Ln")[0].reason.endswith("We do not know this street in ZIP 05002.")


@pytest.mark.parametrize("text", ["PO Box 150", "", "150 Lueppold Rd"])
def test_nothing_is_said_of_a_box_no_street_or_a_known_one(lay, text):
    lay(main("Lueppold Rd", zip="05002"))
    assert find(Address(text, "Polk", "VT", "05002"), on=DAY).street_words == ""


def test_where_nobody_knows_the_streets_of_a_zip_nothing_is_said_of_one(lay):
    lay(main())
    assert find(Address("150 Oak St", "Polk", "VT", "05002"), on=DAY).street_words == ""


@pytest.mark.parametrize(
    ("text", "queries"),
    [("149 Main St", 5), ("149 Mian St", 7), ("1 Nowhere Ln", 8), ("PO Box 7", 7), ("", 6)],
)
def test_whatever_becomes_of_a_street_the_database_is_asked_a_fixed_number_of_times(
    lay, text, queries, django_assert_num_queries
):
    lay(main(zip="05002"), main("Oak St", zip="05002"))
    address = Address(text, "Polk", "VT", "05002")
    find(address, on=DAY)  # lays out the files on this machine

    with django_assert_num_queries(queries):
        find(address, on=DAY)


def test_known_points_come_before_ranges_by_a_smaller_radius(lay, tmp_path):
    lay(main(zip="05002", lon=NEAR))
    table = tmp_path / "address_points_vt.csv"
    table.write_text(
        "number,predir,name,type,postdir,city,state,zip,lat,lon\n"
        f"149,,MAIN,St,,POLK,VT,05002,{LAT},{SPLIT - 90 * METRE}\n"
    )
    lay_streets(table)
    place = lower("149 Main Street")[0]

    assert (place.method, place.certain, place.seat.district) == ("address_point", True, "1")
    assert told("151 Main Street") == {"1": False, "2": False}


def test_known_points_on_a_street_without_ranges_settle_those_between_and_beside_them(lay_points):
    lay_points((101, 400, 0), (149, 400, 300))

    assert told("101 Main St") == told("125 Main St") == told("151 Main St") == {"1": True}
    assert told("103 Main St") == told("120 Main St") == {"1": True}


def test_but_never_the_whole_street_nor_across_a_line(lay_points):
    lay_points((101, 400, 0), (149, -400, 0))

    assert (told("101 Main St"), told("149 Main St")) == ({"1": True}, {"2": True})
    assert told("125 Main St") == {"1": False, "2": False}
    assert told("900 Main St") == {"1": False, "2": False}


def test_a_street_file_laid_on_another_map_says_nothing_on_that_layer(lay, folder):
    from legislators.streetfile.reader import StreetFile

    lay(main(zip="05002"))
    (known,) = LoadedData(DAY).streets
    maps = {edition.layer: edition.index_sha256 for edition, _ in LoadedData(DAY).maps}
    assert isinstance(known.file, StreetFile)

    assert known.file.proves(maps["sldl"], "sldl", "VT")
    assert not known.file.proves(maps["cd"], "sldl", "VT")


def test_a_blob_that_is_gone_leaves_the_address_to_its_zip(lay):
    from legislators.models import BoundaryFile, Edition

    lay(main(zip="05002"))
    edition = Edition.objects.get(layer="streets", is_active=True)
    BoundaryFile.objects.filter(pk=edition.streets_sha256).delete()
    open_streets.cache_clear()
    for path in (known_folder := path_of(edition)).parent.glob("*.streets"):
        path.unlink()

    assert not known_folder.exists()
    assert {place.method for place in lower("149 Main St")} == {"zip"}


def path_of(edition):
    from django.conf import settings

    return settings.VAR_DIR / "streets" / f"{edition.streets_sha256}.streets"


def test_a_damaged_archive_is_refused_and_leaves_what_was_there(lay, tmp_path):
    lay(main(zip="05002"))
    bad = tmp_path / "bad" / "tl_2025_50100_addrfeat.zip"
    bad.parent.mkdir()
    bad.write_bytes(b"PK\x03\x04 cut short")

    with pytest.raises(CommandError, match="Refused"):
        call_command("load_data", folder=bad.parent, ranges=True, verbosity=0)
    assert told("149 Main St") == {"1": True}


@pytest.mark.parametrize(
    ("more", "number", "north"),
    [
        ({}, 149, 48 / 98),
        ({"left": (199, 101, "O")}, 101, 0.95),
        ({}, 101, 0.05),
    ],
)
def test_a_house_of_a_range_lies_on_its_side_where_its_number_falls_clear_of_corners(
    tmp_path, more, number, north
):
    path = write(tmp_path / "tl_2024_50100_addrfeat.zip", [main(**{"right": None, **more})])
    read = addrfeat.read(path)
    row = read.rows[0]

    spot = house_at(row, read.lines[row.segment], number)

    assert spot == pytest.approx((LAT + STEP * north, FAR - 10 * METRE), abs=2e-6)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("ELM", "ELM", 0),
        ("ELM", "ELK", 1),
        ("LUEPPOLD", "LUEPPODL", 1),
        ("A", "BCDE", 3),
        ("", "AB", 2),
    ],
)
def test_edits(a, b, expected):
    assert edits(a, b) == expected
