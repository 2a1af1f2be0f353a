import datetime as dt
from unittest.mock import patch

import pytest
from django.db import DatabaseError

from legislators import franklin, loaded_data
from legislators.addresses import Address, BadAddress
from legislators.lookup import LookupUnavailable, find, find_point, find_zip, state_of_zip
from legislators.models import Chamber, Edition, Source, ZipDistrict
from tests import build
from tests.legislators.seats import district, edition, found, statewide

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def test_a_zip_in_one_district_is_certain_and_says_why():
    district("MD", "5", "20751", on=edition())

    place = find_zip("20751", DAY).places[0]

    assert (place.certain, place.method, place.status, place.edition) == (
        True,
        "zip",
        "held",
        "119th Congress",
    )
    assert place.reason == "ZIP 20751 lies in Congressional District 5, on the 119th Congress map."


def test_a_split_zip_offers_every_district_and_picks_none():
    maps = edition()
    first, second = district("MD", "3", "21401", on=maps), district("MD", "5", "21401", on=maps)

    match = find_zip("21401", DAY)

    assert found(match) == [("us_house", "3", False), ("us_house", "5", False)]
    assert match.certain_places() == ()
    assert [set(each) for each in match.split_chambers().values()] == [
        {first.division, second.division}
    ]
    assert (
        match.places[0].reason
        == "Your ZIP touches 2 districts; Congressional District 3 is one of them, on the 119th"
        " Congress map."
    )


def test_senators_need_only_the_state():
    maps = edition()
    district("MD", "3", "21401", on=maps), district("MD", "5", "21401", on=maps)
    statewide("MD"), statewide("MD", position=2), statewide("MD", Chamber.GOVERNOR), statewide("VA")

    match = find_zip("21401", DAY)

    assert match.state == "MD"
    certain = [
        (place.seat.chamber, place.seat.jurisdiction_id, place.method)
        for place in match.certain_places()
    ]
    assert certain == [
        ("us_senate", "MD", "state"),
        ("us_senate", "MD", "state"),
        ("governor", "MD", "state"),
    ]


def test_across_a_state_line_nothing_is_certain_until_the_person_writes_their_state():
    maps = edition(states=["MD", "DE"])
    district("MD", "1", "21912", on=maps), district("DE", "0", "21912", on=maps)
    statewide("MD"), statewide("DE")

    by_zip = find_zip("21912", DAY)
    written = find(Address("", state="DE", zip="21912"), on=DAY)

    assert by_zip.state == ""
    assert by_zip.certain_places() == ()
    assert len(by_zip.places) == 4
    assert by_zip.places[0].reason == "Your ZIP touches Delaware and Maryland."
    assert written.state == "DE"
    assert found(written) == [("us_senate", "", True), ("us_house", "0", True)]


def test_the_state_of_a_zip_is_that_of_its_whole_lookup():
    maps = edition(states=["MD", "DE"])
    district("MD", "1", "21912", "21401", on=maps), district("DE", "0", "21912", on=maps)

    assert [state_of_zip(each).state for each in ("21912", "21401", "99999")] == ["", "MD", ""]
    assert [find_zip(each).state for each in ("21912", "21401", "99999")] == ["", "MD", ""]


def test_a_state_that_does_not_fit_the_zip_makes_everything_doubtful():
    district("MD", "5", "20751", on=edition())
    statewide("MD")

    match = find(Address("", state="VA", zip="20751"), on=DAY)

    assert match.certain_places() == ()
    assert {place.reason for place in match.places} == {
        "You wrote Virginia, but ZIP 20751 lies in Maryland."
    }


def test_the_same_division_name_on_two_layers_stays_apart():
    lower, upper = edition("sldl", name="2024"), edition("sldu", name="2024")
    district("MD", "30", "20751", on=lower, chamber=Chamber.STATE_LOWER)
    district("MD", "30", "20711", on=upper, chamber=Chamber.STATE_UPPER)

    assert found(find_zip("20751", DAY)) == [
        ("state_upper", "30", False),
        ("state_lower", "30", True),
    ]
    assert found(find_zip("20711", DAY)) == [
        ("state_upper", "30", True),
        ("state_lower", "30", False),
    ]


def test_every_position_of_a_district_is_given():
    seat = district("MD", "23", "20716", on=edition("sldl"), chamber=Chamber.STATE_LOWER)
    for position in (2, 3):
        build.term(
            build.seat(
                seat.chamber, state="MD", district="23", division=seat.division, position=position
            )
        )

    assert [(place.seat.position, place.certain) for place in find_zip("20716", DAY).places] == [
        (1, True),
        (2, True),
        (3, True),
    ]


