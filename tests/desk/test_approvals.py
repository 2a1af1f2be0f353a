"""One login never decides alone where letters go: what somebody typed is used once another person
approves it.
"""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.followup import fallback
from actions.models import Letter
from legislators.by_hand.contacts import type_in
from legislators.contacts import phones, reach
from legislators.models import Contact, Legislator
from legislators.roster.holdings import Holding, Way
from legislators.roster.terms import write_terms
from tests import build
from tests.desk.overview import waiting_for
from worker.engine.deliver import deliver
from worker.models import Delivery

pytestmark = pytest.mark.django_db
NEW = "ada@elsewhere.example"


@pytest.fixture
def sam(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


@pytest.fixture
def ask(letter_ask):
    """Ada is known, and no way to reach her."""
    Contact.objects.all().delete()
    return letter_ask


@pytest.fixture
def typed(ask):
    """Sam typed an address for Ada."""
    ada = Legislator.objects.get(name="Ada Smith")
    return type_in(ada, "email", NEW, author="sam@example.org", reason="By telephone")


def letter(ask):
    confirm(take.take_action(ask, build.filled_form(ask)))
    return Letter.objects.get(seat__position=1)


def approve(browser, contact, **login):
    browser.force_login(build.user("staff", **login))
    return browser.post(f"/desk/officials/{contact.pk}/approve/", follow=True)


def test_a_letter_waits_until_another_person_approves_its_address(ask, typed, client, smtp_sink):
    waits = letter(ask)
    deliver("letters:elsewhere.example")

    assert smtp_sink.caught == []
    waits.delivery.refresh_from_db()
    assert (waits.delivery.state, waits.delivery.waits_for) == ("held", "approval")
    client.force_login(build.user("organizer"))
    page = client.get(f"/outbox/deliveries/{waits.delivery.public_id}/").content.decode()
    assert "Waiting for its address to be approved" in page
    assert "no second person has approved it" in page

    approve(client, typed)
    deliver("letters:elsewhere.example")

    assert [mail.recipient for mail in smtp_sink.caught] == [NEW]


def test_whoever_typed_it_cannot_approve_it_under_any_spelling_of_their_name(ask, typed, client):
    answer = approve(client, typed, email="SAM@example.org")

    assert answer.status_code == 403
    assert "another person has to approve it" in answer.content.decode()
    assert reach(typed.legislator).email == ""


def test_an_office_with_another_usable_route_takes_that(letter_ask):
    ada = Legislator.objects.get(name="Ada Smith")
    published = reach(ada).email
    type_in(ada, "email", NEW, author="sam@example.org")

    assert letter(letter_ask).delivery.recipient == published


def test_a_number_or_a_postal_address_is_not_shown_either(ask):
    ada = Legislator.objects.get(name="Ada Smith")
    for kind, value in {
        "phone": "202-555-0100",
        "address": "1 Elm St, Polk",
        "form": "https://x",
    }.items():
        type_in(ada, kind, value, author="sam@example.org")

    assert (reach(ada).phone, reach(ada).address, reach(ada).form) == ("", "", "")
    assert phones(ada) == []


def test_what_a_roster_publishes_needs_nobody(letter_ask):
    ada = Legislator.objects.get(name="Ada Smith")
    published = reach(ada).email

    assert type_in(ada, "email", published.upper(), author="sam@example.org").is_usable


def test_a_roster_that_publishes_what_somebody_typed_vouches_for_it(ask, typed):
    ada, seat = typed.legislator, typed.legislator.terms.get().seat
    holding = Holding(
        ada.key, ada.name, "Ada", "Smith", "", seat.chamber, seat.division, seat.district,
        ways=(Way("email", NEW, "capitol"),),
    )  # fmt: skip
    write_terms([holding], build.source(), [("FK", seat.chamber)])

    assert reach(ada).email == NEW


def test_two_people_who_type_the_same_need_no_third(ask, typed):
    assert type_in(typed.legislator, "email", NEW, author="ana@example.org").is_usable


def test_refused_it_is_not_used_and_its_letters_take_another_route(ask, typed, sam):
    waits = letter(ask)
    deliver("letters:elsewhere.example")

    sam.post(f"/desk/officials/{typed.pk}/refuse/", {"reason": "I mistyped it"})
    fallback.fall_back()

    waits.refresh_from_db()
    assert (waits.route, waits.delivery.state) == ("assisted", "cancelled")
    assert "Nothing waits to be approved" in sam.get("/desk/officials/").content.decode()
    assert AuditEntry.objects.last().deed == "address refused"


def test_one_person_stops_what_two_approved_and_what_is_in_line_takes_another_way(
    ask, typed, sam, smtp_sink
):
    """A private person who gets an office's letters by mistake gets no more of them."""
    approve(sam, typed)
    goes = letter(ask)
    assert NEW in sam.get("/desk/officials/").content.decode()

    sam.post(f"/desk/officials/{typed.pk}/refuse/")
    deliver("letters:elsewhere.example")
    fallback.fall_back()

    assert smtp_sink.caught == []
    assert Letter.objects.get(pk=goes.pk).route == "assisted"
    assert NEW not in sam.get("/desk/officials/").content.decode()


def test_what_a_roster_publishes_cannot_be_refused_here(letter_ask, sam):
    published = Contact.objects.filter(kind="email").first()
    sam.post(f"/desk/officials/{published.pk}/refuse/")

    assert Contact.objects.get(pk=published.pk).is_usable


def test_a_letter_that_a_person_lets_go_still_waits_for_the_approval(letter_ask, client, smtp_sink):
    """Also one that was sealed before addresses were approved."""
    goes = letter(letter_ask)
    ada = Legislator.objects.get(name="Ada Smith")
    ada.contacts.update(typed_by="sam@example.org")
    Letter.objects.update(sent_despite="They publish no e-mail address any more.")
    deliver(goes.delivery.lane)

    assert smtp_sink.caught == []
    assert Delivery.objects.get(pk=goes.delivery_id).waits_for == "approval"


def test_the_list_says_who_typed_it_how_they_know_and_who_has_the_same(ask, typed, sam):
    other = build.term(build.seat(district="8"), build.legislator("Bea Byrd"))
    type_in(other.legislator, "email", NEW, author="eve@example.org")
    page = sam.get("/desk/officials/").content.decode()

    assert "By telephone" in page
    assert "You typed this one" in page
    assert "1 other office has the same one" in page
    assert waiting_for(sam)["desk:approvals"] == ["2"]


def test_a_single_keeper_of_the_server_approves_at_the_command_line(ask, typed, capsys):
    call_command("approve_address")
    assert NEW in capsys.readouterr().out

    call_command("approve_address", typed.pk)

    assert reach(typed.legislator).email == NEW
    line = AuditEntry.objects.last()
    assert line.actor.startswith("command line (")
    assert (line.deed, line.detail["typed_by"]) == ("address approved", "sam@example.org")
    with pytest.raises(CommandError):
        call_command("approve_address", typed.pk)
