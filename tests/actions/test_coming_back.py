"""A letter that was accepted and comes back: its writer hears of it by mail and on their page, with
what they can do.
"""

import smtplib
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.urls import reverse

from actions import take, tasks
from actions.confirm import confirm
from actions.status import items
from supporters import links
from tests import build, processes
from tests.smtp_sink import Sink
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.engine.deliver import deliver
from worker.inbound.returns import take_in_mail
from worker.models import Delivery, Return

LANE = "letters:house.franklin.example"


@pytest.fixture
def relay(settings):
    """Delivery is on, and this is its relay."""
    with Sink() as sink:
        settings.DELIVERY_ENABLED, settings.SMTP_URL = True, sink.url
        yield sink


def carried(ask, **typed):
    """A confirmed letter that its office's mail server has accepted."""
    action = confirm(take.take_action(ask, build.filled_form(ask, entry=build.entry(**typed))))
    Delivery.objects.update(due_at="2020-01-01T00:00Z")
    deliver(LANE)
    deliver("mail")
    return action, Delivery.objects.get(lane=LANE)


def page_of(client, action):
    return client.get(
        reverse("actions:status", args=[links.make("status", action.public_id)])
    ).content.decode()


def comes_back(row, text):
    return take_in_mail(corpus.filled(text, row), recipient=verp.address(row.public_id.hex))


def text_of(caught):
    return (
        message_from_bytes(caught.content, policy=policy.default).get_body(("plain",)).get_content()
    )


@pytest.mark.django_db(transaction=True)
def test_from_a_bounce_at_the_real_listener_to_a_mail_to_the_writer(letter_ask, relay, client):
    if connection.vendor != "postgresql":
        pytest.skip("needs the servers that bin/test starts")
    action, row = carried(letter_ask)
    [letter] = [caught for caught in relay.caught if caught.recipient == row.recipient]
    before = len(relay.caught)

    with processes.listener() as port, smtplib.LMTP("127.0.0.1", port, timeout=60) as mx:
        mx.sendmail("", [letter.sender], corpus.filled(corpus.POSTFIX, row))
    tasks.tell_of_failures()
    deliver("mail")

    [told] = relay.caught[before:]
    assert told.recipient == "nora@example.org"
    assert "accepted it, and later it came back" in text_of(told)
    assert "Please open the playgrounds, Delegate Ada Smith." in text_of(told)
    assert "Bounced" in page_of(client, action)


@pytest.mark.django_db
def test_a_letter_turned_away_for_another_reason_has_bounced(letter_ask, relay, client):
    action, row = carried(letter_ask)
    before = len(relay.caught)

    comes_back(row, corpus.POSTFIX_FULL)
    tasks.tell_of_failures()
    deliver("mail")

    [told] = relay.caught[before:]
    assert "accepted it, and later it came back" in text_of(told)
    page = page_of(client, action)
    assert "Bounced" in page
    assert "5.2.2 Mailbox full" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (corpus.AWAY, "own system answered automatically"),
        (corpus.POSTFIX_DELAY, "it takes longer"),
        (corpus.POSTFIX_DELIVERED, "says that it was delivered"),
        (corpus.ANSWER, "told to write to you"),
    ],
)
def test_what_else_comes_back_stands_on_the_page_and_is_no_news(
    letter_ask, relay, client, text, says
):
    action, row = carried(letter_ask)
    before = len(relay.caught)

    comes_back(row, text)
    comes_back(row, text + "\nand once more")
    tasks.tell_of_failures()
    deliver("mail")

    page = page_of(client, action)
    assert page.count(says) == 1
    assert "Accepted" in page
    assert relay.caught[before:] == []


@pytest.mark.django_db
def test_a_complaint_is_the_offices_own_business(letter_ask, relay, client):
    action, row = carried(letter_ask)

    comes_back(row, corpus.COMPLAINT)

    [item] = [item for item in items.letters_of(action) if item["route"] == "email"]
    assert Return.objects.get().delivery == row
    assert (item["state_word"], item["notes"]) == ("Accepted", [])
    assert "abuse" not in page_of(client, action)


@pytest.mark.django_db
def test_doubt_that_something_coming_back_has_ended_is_told_in_those_words(
    letter_ask, relay, client
):
    action, row = carried(letter_ask)
    Delivery.objects.filter(pk=row.pk).update(state="uncertain")

    comes_back(row, corpus.AWAY)

    assert "It was in doubt. What we heard since shows that it left for the office." in page_of(
        client, action
    )
