"""Which addresses belong to a seat: rows of the roster of 5 August 2026, read by eye."""

import gzip
import json

import pytest

from legislators.models import Seat
from legislators.seat_address import belongs_to_seat

SEATS = [
    ("state_upper", "5", "Steve Huffman", "sd05@ohiosenate.gov"),
    ("state_lower", "43", "Michele Grim", "rep43@ohiohouse.gov"),
    ("state_lower", "9", "Randy Novak", "h9@iga.in.gov"),
    ("state_upper", "42", "Jean Leising", "s42@iga.in.gov"),
    ("state_lower", "49", "Jacob Landry", "hse049@legis.la.gov"),
    ("state_upper", "1", "Bob Owen", "sen01@legis.la.gov"),
    ("governor", "", "Dan McKee", "governor@governor.ri.gov"),
]
PEOPLE = [
    ("state_lower", "4", "Ada Smith", "ada.smith4@house.example"),
    ("state_upper", "5", "Steve Huffman", "sd06@ohiosenate.gov"),  # another seat's
    ("state_lower", "12", "Travis Corcoran", "tjic2020@gmail.com"),
    ("governor", "", "Tate Reeves", "governor@govreeves.ms.gov"),
    ("state_lower", "3", "Nabeela Syed", "info@repsyed.com"),
    ("us_house", "5", "Cy Cole", "h5@mail.house.gov"),
]


@pytest.mark.parametrize(("chamber", "district", "name", "email"), SEATS)
def test_an_address_of_chamber_and_number_is_the_seats(chamber, district, name, email):
    assert belongs_to_seat(email, Seat(chamber=chamber, district=district), name)


@pytest.mark.parametrize(("chamber", "district", "name", "email"), PEOPLE)
def test_any_other_is_a_persons(chamber, district, name, email):
    assert not belongs_to_seat(email, Seat(chamber=chamber, district=district), name)


def test_of_the_whole_roster_three_states_have_them(shared_data):
    found = {}
    with gzip.open(shared_data / "openstates" / "all-current-roles.jsonl.gz", "rt") as rows:
        for row in map(json.loads, rows):
            chamber = {"upper": "state_upper", "lower": "state_lower"}.get(row["type"])
            if chamber and row["email"]:
                seat = Seat(chamber=chamber, district=str(row["district"]))
                if belongs_to_seat(row["email"], seat, row["name"]):
                    found[row["st"]] = found.get(row["st"], 0) + 1

    assert found == {"in": 150, "la": 104, "oh": 131}
