import pytest
from hypothesis import given
from hypothesis import strategies as st

from legislators.street_line import House, Street, house_number, read_line, readings, street_of


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("15 W 4th St", "15 West Fourth Street, Apt 3"),
        ("15 w. 4TH ST.", "#3, 15 W 4th Street"),
        ("8 St. John's Rd", "8 Saint Johns Road"),
        ("12 Blue Bird Ln", "12 Bluebird Lane"),
        ("12 Mount Airy Ave", "12 Mt Airy Av"),
        ("100 State Highway 360", "100 MT-360"),
        ("100 US Hwy 12", "100 U.S. Route 12"),
        ("100 County Road 7", "100 Co Rd 7"),
        ("21 W Twenty-First St", "21 W 21st St"),
        ("15 Calle Luna", "15 CALLE LUNA, Apto. 2"),
        ("15 Avenida Ponce de León", "15 Ave Ponce de Leon"),
        ("15 1/2 Main St", "15½ Main Street Unit B"),
        ("346 W 600 S", "346 West 600 South"),
        ("N6W23001 Bluemound Rd", "N6 W23001 Bluemound Road"),
    ],
)
def test_one_house_reads_the_same_however_it_is_spelled(written, also):
    assert read_line(written) == read_line(also) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S St", "South St"),
        ("E Main St", "W Main St"),
        ("4th St", "5th St"),
        ("Main St", "Main Ave"),
        ("Avenue N", "N Ave"),
        ("US Hwy 12", "State Hwy 12"),
    ],
)
def test_different_streets_stay_apart(one, other):
    assert street_of(one) != street_of(other)


def test_direction_type_and_name_are_told_apart_by_their_place():
    assert street_of("E South St") == Street("SOUTH", "E", "ST", "")
    assert street_of("N St NW") == Street("N", "", "ST", "NW")
    assert street_of("Avenue G") == Street("G", "", "^AVE", "")
    assert street_of("1st Ave SW") == Street("1", "", "AVE", "SW")


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("15", House("", 15)),
        ("15A", House("", 15)),
        ("15-A", House("", 15)),
        ("15 1/2", House("", 15)),
        ("88-10", House("-", 88010)),
        ("N6W23001", House("N6W", 23001)),
        ("29W345", House("29W", 345)),
        ("", None),
        ("1/2", None),
        ("one", None),
    ],
)
def test_house_numbers(written, house):
    assert house_number(written) == house


@pytest.mark.parametrize(
    "text", ["", "Main St", "Main St & Elm St", "PO Box 5", "General Delivery", "15", "\x00", "½"]
)
def test_what_is_no_house_on_a_street_is_none(text):
    assert read_line(text) is None


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it(text):
    read_line(text)
    street_of(text)
    house_number(text)


@pytest.mark.parametrize(
    ("written", "kind"), [("2 JacksonLn", "LN"), ("2 Jacksonlane", "LN"), ("2 W JacksonLn", "LN")]
)
def test_a_street_type_glued_to_its_name_is_one_of_the_readings(written, kind):
    streets = {line.street._replace(before="") for line in readings(written)}

    assert Street("JACKSON", kind=kind) in streets
    assert len(streets) == 2, "and so is the name as it stands: Jackson Ln Rd is a street too"
