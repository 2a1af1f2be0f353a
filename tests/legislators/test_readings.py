"""Every reading of a street is weighed: a shorter one is never certain against a longer one that
explains every word, and what leaves a word unexplained is only offered.
"""

import csv

import pytest

from legislators.addresses import Address
from legislators.loading import load
from legislators.lookup import find
from legislators.street_line import House, read_line
from tests.legislators import folder as miniature
from tests.legislators.streetmap import lay_streets

pytestmark = pytest.mark.django_db
WEST, EAST = (43.5, -72.75), (43.5, -72.25)  # house districts 1 and 2


@pytest.fixture
def known(tmp_path):
    """Load these (number, street, place) as known points of ZIP 05002, which is split."""
    load(miniature.write(tmp_path / "published"), ["VT"], lambda *_: None)

    def add(*points):
        path = tmp_path / "address_points_vt.csv"
        with path.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["number", "street", "postcode", "region", "lat", "lon"])
            rows.writerows((number, street, "05002", "VT", *at) for number, street, at in points)
        lay_streets(path)

    return add


def house_districts(street, city=""):
    """(district, whether it is certain) of the state house."""
    places = find(Address(street, city, "VT", "05002")).places
    return sorted(
        {(each.seat.district, each.certain) for each in places if each.seat.layer == "sldl"}
    )


PAIRS = [
    ("1234", "Lake Rd", "Lake Road 3", "1234 Lake Road 3"),
    ("1234", "Camp Rd", "Camp Road 5", "1234 Camp Rd 5"),
    ("1234", "Private Rd", "Private Rd 5678", "1234 Private Road 5678"),
    ("1234", "Fire Ln", "Fire Ln 12", "1234 Fire Lane 12"),
    ("3528", "Avenue O", "Avenue O 1/2", "3528 Avenue O 1/2"),
    ("22219", "Panama Ave", "Panama City Beach Pkwy", "22219 Panama City Beach Parkway"),
    ("1449", "Engineering Dr", "Engineering Research Ct", "1449 Engineering Research Ct B100"),
    ("5678", "W Farm Rd", "W Farm Rd 164", "5678 W Farm Road 164"),
    ("1234", "Township Rd", "Township Rd 123", "1234 Township Road 123"),
    ("12", "Co Rd E", "Co Rd 1400 E", "12 Co Rd 1400 E"),
    ("77", "Old Mill Rd", "Old Mill Road 2", "77 Old Mill Road 2"),
    ("88", "Tribal Rd", "Tribal Rd 3", "88 Tribal Rd 3"),
    ("99", "Forest Service Rd", "Forest Service Rd 5", "99 Forest Service Rd 5"),
]


def test_the_longer_street_is_the_one_meant_or_both_are_offered(known):
    known(
        *((n, short, WEST) for n, short, _, _ in PAIRS),
        *((n, long, EAST) for n, _, long, _ in PAIRS),
    )

    answers = {typed: house_districts(typed) for _, _, _, typed in PAIRS}

    allowed = ([("2", True)], [("1", False), ("2", False)])
    assert {typed: answer for typed, answer in answers.items() if answer not in allowed} == {}
    assert answers["1234 Lake Road 3"] == [("2", True)]
    assert house_districts("1234 Lake Rd") == [("1", True)]


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("Lake Rd", "1234 Lake Road 3"),  # the road's own number may be unknown here
        ("Panama Ave", "1234 Panama City Beach Parkway"),
        ("Newlan Creek Rd", "1234 Newlan Creek xd"),
        ("Newlan Creek Rd", "1234 Newlan Creek Rdd"),
    ],
)
def test_a_street_that_leaves_words_unexplained_is_only_offered(known, there, typed):
    known(("1234", there, WEST))

    assert house_districts(typed) == [("1", False), ("2", False)]


@pytest.mark.parametrize(
    ("there", "typed", "city"),
    [
        ("Main St", "1234 Main St 3", ""),
        ("Main St", "1234 Main Street B", ""),
        ("Main St", "1234 Main Street Apt 12", ""),
        ("Main St", "1234 Main Street Polk", "Polk"),
        ("W 5600 S", "1234 W 5600 So", ""),
        ("N Main St", "1234 No. Main St", ""),
    ],
)
def test_a_flat_the_town_and_short_directions_are_understood(known, there, typed, city):
    known(("1234", there, WEST))

    assert house_districts(typed, city) == [("1", True)]


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("1760-1764 W Highland", House("", 1760)),
        ("101-103 Main St", House("", 101)),
        ("88-10 Main St", House("-", 88010)),
        ("123-45 Main St", House("-", 123045)),
    ],
)
def test_a_range_of_numbers_is_its_first_and_queens_keeps_its_hyphens(written, house):
    assert read_line(written).house == house
