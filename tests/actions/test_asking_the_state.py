"""Whoever's ZIP code names no state is asked for it and loses nothing; whoever's names several
chooses one, and everything that follows is that state's.
"""

import re

import pytest

from actions.models import Action, Submission
from campaigns.models import Campaign
from legislators.models import Chamber, Seat, ZipCode, ZipDistrict
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send
from tests.congress import field
from tests.legislators.seats import district, edition, statewide
from worker.channels.cwc import offices
from worker.models import Delivery

pytestmark = pytest.mark.django_db
HOUSE, SENATE = Chamber.US_HOUSE, Chamber.US_SENATE
ADDRESS = {"step": "address", "street": "1 Elm St", "city": "Fort Campbell", "age": "34"}


@pytest.fixture
def to_congress(settings):
    """A letter to Congress; ZIP 42223 lies in Kentucky and in Tennessee."""
    settings.FORM_LEAST_SECONDS = 0
    maps = edition(states=["KY", "TN"])
    district("KY", "1", "42223", on=maps), district("TN", "7", "42223", on=maps)
    statewide("KY"), statewide("TN")
    ask = build.ask("letter", letter_subject="Playgrounds", letter_body="Please open them.")
    build.rule(ask, chambers=[HOUSE, SENATE])
    return ask


def text_of(page):
    return " ".join(page.content.decode().split())


def test_a_zip_in_two_states_asks_for_the_state_before_any_district(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="42223")

    assert "Your ZIP touches more than one state. Which is yours?" in text_of(page)
    assert all(f'value="{state}"' in text_of(page) for state in ("KY", "TN"))
    assert "choice_us_house" not in text_of(page)


def test_the_chosen_state_is_on_the_action_the_supporter_and_every_letter(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="42223")
    page = send(client, page, step="choose", choice_state="KY")
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    home = (action.us_state, action.supporter.state, action.chosen_by_person)
    assert home == ("KY", "KY", True)
    assert {letter.seat.jurisdiction_id for letter in action.letters.all()} == {"KY"}
    assert {letter.seat.chamber for letter in action.letters.all()} == {HOUSE, SENATE}


def test_congress_reads_the_address_in_the_state_that_was_chosen(client, to_congress, congress):
    """57642 is McLaughlin, South Dakota; the crosswalk of Congress gives it to North Dakota."""
    congress.house.offices, congress.senate.offices = {"HND00", "HSD00"}, {"SND01", "SSD01"}
    offices.refresh()
    district("ND", "0", "57642", on=edition(states=["ND", "SD"])), district("SD", "0")
    statewide("ND"), statewide("SD")
    Seat.objects.filter(chamber=SENATE).update(label="Class 1")
    Campaign.objects.update(topic="Families")  # Congress' grammar wants one
    ZipCode.objects.create(zip="57642", state="SD", city="MCLAUGHLIN", lat=45.88, lon=-100.89)

    typed = ADDRESS | {"city": "McLaughlin"}
    page = send(client, client.get(ACT), **typed, zip="57642")
    page = send(client, page, step="choose", choice_state="SD")
    send(client, page, step="write", **ME, prefix="Ms.")

    press(client, mailed_link("confirm"))

    written = {row.recipient: bytes(row.message) for row in Delivery.objects.filter(channel="cwc")}
    assert written.keys() == {"HSD00", "SSD01"}
    for document in written.values():
        assert [field(document, name) for name in ("City", "StateAbbreviation", "Zip")] == [
            "McLaughlin",
            "SD",
            "57642",
        ]


def test_a_senate_choice_names_the_state_and_the_other_one_s_choices_drop_away(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="42223")
    tennessee = "ocd-division/country:us/state:tn/cd:7"
    page = send(
        client,
        page,
        step="choose",
        choice_us_senate="ocd-division/country:us/state:ky",
        choice_us_house=tennessee,
    )
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.us_state == "KY"
    assert {letter.seat.jurisdiction_id for letter in action.letters.all()} == {"KY"}


def test_a_district_is_asked_after_the_state_and_the_state_is_kept(client, to_congress):
    two = district("KY", "2")
    ZipDistrict.objects.create(
        edition_id=ZipDistrict.objects.first().edition_id,
        zip="42223",
        state="KY",
        division=two.division,
    )

    page = send(client, client.get(ACT), **ADDRESS, zip="42223")
    page = send(client, page, step="choose", choice_state="KY")
    assert page.status_code == 200
    assert "cd:7" not in text_of(page)
    refused = send(client, page, step="choose")
    assert refused.status_code == 422
    page = send(client, refused, step="choose", choice_us_house=two.division)
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.us_state == "KY"
    assert {letter.seat.district for letter in action.letters.all()} == {"2", ""}