def test_the_map_in_force_is_chosen_by_date():
    old = edition(valid_to=dt.date(2027, 1, 3))
    new = edition(name="120th Congress", valid_from=dt.date(2027, 1, 3))
    district("MD", "5", "20751", on=old), district("MD", "3", "20751", on=new)

    assert found(find_zip("20751", dt.date(2027, 1, 2))) == [("us_house", "5", True)]
    assert found(find_zip("20751", dt.date(2027, 1, 3))) == [("us_house", "3", True)]


def test_a_later_edition_of_some_states_leaves_the_others_to_the_older_one():
    nation, one_state = (
        edition(states=["MD", "VA"]),
        edition(states=["MD"], name="119th Congress, mended"),
    )
    (
        district("MD", "5", "20751", on=nation),
        district("MD", "3", "20751", on=one_state),
        district("VA", "8", "22201", on=nation),
    )

    assert found(find_zip("20751", DAY)) == [("us_house", "3", True)]
    assert found(find_zip("22201", DAY)) == [("us_house", "8", True)]


def test_without_a_map_in_force_the_districts_of_the_state_are_offered():
    district("MD", "5", "20751", on=edition(is_active=False))

    match = find_zip("20751", DAY)

    assert found(match) == [("us_house", "5", False)]
    assert match.places[0].reason == (
        "We have no map of these districts: choose the one you live in."
    )


def test_an_empty_seat_is_vacant_only_where_a_source_covers_its_chamber():
    seat = district("MD", "5", "20751", on=edition())
    seat.terms.all().delete()
    assert find_zip("20751", DAY).places[0].status == "unknown"

    Source.objects.create(key="roster", name="Roster", as_of=DAY, covers=[["MD", "us_house"]])
    place = find_zip("20751", DAY).places[0]
    assert (place.status, place.holder) == ("vacant", None)


def test_a_term_that_ran_out_after_the_roster_was_taken_leaves_the_holder_unknown():
    seat = district("MD", "5", "20751", on=edition())
    Source.objects.create(
        key="roster", name="Roster", as_of=dt.date(2026, 6, 15), covers=[["MD", "us_house"]]
    )
    seat.terms.update(ended_on=dt.date(2026, 11, 3))

    assert find_zip("20751", dt.date(2026, 11, 2)).places[0].status == "held"
    assert find_zip("20751", DAY).places[0].status == "unknown"


def test_the_holder_is_whoever_holds_it_on_that_day():
    seat = district("MD", "5", "20751", on=edition())
    seat.terms.update(ended_on=dt.date(2026, 1, 1))
    build.term(seat, build.legislator("Bo Diaz"), started_on=dt.date(2026, 1, 1))

    assert find_zip("20751", dt.date(2025, 12, 31)).places[0].holder.legislator.name == "Ada Smith"
    assert find_zip("20751", dt.date(2026, 1, 1)).places[0].holder.legislator.name == "Bo Diaz"


def test_wards_without_a_map_are_offered_not_picked():
    maps = edition(states=["DC"])
    whole = "ocd-division/country:us/district:dc"
    build.jurisdiction("DC", name="District of Columbia", division=whole)
    build.seat(Chamber.US_HOUSE, state="DC", district="0", division=whole)
    build.seat(Chamber.DC_COUNCIL, state="DC", district="", division=whole)
    for ward in ("Ward 1", "Ward 2"):
        build.seat(
            Chamber.DC_COUNCIL,
            state="DC",
            district=ward,
            division=f"{whole}/{ward.lower().replace(' ', ':')}",
        )
    ZipDistrict.objects.create(edition=maps, zip="20001", state="DC", division=whole)

    match = find_zip("20001", DAY)

    assert found(match) == [
        ("us_house", "0", True),
        ("dc_council", "", True),
        ("dc_council", "Ward 1", False),
        ("dc_council", "Ward 2", False),
    ]
    assert "no map" in match.places[-1].reason


def test_new_hampshire_is_told_what_no_map_can_say():
    district(
        "NH", "Belknap 1", "03809", on=edition("sldl", states=["NH"]), chamber=Chamber.STATE_LOWER
    )
    assert "floterial" in find_zip("03809", DAY).places[0].reason


