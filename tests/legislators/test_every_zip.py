"""Nobody is turned away: every ZIP code has a state, or the person is asked for it, and no layer of
theirs is empty.
"""

import datetime as dt

import pytest
import shapely

from legislators.addresses import Address
from legislators.loading import load
from legislators.lookup import find, find_zip, state_of_zip
from legislators.maps.boundaries import Area
from legislators.maps.editions import switch_on
from legislators.maps.indexing import drawing
from legislators.maps.published import Map, draw_and_check
from legislators.models import Chamber, Layer, ZipCode, ZipDistrict
from legislators.roster.published import Refused
from legislators.zips.states import is_military, state_by_digits
from legislators.zips.table import read_table, store_table
from tests import build
from tests.legislators import folder as miniature
from tests.legislators.seats import district, edition, found, statewide

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("zip5", "state"),
    [
        ("80306", "CO"),
        ("43216", "OH"),
        ("22350", "VA"),
        ("20500", "DC"),
        ("20598", "VA"),
        ("06390", "NY"),
        ("83414", "WY"),
        ("00901", "PR"),
        ("00801", "VI"),
        ("96910", "GU"),
        ("96950", "MP"),
        ("96799", "AS"),
        ("00000", ""),
        ("99999", ""),
        ("09012", ""),
        ("34001", ""),
        ("96201", ""),
        ("96940", ""),  # Palau elects nobody here
    ],
)
def test_the_digits_of_a_zip_code_name_its_state(zip5, state):
    assert state_by_digits(zip5) == state