def test_no_state_chosen_is_said_so(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="42223")
    page = send(client, page, step="choose")

    assert page.status_code == 422
    assert "Choose the state you live in." in text_of(page)


@pytest.mark.parametrize("zip5", ["00000", "99999"])
def test_an_unknown_zip_asks_for_the_state_and_keeps_what_was_typed(client, to_congress, zip5):
    first = client.get(ACT)
    assert 'name="state"' not in text_of(first)

    page = send(client, first, **ADDRESS, zip=zip5)
    assert page.status_code == 422
    assert f"We do not know ZIP {zip5}." in text_of(page)
    assert all(text in text_of(page) for text in ('name="state"', "1 Elm St", "Fort Campbell"))

    page = send(client, page, **ADDRESS, zip=zip5, state="KY")
    send(client, page, step="choose", choice_us_house="ocd-division/country:us/state:ky/cd:1")
    assert page.status_code == 200


def test_military_mail_is_asked_for_its_home_state(client, to_congress):
    typed = ADDRESS | {"street": "PSC 1234 Box 5678", "city": "APO"}
    page = send(client, client.get(ACT), **typed, zip="09012")
    assert "the state in which you vote" in text_of(page)

    page = send(client, page, **typed, zip="09012", state="TN")
    page = send(client, page, step="choose", choice_us_house="not-sure")
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.us_state == "TN"
    assert [letter.seat.chamber for letter in action.letters.all()] == [SENATE]


def test_a_whole_address_in_the_street_field_is_understood(client, to_congress):
    line = "1 Elm St, Fort Campbell, Kentucky 42223, USA"
    page = send(client, client.get(ACT), step="address", street=line, city="", zip="", age="34")
    send(client, page, step="write", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.us_state == "KY"
    assert {letter.seat.jurisdiction_id for letter in action.letters.all()} == {"KY"}


def test_town_and_state_in_one_line_are_enough_where_the_town_has_one_zip(client, to_congress):
    ZipCode.objects.create(zip="42223", state="KY", city="FORTCAMPBELL", lat=36.66, lon=-87.47)
    line = "1 Elm St, Fort Campbell, KY"
    page = send(client, client.get(ACT), step="address", street=line, city="", zip="", age="34")
    send(client, page, step="write", **ME)

    entry = Submission.objects.get().entry
    assert [entry[name] for name in ("street", "city", "state", "zip")] == [
        "1 Elm St",
        "Fort Campbell",
        "KY",
        "42223",
    ]


def test_of_a_town_with_several_zips_only_the_zip_is_asked(client, to_congress):
    for zip5 in ("40202", "40203"):
        ZipCode.objects.create(zip=zip5, state="KY", city="LOUISVILLE", lat=38.2, lon=-85.8)
    line = "1 Elm St, Louisville, KY"
    page = send(client, client.get(ACT), step="address", street=line, city="", zip="", age="34")

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["zip"]
    assert line in text_of(page)


def test_without_any_zip_it_is_asked_for(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="")

    assert page.status_code == 422
    assert "Type your ZIP code: it is enough to begin with." in text_of(page)


def test_a_signer_with_a_box_counts_in_their_state(client, settings):
    settings.FORM_LEAST_SECONDS = 0
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for playgrounds.")

    page = send(client, client.get(ACT), step="address", country="US", zip="80306", age="34")
    signer = {"given_name": "Nora", "family_name": "Lund", "email": "nora@example.org"}
    send(client, page, step="write", **signer)

    assert Submission.objects.get().us_state == "CO"


def test_the_state_is_asked_for_in_spanish_too(client, to_congress):
    url = "/es/act/playgrounds/"
    page = send(client, client.get(url), url, **ADDRESS, zip="99999")
    assert "No conocemos el código postal 99999." in text_of(page)
    assert "Elige tu estado" in text_of(page)

    page = send(client, client.get(url), url, **ADDRESS, zip="42223")
    assert "Tu código postal abarca más de un estado. ¿Cuál es el tuyo?" in text_of(page)


def test_the_error_of_the_state_is_tied_to_its_field(client, to_congress):
    page = send(client, client.get(ACT), **ADDRESS, zip="99999")

    tag = re.search(r"<select[^>]*name=\"state\"[^>]*>", text_of(page))[0]
    described = re.search(r'aria-describedby="([^"]+)"', tag)[1].split()
    assert 'aria-invalid="true"' in tag
    assert any(f'id="{each}"' in text_of(page) for each in described)
