"""A map that ran out goes on where nothing newer is: for certain where the lines stand, as a guess
where they were drawn anew.
"""

import datetime as dt

import pytest

from legislators.lookup import find_zip
from tests.legislators.seats import district, edition, found, statewide

pytestmark = pytest.mark.django_db
EVE, FIRST = dt.date(2026, 12, 31), dt.date(2027, 1, 3)


def test_an_operator_knows_better_which_states_drew_new_lines(settings):
    old = edition(states=["AZ", "WI"], valid_to=FIRST)
    district("AZ", "3", "85007", on=old), district("WI", "2", "53703", on=old)

    settings.HOUSE_LINES_REDRAWN, settings.HOUSE_LINES_KEPT = ["AZ"], ["WI"]

    assert found(find_zip("85007", FIRST)) == [("us_house", "3", False)]
    assert found(find_zip("53703", FIRST)) == [("us_house", "2", True)]


def test_the_new_map_takes_over_in_the_states_that_it_draws():
    old = edition(states=["AZ", "TX"], valid_to=FIRST)
    new = edition(name="120th Congress", states=["TX"], valid_from=FIRST)
    district("AZ", "3", "85007", on=old)
    district("TX", "37", "78701", on=old), district("TX", "10", "78701", on=new)

    place = find_zip("78701", FIRST).places[0]

    assert found(find_zip("78701", EVE)) == [("us_house", "37", True)]
    assert (place.seat.district, place.certain, place.edition) == ("10", True, "120th Congress")
    assert "new lines" not in place.reason
    assert found(find_zip("85007", FIRST)) == [("us_house", "3", True)]


def test_any_other_map_that_ran_out_is_a_guess_everywhere():
    old = edition(states=["AZ"], valid_to=FIRST)
    district("AZ", "3", "85007", on=old)

    (place,) = find_zip("85007", dt.date(2029, 1, 3)).places

    assert not place.certain
    assert "no longer in force, and no newer one is here" in place.reason


def test_senators_stand_beside_a_district_that_is_only_offered():
    old = edition(states=["TX"], valid_to=FIRST)
    statewide("TX"), district("TX", "37", "78701", on=old)

    assert found(find_zip("78701", FIRST)) == [
        ("us_senate", "", True),
        ("us_house", "37", False),
    ]
