"""What is taken back stays so, stops what has not left, and may be begun anew."""

import pytest

from actions import take
from actions.confirm import confirm
from actions.models import Action
from actions.withdraw import withdraw
from supporters import links
from tests import build
from tests.actions.posted import letters, mails
from worker.models import State

pytestmark = pytest.mark.django_db


def test_withdrawing_stops_what_has_not_left_and_cannot_be_confirmed_back(letter_ask):
    submission = take.take_action(letter_ask, build.filled_form(letter_ask))
    withdraw(confirm(submission))
    confirm(submission)

    assert Action.objects.get().state == Action.State.WITHDRAWN
    assert Action.objects.get().entry == {}
    assert letters().get().state == State.CANCELLED


def test_its_link_opened_again_says_that_it_is_withdrawn_already(client, petition):
    action = confirm(take.take_action(petition, build.filled_form(petition)))
    link = f"/withdraw/{links.make('withdraw', action.public_id)}/"
    asked, done, again, twice = (send(link) for send in (client.get, client.post) * 2)

    assert "<form" in asked.content.decode()
    assert "It is withdrawn</h1>" in " ".join(done.content.decode().split())
    for page in (again, twice):
        assert "It is withdrawn already</h1>" in " ".join(page.content.decode().split())
        assert '<form method="post"' not in page.content.decode()


def test_whoever_withdrew_may_act_again_and_is_asked_and_written_for_anew(letter_ask):
    first = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    withdraw(first)
    again = take.take_action(
        letter_ask, build.filled_form(letter_ask, own_words="I thought about it.")
    )
    confirm(again)

    action = Action.objects.get()
    assert (action, action.state, action.own_words) == (
        first,
        Action.State.CONFIRMED,
        "I thought about it.",
    )
    assert list(letters().order_by("id").values_list("state", flat=True)) == [
        State.CANCELLED,
        State.QUEUED,
    ]
    assert b"I thought about it." in bytes(letters().last().message)
    assert mails().filter(subject__startswith="Please confirm").count() == 2


def test_a_letter_that_had_left_before_it_was_withdrawn_is_not_sent_a_second_time(letter_ask):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    letters().update(state=State.SENT)
    withdraw(action)
    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))

    assert letters().count() == 1


def test_the_very_form_that_was_withdrawn_stays_withdrawn_when_it_comes_again(petition):
    form = build.filled_form(petition)
    withdraw(confirm(take.take_action(petition, form)))
    confirm(take.take_action(petition, form))

    assert Action.objects.get().state == Action.State.WITHDRAWN
