import pytest

from legislators.addresses import Address, BadAddress


@pytest.mark.parametrize(
    ("line", "street", "city", "state", "zip5"),
    [
        ("15 W 4th St, Cincinnati, OH 45202", "15 W 4th St", "Cincinnati", "OH", "45202"),
        ("346 W 600 S, Salt Lake City UT 84101", "346 W 600 S", "Salt Lake City", "UT", "84101"),
        (
            "N6W23001 Bluemound Rd, Waukesha, WI 53188-1234",
            "N6W23001 Bluemound Rd",
            "Waukesha",
            "WI",
            "53188",
        ),
        (
            "10000 Main St, North Platte, Nebraska 69101",
            "10000 Main St",
            "North Platte",
            "NE",
            "69101",
        ),
        ("02139", "", "", "", "02139"),
    ],
)
def test_one_line_is_read_into_its_parts(line, street, city, state, zip5):
    assert Address.parse(line) == Address(street, city, state, zip5)


def test_zip_plus_four_is_cut_and_leading_zeros_stay():
    assert Address.clean(zip=" 02139-4307 ").zip == "02139"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("", "Type your ZIP"), ("2139", "zeros"), ("2l401", "five digits"), ("٢١٤٠١", "five digits")],
)
def test_a_bad_zip_says_what_to_do(typed, hint):
    with pytest.raises(BadAddress) as bad:
        Address.clean(zip=typed)
    assert hint in bad.value.errors["zip"]


@pytest.mark.parametrize("typed", ["MD", "md", "Maryland", " maryland "])
def test_a_state_may_be_a_name_or_a_code(typed):
    assert Address.clean(state=typed, zip="21401").state == "MD"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("D.C.", "DC"), ("Washington DC", "DC"), ("Puerto Rico", "PR"), ("AE", "AE")],
)
def test_more_than_the_fifty_states_are_known(typed, code):
    assert Address.clean(state=typed, zip="21401").state == code


def test_an_unknown_state_is_an_error_of_that_field():
    with pytest.raises(BadAddress) as bad:
        Address.clean(state="Narnia", zip="21401")
    assert list(bad.value.errors) == ["state"]


@pytest.mark.parametrize(
    "street",
    [
        "15 W 4th St",
        "15 west fourth street",
        "15 W. 4th St., Apt 3",
        "15 West 4th Street #3",
        " 15  w 4TH st ",
    ],
)
def test_spellings_of_one_address_share_a_key(street):
    assert Address.clean(street, zip="45202").key() == "15 W 4TH ST|45202"


def test_neighbours_do_not_share_a_key():
    keys = {
        Address.clean(street, zip="45202").key()
        for street in ("15 W 4th St", "15 E 4th St", "15 W 5th St", "16 W 4th St", "15 W 4th Ave")
    }
    assert len(keys) == 5


@pytest.mark.parametrize(
    "street", ["PO Box 12", "P.O. Box 12", "Box 12", "RR 2 Box 15", "PSC 3 Box 12", "HC 61 Box 9"]
)
def test_boxes_are_recognized(street):
    assert Address.clean(street, zip="21401").is_box


@pytest.mark.parametrize("street", ["12 Boxwood Lane", "100 Post Office Road", "5 Rural Road"])
def test_streets_that_sound_like_boxes_are_not(street):
    assert not Address.clean(street, zip="21401").is_box


@pytest.mark.parametrize(
    "street",
    [
        "\x00\x1b[31m",
        "((((",
        "🏠 house",
        "1" * 120,
        "a, b, c, d, e",
        "Apt Apt Apt # #",
        "12 12 12 Street Street",
    ],
)
def test_whatever_is_typed_never_breaks_the_parsers(street):
    address = Address.clean(street, zip="21401")
    assert address.key().endswith("|21401")


def test_an_overlong_street_is_refused_with_words():
    with pytest.raises(BadAddress) as bad:
        Address.clean("x" * 121, zip="21401")
    assert "120" in bad.value.errors["street"]


def test_an_address_prints_on_one_line():
    assert (
        Address("15 W 4th St", "Cincinnati", "OH", "45202").one_line()
        == "15 W 4th St, Cincinnati, OH 45202"
    )
    assert Address("", zip="21401").one_line() == "21401"
