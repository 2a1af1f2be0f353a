"""The private page of a letter that an office did not take."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import recount
from actions.followup import tell_writers
from actions.models import Action, Letter
from actions.status import items
from actions.status.self_reports import note_self_report
from campaigns import counts
from supporters import links
from tests.actions.refused import refused, written
from worker.engine import settle
from worker.models import Delivery

pytestmark = pytest.mark.django_db


def page_of(action):
    return reverse("actions:status", args=[links.make("status", action.public_id)])


def test_the_status_page_of_a_refused_letter_offers_what_an_assisted_one_does(client, letter_ask):
    action = written(letter_ask)
    letter = refused(action)
    page = client.get(page_of(action)).content.decode()

    assert "Not accepted" in page
    assert "Please open the playgrounds, Delegate Ada Smith." in page
    assert f'name="seat" value="{letter.seat_id}"' in page
    assert letter.route == "email"


def test_a_refused_letter_that_its_writer_sent_themselves_counts_as_their_word(client, letter_ask):
    action = written(letter_ask)
    letter = refused(action)

    for _twice in range(2):
        assert (
            client.post(page_of(action), {"seat": letter.seat_id, "what": "form"}).status_code
            == 303
        )
    recount.recount()

    assert counts.of_ask(letter_ask).self_reported == 1
    assert "Sent by you" in client.get(page_of(action)).content.decode()
    assert tell_writers.tell() == 0


@pytest.mark.parametrize("state", ["held", "queued", "claimed", "data", "sent", "uncertain"])
def test_a_letter_that_is_still_ours_cannot_be_claimed_by_its_writer(letter_ask, state):
    action = written(letter_ask)
    Delivery.objects.exclude(lane="mail").update(state=state)

    assert not note_self_report(
        action, seat_id=action.letters.get(route="email").seat_id, what="form", at=timezone.now()
    )
    assert not Letter.objects.exclude(reported_at=None).exists()


def test_a_person_who_found_the_letter_is_not_passed_off_as_a_mail_server(letter_ask):
    action = written(letter_ask)
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="uncertain", rehearsal=False)
    settle.settle_as_sent(letter.delivery, author="ana@example.org", reason="In our relay's log")

    explanations = {
        item["name"]: item["explanation"]
        for item in items.letters_of(Action.objects.get(pk=action.pk))
    }
    assert (
        explanations["Ada Smith"]
        == "It was in doubt. A person here looked into it and found that it arrived."
    )
