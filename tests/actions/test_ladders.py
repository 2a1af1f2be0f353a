"""Which route a letter takes: the first of its seat's ladder that can be used."""

import pytest

from actions import take
from actions.confirm import confirm
from actions.letters import ladders
from actions.models import Ladder, Route
from actions.withdraw import withdraw
from legislators.contacts import reach, reach_of
from legislators.models import Chamber, Contact, Legislator
from tests import build
from worker.inbound import dead_addresses
from worker.models import Delivery

pytestmark = pytest.mark.django_db
ADA = "ada.smith@house.franklin.example"


def written(ask, **typed):
    return confirm(take.take_action(ask, build.filled_form(ask, entry=build.entry(**typed))))


def route_of(action, name):
    return action.letters.get(holder_name=name).route


def ada():
    return Legislator.objects.get(name="Ada Smith")


def test_every_chamber_has_its_ladder_from_the_first_day():
    ladders = dict(Ladder.objects.values_list("chamber", "routes"))

    assert set(ladders) == set(Chamber.values)
    assert ladders["us_senate"] == ["cwc", "email", "assisted", "call", "paper"]
    assert ladders["state_lower"] == ["email", "assisted", "call", "paper"]


def test_the_first_rung_that_can_be_used_is_taken(letter_ask):
    action = written(letter_ask)

    assert (route_of(action, "Ada Smith"), route_of(action, "Bo Diaz")) == ("email", "assisted")
    assert action.letters.get(holder_name="Ada Smith").legislator == ada()


def test_an_office_with_nothing_but_a_telephone_is_called(letter_ask):
    Contact.objects.exclude(kind="phone").delete()

    assert route_of(written(letter_ask), "Ada Smith") == Route.CALL


def test_an_office_of_which_nothing_is_known_needs_the_supporter(letter_ask):
    Contact.objects.all().delete()

    assert route_of(written(letter_ask), "Ada Smith") == Route.ASSISTED


def test_staff_may_put_the_form_first_for_one_office_that_ignores_its_mail(letter_ask):
    seat = ada().terms.get().seat
    Ladder.objects.create(chamber=seat.chamber, seat=seat, routes=["assisted", "email"])

    assert route_of(written(letter_ask), "Ada Smith") == "assisted"
    assert not Delivery.objects.exclude(lane="mail").exists()


def test_a_chamber_without_mail_in_its_ladder_gets_none(letter_ask):
    Ladder.objects.filter(chamber="state_lower").update(routes=["call", "assisted"])

    assert route_of(written(letter_ask), "Ada Smith") == "call"


def test_a_dead_address_gives_way_and_the_letter_remembers_which(letter_ask):
    dead_addresses.declare_dead(ADA, because="550 5.1.1")
    letter = written(letter_ask).letters.get(holder_name="Ada Smith")

    assert (letter.route, letter.bad_address, letter.delivery) == ("assisted", ADA, None)


def test_a_malformed_address_gives_way_too(letter_ask):
    Contact.objects.filter(value=ADA).update(value="ada smith at house")
    letter = written(letter_ask).letters.get(holder_name="Ada Smith")

    assert (letter.route, letter.bad_address) == ("assisted", "ada smith at house")


def test_a_second_address_serves_when_the_first_is_dead(letter_ask):
    Contact.objects.create(
        legislator=ada(), kind="email", value="ada@district.example", source=build.source()
    )
    dead_addresses.declare_dead(ADA.upper(), because="550 5.1.1")
    letter = written(letter_ask).letters.get(holder_name="Ada Smith")

    assert (letter.route, letter.bad_address, letter.delivery.recipient) == (
        "email",
        "",
        "ada@district.example",
    )


def test_an_address_that_is_not_wanted_anyway_stands_in_nobodys_way(letter_ask):
    dead_addresses.declare_dead(ADA, because="550 5.1.1")
    Ladder.objects.filter(chamber="state_lower").update(routes=["assisted", "email"])

    assert written(letter_ask).letters.get(holder_name="Ada Smith").bad_address == ""


def test_the_page_before_writing_says_what_the_letter_then_does(letter_ask):
    places = build.places(letter_ask)
    shown = {
        place.seat.pk: ladders.route_to_place(place, ladders.facts_for(places)) for place in places
    }

    assert shown == dict(written(letter_ask).letters.values_list("seat", "route"))


def test_what_somebody_here_typed_stands_before_what_is_published(letter_ask):
    build.approved_contact(ada(), "email", "first@house.example")
    build.approved_contact(ada(), "email", "second@house.example")

    assert reach(ada()).emails == ("second@house.example", "first@house.example", ADA)
    assert reach_of([ada().pk]) == {ada().pk: reach(ada())}
    assert (
        written(letter_ask).letters.get(holder_name="Ada Smith").delivery.recipient
        == "second@house.example"
    )


def test_whoever_took_a_letter_to_congress_back_may_write_it_again(letter_ask, congress):
    """The new letter is another message: the chamber must not take it for the one that it never
    got.
    """
    from worker.channels.cwc import offices

    offices.refresh()
    division = "ocd-division/country:us/state:md/cd:5"
    seat = build.seat(Chamber.US_HOUSE, state="MD", district="5", division=division, title="Member")
    build.term(seat, build.legislator("Cy Cole"))
    letter_ask.rules.all().delete()
    build.rule(letter_ask, chambers=["us_house"])
    letter_ask.campaign.topic = "Families"
    letter_ask.campaign.save()
    nora = {"prefix": "Ms.", "street": "1 Elm St", "city": "Bowie", "state": "MD", "zip": "20715"}

    first = withdraw(written(letter_ask, **nora))
    again = written(letter_ask, **nora)

    assert first == again
    assert route_of(again, "Cy Cole") == "cwc"
    assert Delivery.objects.filter(channel="cwc").values_list("message_id").distinct().count() == 2
