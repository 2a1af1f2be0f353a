"""Streets as people write them: with another type or a slip, beside the right ZIP, or without one."""

import pytest

from legislators.addresses import Address
from legislators.loaded_data import LoadedData
from legislators.lookup import complete, find
from legislators.streetfile.locate import near_spellings
from legislators.streetfile.similarity import edits
from legislators.zips.table import store_table
from tests.legislators.square_streets import (
    DAY,
    FAR,
    LAT,
    located,
    lower,
    main,
    told,
)

pytestmark = pytest.mark.django_db


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


def test_another_states_highway_is_no_state_highway_of_this_one(lay):
    """ "99 wy 360" of Montana was certain of its State Hwy 360; it is Hwy 360, with a letter lost."""
    lay(main("State Hwy 360", lon=-72.3, zip="05002"), main("Hwy 360", zip="05002"))

    assert told("149 VT 360") == {"2": True}
    assert told("149 Hwy 360") == {"1": True}
    assert not any(told("149 WY 360").values())


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