def test_military_mail_is_known_by_its_digits():
    assert [is_military(each) for each in ("09012", "34001", "96201", "80306", "96910")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def published(zip5, state, city, lat, lon, **fields):
    return ZipCode.objects.create(zip=zip5, state=state, city=city, lat=lat, lon=lon, **fields)


def test_a_box_zip_that_no_map_draws_has_its_state_s_senators_for_certain():
    edition(states=["CO"])
    statewide("CO"), statewide("CO", position=2)
    district("CO", "2"), district("CO", "7")

    match = find(Address.parse("PO Box 123, Boulder, 80306"), on=DAY)

    assert match.state == "CO"
    assert found(match) == [
        ("us_senate", "", True),
        ("us_senate", "", True),
        ("us_house", "2", False),
        ("us_house", "7", False),
    ]
    assert match.places[2].reason == (
        "Your ZIP does not say in which district of Colorado you live: choose yours."
    )


def test_a_delegate_and_an_at_large_representative_follow_from_the_state_alone():
    whole = "ocd-division/country:us/territory:gu"
    build.jurisdiction("GU", name="Guam", division=whole)
    build.seat(Chamber.US_HOUSE, state="GU", district="0", division=whole)
    district("WY", "0")
    district("WY", "11", chamber=Chamber.STATE_LOWER)

    assert found(find_zip("96913", DAY)) == [("us_house", "0", True)]
    assert found(find_zip("82999", DAY)) == [("us_house", "0", True), ("state_lower", "11", False)]


@pytest.mark.parametrize("zip5", ["00000", "99999"])
def test_a_zip_that_does_not_exist_is_said_to_be_unknown_and_the_state_asked(zip5):
    statewide("MD")

    asked = find_zip(zip5, DAY)
    told = find(Address("", state="MD", zip=zip5), on=DAY)

    assert (asked.state, asked.places) == ("", ())
    assert asked.asks_state == (
        f"We do not know ZIP {zip5}. Check it; if it is right, choose your state and go on."
    )
    assert (told.state, found(told), told.asks_state) == ("MD", [("us_senate", "", True)], "")


def test_military_mail_asks_for_the_home_state_then_its_senators_are_certain():
    statewide("TX")

    asked = find(Address.parse("PSC 1234 Box 5678, APO AE 09012"), on=DAY)
    told = find(Address("PSC 1234 Box 5678", "APO", "TX", "09012"), on=DAY)

    assert asked.places == ()
    assert "the state in which you vote" in asked.asks_state
    assert (told.state, found(told)) == ("TX", [("us_senate", "", True)])


def test_a_petition_s_zip_has_a_state_too():
    published("20300", "VA", "ARLINGTON", 38.9, -77.1)  # its digits alone would say DC

    assert state_of_zip("80306").state == "CO"
    assert state_of_zip("20300").state == "VA"
    assert state_of_zip("99999", "AK").state == "AK"
    assert state_of_zip("99999").asks.startswith("We do not know ZIP 99999.")


def test_the_postal_home_of_a_zip_that_the_crosswalk_gives_to_its_neighbour():
    """57642 is McLaughlin, South Dakota; the crosswalk of Congress knows only North Dakota's."""
    maps = edition(states=["ND", "SD"])
    district("ND", "0", "57642", on=maps), district("SD", "0")
    statewide("ND"), statewide("SD")
    published("57642", "SD", "MCLAUGHLIN", 45.88, -100.89)

    by_zip = find_zip("57642", DAY)
    written = find(Address("", state="SD", zip="57642"), on=DAY)

    assert {place.seat.jurisdiction_id for place in by_zip.places} == {"ND", "SD"}
    assert by_zip.certain_places() == ()
    assert written.state == "SD"
    assert found(written) == [("us_senate", "", True), ("us_house", "0", True)]


def test_the_state_that_a_person_chose_is_not_overruled():
    district("MD", "5", "20751", on=edition(states=["MD", "VA"]))
    district("VA", "8"), statewide("VA"), statewide("MD")

    match = find(Address("", state="VA", zip="20751"), on=DAY, home="VA")

    assert match.state == "VA"
    assert found(match) == [("us_senate", "", True), ("us_house", "8", False)]


def test_the_president_comes_out_where_he_is_asked_for():
    build.jurisdiction("US", name="United States", division="ocd-division/country:us")
    build.seat(Chamber.PRESIDENT, state="US", district="", division="ocd-division/country:us")
    statewide("CO"), statewide("NM")

    assert found(find(Address("", zip="80306"), on=DAY)) == [("us_senate", "", True)]
    match = find(Address("", zip="80306"), on=DAY, nationwide=True)
    assert found(match) == [("us_senate", "", True), ("president", "", True)]
    assert match.places[-1].reason == "This office serves everyone in the United States."


def geonames(*rows):
    """Lines as GeoNames writes them, of (ZIP, town, state, lat, lon)."""
    lines = (
        ["US", zip5, town, "", state, "", "", "", "", lat, lon, "4"]
        for zip5, town, state, lat, lon in rows
    )
    return "".join("\t".join(line) + "\n" for line in lines)


@pytest.fixture
def vermont(tmp_path):
    """ZIPs of boxes in both halves of the miniature state, and beside the line between them."""
    folder = miniature.write(tmp_path / "published")
    (folder / "US.txt").write_text(
        geonames(
            ("05001", "Westham", "VT", "43.5", "-72.9"),
            ("05090", "Boxford", "VT", "43.6", "-72.95"),
            ("05091", "Boxford", "VT", "43.6", "-72.95"),
            ("05092", "Lineham", "VT", "43.5", "-72.51"),
            ("09012", "APO AE", "", "49.4", "7.6"),
        )
    )
    load(folder, ["VT"], lambda *_: None)


def test_a_box_zip_stands_for_all_that_is_near_its_middle(vermont):
    near, beside = find_zip("05090", DAY), find_zip("05092", DAY)

    assert [
        place.seat.district for place in near.places if place.seat.chamber == "state_lower"
    ] == [
        "1",
        "1",
    ]
    assert {place.method for place in near.places if place.seat.layer} == {"near"}
    assert all(place.certain for place in near.places)
    assert near.places[-1].reason == (
        "All that is near ZIP 05090 lies in House District 1, on the 2024 map."
    )
    assert beside.split_chambers().keys() == {"state_lower"}
    assert "near it are 2 districts" in beside.places[-1].reason


def test_a_box_in_an_ordinary_zip_is_certain_only_where_everything_near_agrees(vermont):
    ZipCode.objects.filter(zip="05001").update(lon=-72.51)

    by_zip = find(Address("", zip="05001"), on=DAY)
    boxed = find(Address("PO Box 7", zip="05001"), on=DAY)

    assert by_zip.split_chambers() == {}
    assert boxed.split_chambers().keys() == {"state_lower"}
    assert {place.seat.chamber for place in boxed.certain_places()} == {
        "us_senate",
        "us_house",
        "governor",
        "state_upper",
    }


def test_a_zip_whose_middle_is_beside_a_line_asks_though_the_crosswalk_knows_one_district(vermont):
    """45147 Miamiville, Ohio: half a kilometre from its post office the mail goes over the river,
    into another county, and the Census' area of the ZIP code ends at the bridge.
    """
    assert find_zip("05001", DAY).split_chambers() == {}

    ZipCode.objects.filter(zip="05001").update(lon=-72.505)  # 400 m from House district 2

    assert find_zip("05001", DAY).split_chambers()["state_lower"].keys() == {
        "ocd-division/country:us/state:vt/sldl:1",
        "ocd-division/country:us/state:vt/sldl:2",
    }


def test_a_zip_reaches_as_far_as_the_farthest_district_that_it_touches_on_any_layer(vermont):
    """45014 Fairfield, Ohio: it touches a House district 2.9 km away, so that a Senate district at
    2.2 km is not out of its reach.
    """
    ZipCode.objects.filter(zip="05001").update(lon=-72.52)  # 1.6 km from House district 2
    assert find_zip("05001", DAY).split_chambers() == {}

    upper_houses_parted_at(-72.49, "05001")  # 2.4 km away, and touched

    split = find_zip("05001", DAY).split_chambers()
    assert {chamber: len(districts) for chamber, districts in split.items()} == {
        "state_upper": 2,
        "state_lower": 2,
    }


def upper_houses_parted_at(lon, zip5):
    """A newer map of two upper districts, both touched by a ZIP code."""
    parted = Map(Layer.SLDU, "2026", dt.date(2026, 1, 1), ["VT"], "made up", "upper", "2026")
    for name, west, east in (("rutland", -73, lon), ("windsor", lon, -72)):
        division = f"ocd-division/country:us/state:vt/sldu:{name}"
        box = shapely.box(west, 43, east, 44)
        parted.drawings.append(drawing(Area(division, "VT", name, ""), box))
        parted.zips.append((zip5, "VT", division))
    build.seat(Chamber.STATE_UPPER, state="VT", district="Windsor", division=division)
    switch_on(parted, draw_and_check(parted, points=500)[0])


def test_without_a_zip_a_town_and_its_state_are_enough(vermont):
    match = find(Address.parse("Westham, VT"), on=DAY)

    assert match.state == "VT"
    assert {place.seat.district for place in match.places if place.seat.layer == "sldl"} == {"1"}


def test_the_published_table_is_stored_once_and_follows_its_file(vermont, tmp_path):
    assert ZipCode.objects.count() == 5
    assert set(ZipCode.objects.filter(is_box=True).values_list("zip", flat=True)) == {
        "05090",
        "05091",
    }

    path = tmp_path / "US.txt"
    path.write_text(geonames(("05001", "Westham", "VT", "43.5", "-72.9")))
    assert store_table(read_table([path])) == 4
    assert store_table(read_table([path])) == 0
    assert list(ZipCode.objects.values_list("zip", "city", "town")) == [
        ("05001", "WESTHAM", "Westham")
    ]


def test_a_town_published_in_two_spellings_is_one_town(tmp_path):
    path = tmp_path / "US.txt"
    both = [("05001", name, "VT", "43.5", "-72.9") for name in ("St. Paul", "Saint Paul")]
    path.write_text(geonames(*both))

    assert store_table(read_table([path])) == 1
    assert ZipCode.objects.get().city == "STPAUL"


def test_the_made_up_state_s_zip_codes_stay_when_a_table_is_loaded(tmp_path):
    published("00018", "FK", "MILLBROOKFERRY", 33.6, -44.6, town="Millbrook Ferry")
    path = tmp_path / "US.txt"
    path.write_text(geonames(("05001", "Westham", "VT", "43.5", "-72.9")))
    store_table(read_table([path]))

    assert set(ZipCode.objects.values_list("state", flat=True)) == {"FK", "VT"}


def test_a_file_that_is_no_table_of_zip_codes_is_refused(tmp_path):
    path = tmp_path / "US.txt"
    path.write_text("no,such,table\n")

    with pytest.raises(Refused, match="not GeoNames' table"):
        read_table([path])


def test_the_crosswalk_alone_still_answers_without_a_published_table():
    district("MD", "5", "20751", on=edition())

    assert not ZipCode.objects.exists()
    assert ZipDistrict.objects.count() == 1
    assert found(find_zip("20751", DAY)) == [("us_house", "5", True)]
