"""Calls: every number, words for this office, and what came of it as its caller tells us, kept
apart from what we can prove.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone

from actions import recount, take
from actions.confirm import confirm
from actions.models import Action, Call, Letter
from actions.status import items, self_reports
from actions.withdraw import withdraw
from campaigns import counts
from campaigns.bills.attaching import attach, find_or_add
from legislators.contacts import phones, tel
from legislators.models import Contact
from supporters import links
from tests import build
from tests.actions.browsing import ACT, ME, fields, is_taken, mailed_link, press, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def call(db):
    """A call to the two delegates of district 7."""
    ask = build.ask("call")
    for position, name in enumerate(["Ada Smith", "Bo Diaz"], start=1):
        build.term(
            build.seat(district="7", position=position),
            build.legislator(name, phone=f"202-555-010{position}"),
        )
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    build.zip_district("00001", ask)
    return ask


def script(ask, text):
    ask.words.update(text=text)


def called(ask, **outcomes):
    ids = {place.holder.legislator.given_name: place.seat.pk for place in build.places(ask)}
    made = take.take_action(
        ask,
        build.filled_form(ask, outcomes={ids[name]: outcome for name, outcome in outcomes.items()}),
    )
    return confirm(made), ids


def page_of(client, action):
    return client.get(f"/letters/{links.make('status', action.public_id)}/").content.decode()


def say(client, action, seat, what):
    return client.post(
        f"/letters/{links.make('status', action.public_id)}/", {"seat": seat, "what": what}
    )


def told(ask):
    recount.recount()
    return counts.of_ask(ask).self_reported


@pytest.mark.parametrize(
    ("published", "dialled"),
    [
        ("410-841-3000", "+14108413000"),
        ("(410) 841-3000 ext. 12", "+14108413000;ext=12"),
        ("+1 410.841.3000 x7", "+14108413000;ext=7"),
        ("1-800-492-7122", "+18004927122"),
        ("", ""),
        ("call us", ""),
        ("javascript:alert(1)", ""),
        ("841-3000", ""),
    ],
)
def test_a_number_is_dialled_as_it_was_published_or_not_at_all(published, dialled):
    assert tel(published) == dialled


def test_every_number_of_an_office_is_there_once_the_capitol_s_first(db):
    ada = build.legislator()
    rows = [
        ("(202) 555-0102", "district", "Polk, FK"),
        ("202-555-0101", "capitol", ""),
        ("+1 202 555 0102", "district", "Polk, FK"),
    ]
    for value, office, place in [*rows, ("none", "capitol", "")]:
        Contact.objects.create(
            legislator=ada,
            kind="phone",
            value=value,
            office=office,
            place=place,
            source=build.source(),
        )

    assert [(phone.link, phone.office, phone.place) for phone in phones(ada)] == [
        ("+12025550101", "capitol", ""),
        ("+12025550102", "district", "Polk, FK"),
    ]


def test_changing_the_address_keeps_what_was_said_of_the_calls(client, call):
    ids = [place.seat.pk for place in build.places(call)]
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    page = send(
        client,
        page,
        step="change",
        **ME,
        **{f"outcome_{ids[0]}": "talked", f"outcome_{ids[1]}": "no_answer"},
    )
    page = send(client, page, step="address")

    assert {
        name: value for name, value in fields(page).values.items() if name.startswith("outcome_")
    } == {
        f"outcome_{ids[0]}": "talked",
        f"outcome_{ids[1]}": "no_answer",
    }
    assert is_taken(send(client, page, step="write"))
    press(client, mailed_link("confirm"))
    assert dict(Call.objects.values_list("seat", "outcome")) == {
        ids[0]: "talked",
        ids[1]: "no_answer",
    }


def test_outcomes_of_offices_at_another_address_are_not_reported(client, call):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    page = send(client, page, step="change", outcome_999999="talked")
    page = send(client, page, step="address")

    assert "outcome_999999" not in fields(page).values


def test_a_script_that_names_the_office_is_shown_with_each_office(client, call):
    script(
        call,
        "Hello, may I speak to {title} {legislator} of district {district}? I live in {zip},"
        " {state}.",
    )
    page = send(client, client.get(ACT), step="address", zip="00001", age="34").content.decode()

    assert "speak to Delegate Ada Smith of district 7? I live in 00001, Franklin." in page
    assert "speak to Delegate Bo Diaz of district 7?" in page
    assert not re.search(
        r"\{\w+\}", re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    )


def test_a_script_for_everybody_is_shown_once(client, call):
    script(call, "Hello, I am calling about {state}.")
    page = send(client, client.get(ACT), step="address", zip="00001", age="34").content.decode()

    assert page.count("I am calling about Franklin.") == 1


def test_the_private_page_goes_on_where_the_calls_stopped(client, call):
    action, ids = called(call, Ada="voicemail")
    page = page_of(client, action)

    assert "I left a message" in page
    assert "Not called yet" in page
    assert 'href="tel:+12025550102"' in page
    assert say(client, action, ids["Bo"], "talked").status_code == 303
    assert "Not called yet" not in page_of(client, action)
    assert told(call) == 2


def test_a_call_that_nobody_answered_is_not_counted_and_can_be_made_again(client, call):
    action, ids = called(call, Ada="no_answer")
    assert told(call) == 0

    say(client, action, ids["Ada"], "talked")
    assert told(call) == 1


def test_a_mistaken_report_of_a_call_is_taken_back(client, call):
    action, ids = called(call, Ada="talked")
    assert told(call) == 1

    say(client, action, ids["Ada"], self_reports.UNDO_CALL)
    assert told(call) == 0
    assert page_of(client, action).count("Not called yet") == 2


def test_a_letter_that_needs_its_writer_offers_each_field_the_numbers_and_words_to_say(
    client, letter_ask
):
    attach(letter_ask.campaign, find_or_add("SB 17", stance="pro"))
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    page = page_of(client, action)
    [item] = [item for item in items.letters_of(action) if item["name"] == "Bo Diaz"]

    hand = item["by_hand"]
    assert {field.name: field.value for field in hand.fields} == {
        "given_name": "Nora",
        "family_name": "Álvarez",
        "street": "1 Elm St",
        "city": "Polk",
        "state": "FK",
        "zip": "00001",
        "email": "nora@example.org",
        "subject": "Playgrounds in 7",
    }
    for field in hand.fields:
        assert f'id="copy-{item["seat_id"]}-{field.name}"' in page
        assert f'data-copy="copy-{item["seat_id"]}-{field.name}" hidden' in page
    assert "Please open the playgrounds, Delegate Bo Diaz." in page
    assert 'href="https://franklin.example/bo" rel="noopener noreferrer" target="_blank"' in page
    assert hand.script.startswith(
        "Hello, my name is Nora Álvarez. I live in Polk, 00001, and Delegate Bo Diaz represents me."
    )
    assert "Playgrounds in 7" in hand.script
    assert "Please open the playgrounds, Delegate Bo Diaz. Please support SB 17." in hand.script
    assert "{" not in hand.script


def test_a_campaign_that_asks_for_calls_too_lends_its_script_to_the_letter(letter_ask):
    build.ask("call", campaign=letter_ask.campaign)
    letter_ask.campaign.asks.get(kind="call").words.update(
        text="Hello {title} {legislator}, I am {first_name} from {city}."
    )
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    [item] = [item for item in items.letters_of(action) if item["name"] == "Bo Diaz"]

    assert item["by_hand"].script == "Hello Delegate Bo Diaz, I am Nora from Polk."


def test_a_form_that_is_no_address_of_the_web_is_not_linked(client, letter_ask):
    Contact.objects.filter(kind="form").update(value="javascript:alert(document.domain)")
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))

    assert "javascript:" not in page_of(client, action)


@pytest.mark.parametrize(("what", "word"), [("form", "Sent by you"), ("mailed", "Mailed by you")])
def test_a_letter_sent_by_hand_is_its_writer_s_word_and_can_be_taken_back(
    client, letter_ask, what, word
):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    letter = action.letters.get(route="assisted")
    say(client, action, letter.seat_id, what)
    assert word in page_of(client, action)
    assert told(letter_ask) == 1

    say(client, action, letter.seat_id, self_reports.UNDO_LETTER)
    letter.refresh_from_db()
    assert (letter.reported_at, letter.reported_as) == (None, "")
    assert word not in page_of(client, action)
    assert told(letter_ask) == 0


def test_a_letter_that_waited_too_long_and_was_sent_by_hand_does_not_leave_as_well(letter_ask):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="held", waits_for="review")
    assert not self_reports.note_self_report(
        action, seat_id=letter.seat_id, what="form", at=timezone.now()
    )

    letter.delivery.attempts.create(state="held", author="worker", at=timezone.now())
    letter.delivery.attempts.update(at=timezone.now() - dt.timedelta(days=2))
    assert self_reports.note_self_report(
        action, seat_id=letter.seat_id, what="form", at=timezone.now()
    )
    letter.delivery.refresh_from_db()
    assert letter.delivery.state == "cancelled"
    assert items.letters_of(action, only=[letter.pk])[0]["state_word"] == "Sent by you"

    assert self_reports.note_self_report(
        action, seat_id=letter.seat_id, what=self_reports.UNDO_LETTER, at=timezone.now()
    )
    assert (
        "We stopped it when you told us"
        in items.letters_of(action, only=[letter.pk])[0]["explanation"]
    )


@pytest.mark.parametrize(
    "what", ["talked", "form", "undo-letter", "undo-call", "", "nonsense", "\x00"]
)
def test_nothing_is_reported_of_an_office_that_was_not_written_to_or_taken_back(
    client, letter_ask, what
):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    stranger = build.seat(district="9")
    assert say(client, action, stranger.pk, what).status_code == 303
    withdraw(action)
    assert (
        say(client, action, action.letters.get(route="assisted").seat_id, what).status_code == 303
    )

    assert not Call.objects.exists()
    assert not Letter.objects.exclude(reported_at=None).exists()
    assert Action.objects.get().state == "withdrawn"
