"""Staff say which way letters take: for a chamber, or for one office that wants another."""

import pytest

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.letters import ladders
from actions.models import Ladder
from campaigns.models import Brand
from legislators.models import Legislator, Seat
from tests import build

pytestmark = pytest.mark.django_db
WHY = "They told us that nobody reads their mail"


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


@pytest.fixture
def seat(letter_ask):
    return Seat.objects.get(position=1)


def routes(chamber):
    return Ladder.objects.get(chamber=chamber, seat=None).routes


def test_a_chamber_s_order_is_changed_with_a_reason_that_is_kept(staff):
    answer = staff.post(
        "/outbox/ways/state_lower/",
        {"assisted": "1", "email": "2", "call": "", "paper": "3", "reason": WHY},
    )

    assert answer["Location"] == "/outbox/ways/"
    assert routes("state_lower") == ["assisted", "email", "paper"]
    line = AuditEntry.objects.get(deed="ladder changed")
    assert (line.actor, line.subject, line.detail["before"]) == (
        "sam@example.org",
        "state_lower",
        ["email", "assisted", "call", "paper"],
    )
    assert WHY in staff.get("/outbox/ways/").content.decode()


NO_ORDER = [{}, {"email": "1", "call": "1"}, {"email": "7"}, {"cwc": "1"}]


@pytest.mark.parametrize(
    "typed", [*({**places, "reason": WHY} for places in NO_ORDER), {"email": "1"}]
)
def test_an_order_that_is_none_changes_nothing_and_says_why(staff, typed):
    answer = staff.post("/outbox/ways/state_lower/", typed)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert routes("state_lower") == ["email", "assisted", "call", "paper"]


def test_congress_has_a_rung_that_states_have_not(staff):
    assert 'name="cwc"' in staff.get("/outbox/ways/us_house/").content.decode()
    assert 'name="cwc"' not in staff.get("/outbox/ways/governor/").content.decode()
    assert staff.get("/outbox/ways/no_such/").status_code == 404


def test_one_office_has_its_own_order_until_it_follows_its_chamber_again(staff, seat, letter_ask):
    page = f"/outbox/seats/{seat.pk}/"
    staff.post(page + "ladder/", {"assisted": "1", "reason": WHY})
    assert WHY in staff.get(page).content.decode()
    assert WHY in staff.get("/outbox/ways/").content.decode()
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    assert action.letters.get(seat=seat).route == "assisted"

    staff.post(page + "ladder/", {"remove": "1"})
    assert not Ladder.objects.exclude(seat=None).exists()
    assert list(AuditEntry.objects.values_list("deed", flat=True)) == [
        "ladder changed",
        "ladder removed",
    ]


def test_the_page_of_an_office_says_what_its_letters_do_today(staff, seat, letter_ask):
    steps = staff.get(f"/outbox/seats/{seat.pk}/").context["steps"]

    assert [(step["to"], step["is_taken"]) for step in steps] == [
        ("ada.smith@house.franklin.example", True),
        ("https://franklin.example/bo", False),
        ("+15550100100", False),
        ("", False),
    ]
    assert (
        ladders.route_to_place(
            build.places(letter_ask)[0], ladders.facts_for(build.places(letter_ask))
        )
        == "email"
    )


def test_a_postal_address_in_doubt_is_shown_with_what_is_in_doubt(staff, seat, settings):
    settings.PAPER_BY = "print"
    Brand.objects.create(name="Children First", postal_address="1 Elm St, Polk, MD 21401")
    told = "City Hall Conference Room 100 State St., Beloit, WI 53511"
    ada = Legislator.objects.get(name="Ada Smith")
    ada.contacts.create(kind="address", value=told, office="capitol", source=build.source())

    page = staff.get(f"/outbox/seats/{seat.pk}/").content.decode()
    assert f"{told}: It may be a room, or a house in a street" in page


def test_an_empty_seat_has_a_page_too(staff, letter_ask):
    empty = build.seat(district="8")
    page = staff.get(f"/outbox/seats/{empty.pk}/").content.decode()

    assert "Nobody is known to hold this seat." in page
    assert "Use this address" not in page


@pytest.mark.parametrize("query", ["Smith", "ada", "FK 7", "fk 7", "FK Smith"])
def test_an_office_is_found_by_name_or_district(staff, seat, query):
    assert "Ada Smith" in staff.get("/outbox/ways/", {"q": query}).content.decode()


def test_nobody_is_found_politely(staff, seat):
    page = staff.get("/outbox/ways/", {"q": "FK 99"}).content.decode()

    assert "No office is called so." in page
    assert "Ada Smith" not in page
