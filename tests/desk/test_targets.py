"""Choosing whom an ask addresses: states as chips, parties that sit there, committees, roles, names
and groups that leave out; all of it without scripts.
"""

import pytest
from django.urls import reverse

from campaigns import targeting
from campaigns.models import CampaignBill
from legislators.models import Committee, CommitteeMembership
from tests import build
from tests.campaigns.bills import bill, sponsor

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer"))
    return client


@pytest.fixture
def letter():
    """To both of Franklin's delegates, and Maryland's representative."""
    ask = build.ask(campaign=build.campaign(state="draft"))
    for name, party, seat in (
        ("Ada Smith", "Democratic", build.seat()),
        ("Bo Diaz", "Republican", build.seat(district="2")),
        ("Cy Cole", "Green", build.seat("us_house", state="MD", district="5")),
    ):
        build.term(seat, build.legislator(name), party=party)
    ask.rules.create(chambers=["state_lower", "us_house"])
    return ask


@pytest.fixture
def send(organizer, letter):
    """The group of that letter, or a new one, as a form without scripts sends it."""
    path = reverse("desk:ask_targets", args=[letter.campaign.slug, letter.pk])

    def post(do="save", new=False, **typed):
        answer = organizer.post(path + ("?new=1" if new else ""), {"do": do, **typed})
        return answer, answer.content.decode()

    return post


def test_a_state_that_is_typed_becomes_a_chip_and_is_saved_whichever_button_is_pressed(
    letter, send
):
    answer, page = send("add", **{"chambers": "state_lower", "add-states": "franklin"})
    assert answer.status_code == 200
    assert 'name="states" value="FK" checked' in page
    assert letter.rules.get().states == []

    send(**{"states": ["FK"], "add-states": "MD"})
    assert letter.rules.get().states == ["FK", "MD"]


def test_a_state_that_nobody_knows_is_said_and_stays_to_be_mended(letter, send):
    answer, page = send(**{"states": ["FK"], "add-states": "Marylnd"})

    assert answer.status_code == 422
    assert "No state here is called “Marylnd”." in page
    assert 'name="add-states"' in page
    assert 'value="Marylnd"' in page
    assert 'name="states" value="FK" checked' in page
    assert letter.rules.get().states == []


def test_only_parties_that_sit_in_the_chosen_chambers_and_states_are_offered_with_their_seats(send):
    _answer, page = send("count", states="FK", chambers="state_lower", parties="Green")

    assert "Democratic (1)" in page
    assert "Republican (1)" in page
    # Ticked already: it stays to be seen, and says that nobody is left.
    assert "Green (0)" in page
    _answer, page = send("count", states="FK")
    assert "Green" not in page.split('id="seats"')[0]


def test_a_committee_is_chosen_by_its_name_and_addresses_who_sits_on_it(letter, send):
    made = Committee.objects.create(
        key="HSAG", name="House Committee on Agriculture", chamber="house", source=build.source()
    )
    holder = build.legislator("Dee Moss")
    build.term(build.seat("us_house", state="MD", district="6"), holder)
    CommitteeMembership.objects.create(committee=made, legislator=holder)

    _answer, page = send("count", **{"add-committees": "house committee on agriculture"})

    assert "1 seat as chosen" in page
    assert "Dee Moss" in page
    send(committees="HSAG")
    assert letter.rules.get().committees == ["HSAG"]


def test_roles_are_offered_where_the_campaign_has_a_bill(letter, send, organizer):
    assert 'name="roles"' not in send("count")[1]
    made = bill(jurisdiction="FK")
    CampaignBill.objects.create(campaign=letter.campaign, bill=made)
    sponsor(made, build.holder_of(letter_seat(letter, "1")).legislator, "sponsor")

    _answer, page = send("count", roles=["neither"])

    assert "1 seat as chosen" in page
    assert "Bo Diaz" in page.split('id="seats"')[1]


def letter_seat(letter, district):
    return targeting.seats(letter).get(chamber="state_lower", district=district)


def test_a_seat_is_found_by_its_holders_name_and_left_out_by_a_group_of_its_own(letter, send):
    seat = letter_seat(letter, "1")
    answer, page = send("find", new=True, **{"find-seats": "ada franklin"})
    assert answer.status_code == 200
    assert "Choose at least one side" not in page
    assert f'name="seats" value="{seat.pk}"' in page
    assert "Ada Smith, State house, Franklin district 1" in page

    answer, page = send("count", new=True, seats=seat.pk, excludes="on")
    assert "2 seats as chosen" in page
    assert "This group leaves 1 seat out." in page
    answer, page = send(new=True, seats=seat.pk, excludes="on")

    assert answer.status_code == 302
    rule = letter.rules.get(excludes=True)
    assert rule.seats == [seat.pk]
    assert seat not in targeting.seats(letter)


def test_seats_by_name_make_a_group_of_their_own(letter, send):
    answer, page = send(new=True, seats=letter_seat(letter, "1").pk, states="FK")

    assert answer.status_code == 422
    assert "Make a group of these alone." in page
    assert letter.rules.count() == 1


def test_the_page_asks_the_database_as_often_however_many_groups_there_are(
    letter, organizer, django_assert_max_num_queries
):
    page = reverse("desk:ask_targets", args=[letter.campaign.slug, letter.pk])
    seat = letter_seat(letter, "1")

    def number():
        with django_assert_max_num_queries(80) as asked:
            organizer.get(page)
        return len(asked)

    letter.rules.create(seats=[seat.pk])
    before = number()
    for state in ("FK", "MD", "FK"):
        letter.rules.create(states=[state], parties=["Green"])
        letter.rules.create(seats=[seat.pk], excludes=True)
    assert number() <= before


def test_a_new_campaigns_states_are_added_one_by_one_and_nothing_is_made_yet(organizer, letter):
    page = reverse("desk:campaign_new")
    typed = {"starter": "state-bill", "issue": letter.campaign.issue_id, "do": "add"}

    first = organizer.post(page, typed | {"add-states": "Franklin"})

    assert first.status_code == 200
    assert 'name="states" value="FK" checked' in first.content.decode()
    assert "error-summary" not in first.content.decode()
    made = organizer.post(
        page, typed | {"do": "", "title": "Swings", "states": "FK", "add-states": "Maryland"}
    )
    assert made.status_code == 302
    rules = letter.campaign.issue.campaigns.get(slug="swings").asks.get(kind="letter").rules
    assert rules.get().states == ["FK", "MD"]
