"""From a typed address to its street and its districts, on this machine alone."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators.addresses import Address
from legislators.loaded_data import LoadedData
from legislators.lookup import find
from legislators.streetfile import addrfeat
from legislators.streetfile.opening import open_streets
from legislators.streetfile.ranges import house_at
from tests.legislators.square_streets import (
    DAY,
    FAR,
    LAT,
    METRE,
    NEAR,
    SPLIT,
    crossing,
    located,
    lower,
    main,
    told,
)
from tests.legislators.streetmap import STEP, lay_streets, street, write

pytestmark = pytest.mark.django_db
EAST = SPLIT + (SPLIT - FAR)


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


def test_a_direction_that_no_street_has_quite_so_may_have_lost_a_letter(lay):
    lay(main("Crawford St W", zip="05002"), main("SW Crawford St", zip="05002", lon=EAST))

    assert told("149 Crawford St W") == {"1": True}
    assert told("149 SW Crawford St") == {"2": True}
    assert told("149 W Crawford St") == {"1": False, "2": False}


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