def test_a_known_address_is_decided_by_its_point_not_by_its_zip():
    franklin.build()
    address = franklin.SAMPLES[1]

    assert find_zip(address.zip).certain_places() != find_zip(address.zip).places
    again = find(Address.clean("8 orchard ln., apt 2", "Brindle Bay", "Franklin", "00015-0001"))
    assert again.certain_places() == again.places
    assert [place.seat for place in again.places] == [place.seat for place in find(address).places]
    assert {place.reason for place in again.places if place.seat.chamber == "state_lower"} == {
        "Your address lies in House District 2, on the Franklin map."
    }


def test_a_point_in_the_sea_is_nobodys():
    franklin.build()
    assert find_point(10.0, -40.0).places == ()


def test_real_and_made_up_maps_stand_side_by_side():
    franklin.build()
    district("MD", "5", "20751", on=edition())

    assert find_zip("20751", DAY).state == "MD"
    assert find(franklin.SAMPLES[0], on=DAY).state == "FK"


def test_an_index_that_cannot_be_read_leaves_an_address_to_its_zip():
    franklin.build()
    Edition.objects.update(index_sha256="0" * 64)

    match = find(franklin.SAMPLES[1])

    assert match.split_chambers()
    with pytest.raises(LookupUnavailable):
        find_point(33.5, -44.5)


def test_trouble_with_the_database_is_one_exception():
    with (
        patch.object(loaded_data, "editions_in_force", side_effect=DatabaseError),
        pytest.raises(LookupUnavailable),
    ):
        find(Address("", zip="20751"))


def test_the_number_of_queries_does_not_grow_with_the_answer(django_assert_num_queries):
    franklin.build()
    find(franklin.SAMPLES[0])  # lays out the indexes on this machine

    with django_assert_num_queries(4):
        match = find(franklin.SAMPLES[0])
        [place.holder.legislator.contacts.all()[0] for place in match.places if place.holder]
    with django_assert_num_queries(5):
        find_zip("00015")


def test_what_is_at_hand_is_the_owner_s_alone(django_assert_num_queries):
    """Also where somebody filters, counts or changes it: it is a queryset as any other."""
    one, other = district("MD", "5", "20751", on=edition()), statewide("MD")
    for seat, number in ((one, "202-555-0100"), (other, "202-555-0101")):
        person = seat.terms.get().legislator
        person.contacts.create(kind="phone", value=number, source=build.source())

    place = find_zip("20751", DAY).places[-1]
    contacts = place.holder.legislator.contacts

    with django_assert_num_queries(0):
        assert [each.value for each in contacts.all()] == ["202-555-0100"]
        assert contacts.all()[0].value == "202-555-0100"
        assert [term.seat_id for term in place.seat.terms.all()] == [one.pk]
    assert contacts.all().count() == contacts.filter(kind="phone").count() == 1
    assert place.seat.terms.all().count() == 1
    again = find_zip("20751", DAY).places[-1].holder.legislator
    assert again.contacts.all().update(value="202-555-0102") == 1


@pytest.mark.parametrize(
    "street", ["77 Secretive Street", "secretive secretive # # 1 1 St St Apt Apt"]
)
def test_nothing_typed_is_logged(caplog, street):
    franklin.build()
    with caplog.at_level("INFO"):
        find(Address.parse(f"{street}, Brindle Bay, FK 00015"))
        with pytest.raises(BadAddress) as bad:
            Address.parse(street)
    assert "secretive" not in (caplog.text + str(bad.value)).lower()


def test_json_has_one_entry_per_seat():
    franklin.build()
    answer = find(franklin.SAMPLES[2]).as_json()

    assert answer["query"] == "24 Foundry Street, Stillwater Cross, FK 00024"
    house = [seat for seat in answer["seats"] if seat["chamber"] == "state_lower"]
    assert house == [
        {
            "chamber": "state_lower",
            "state": "FK",
            "district": "11",
            "division": "ocd-division/country:us/state:fk/sldl:11",
            "position": 1,
            "certain": True,
            "method": "address_point",
            "radius_m": 30,
            "edition": "Franklin",
            "reason": "Your address lies in House District 11, on the Franklin map.",
            "holder": None,
            "status": "vacant",
        }
    ]
    governor = next(seat for seat in answer["seats"] if seat["chamber"] == "governor")
    assert governor["holder"] == {
        "name": "Amara Fennimore",
        "party": "Meadow",
        "email": "amara.fennimore@governor.franklin.example",
        "phone": "202-555-0100",
    }
