import pytest

from legislators import franklin
from legislators.by_hand.holders import Said, say
from legislators.by_hand.offices import NewOffice, add_office
from legislators.lookup import find, find_point, find_zip
from legislators.models import (
    AddressPoint,
    BoundaryFile,
    Chamber,
    Contact,
    CustomOffice,
    District,
    Edition,
    Jurisdiction,
    Legislator,
    SaidHolder,
    Seat,
    Source,
    Term,
    ZipCode,
    ZipDistrict,
)
from legislators.states import STATES

pytestmark = pytest.mark.django_db
EVERYTHING = (
    AddressPoint,
    BoundaryFile,
    Contact,
    District,
    Edition,
    Jurisdiction,
    Legislator,
    Seat,
    Source,
    Term,
    ZipCode,
    ZipDistrict,
)


@pytest.fixture
def built():
    franklin.build()


def counts():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def test_building_twice_changes_nothing(built):
    before = counts()
    franklin.build()
    assert counts() == before
    assert before["AddressPoint"] > 3_000


def test_removing_takes_all_of_it_away(built):
    franklin.remove()
    assert set(counts().values()) == {0}


def test_it_lies_outside_every_real_code():
    assert franklin.FRANKLIN.code not in STATES
    assert {zip5 < "00501" for zip5 in franklin._zips()} == {True}


def test_it_can_write_to_nobody(built):
    values = set(Contact.objects.exclude(kind="address").values_list("kind", "value"))
    assert all(value.endswith(".franklin.example") for kind, value in values if kind == "email")
    assert all(
        ".franklin.example/" in value for kind, value in values if kind in ("form", "website")
    )
    assert all(value.startswith("202-555-01") for kind, value in values if kind == "phone")


def test_members_of_congress_publish_no_email_and_state_legislators_do(built):
    with_email = set(
        Contact.objects.filter(kind="email").values_list(
            "legislator__terms__seat__chamber", flat=True
        )
    )
    assert with_email == {
        *(Chamber.GOVERNOR, Chamber.LT_GOVERNOR),
        *(Chamber.STATE_UPPER, Chamber.STATE_LOWER),
    }


@pytest.mark.parametrize("sample", franklin.SAMPLES)
def test_a_sample_address_is_known_and_certain_in_every_chamber(built, sample):
    match = find(sample)

    assert match.state == "FK"
    assert match.split_chambers() == {}
    assert {place.seat.chamber for place in match.places} == {
        "us_senate",
        "us_house",
        "governor",
        "lt_governor",
        "attorney_general",
        "state_upper",
        "state_lower",
    }
    assert {place.method for place in match.places} == {"state", "address_point"}


def test_the_samples_show_two_members_a_split_zip_and_a_vacancy(built):
    plain, split, vacant = franklin.SAMPLES

    assert [
        place.seat.district for place in find(plain).places if place.seat.chamber == "state_lower"
    ] == ["5", "5"]
    assert find_zip(plain.zip).split_chambers() == {}
    assert set(find_zip(split.zip).split_chambers()) == {"us_house", "state_upper", "state_lower"}
    assert [
        (place.status, place.holder)
        for place in find(vacant).places
        if place.seat.chamber == "state_lower"
    ] == [("vacant", None)]


def test_each_of_its_zip_codes_has_a_middle_and_a_town(built):
    rows = {row.zip: row for row in ZipCode.objects.filter(state="FK")}

    assert rows.keys() == franklin._zips().keys()
    assert rows["00018"].town == "Millbrook Ferry"
    for zip5, row in rows.items():
        house = {place.seat.pk for place in find_point(row.lat, row.lon).places}
        assert house <= {place.seat.pk for place in find_zip(zip5).places}


def test_every_known_address_lies_in_a_district_that_its_zip_touches(built):
    for address, _ in list(franklin.addresses())[::97]:
        offered = {place.seat for place in find_zip(address.zip).places}
        assert {place.seat for place in find(address).places} <= offered


def test_what_people_here_said_of_it_goes_with_it():
    franklin.build()
    seat = Seat.objects.filter(is_demo=True).first()
    say(seat, Said("Eve Byrd", "made up", ways={"email": "eve@x.example"}), author="sam")
    add_office(NewOffice("Board of Parole", "Chair", "zips", "FK", ("00001",)), author="sam")
    franklin.remove()

    assert not Seat.objects.filter(jurisdiction="FK").exists()
    assert (SaidHolder.objects.count(), CustomOffice.objects.count()) == (0, 0)
