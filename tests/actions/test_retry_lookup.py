"""A failed lookup costs nobody their letter."""

from email import message_from_bytes, policy
from unittest.mock import patch

import pytest

from actions import retry_lookup, take
from actions.confirm import confirm
from actions.models import Action
from actions.withdraw import withdraw
from legislators.lookup import LookupUnavailable, Match
from supporters import links
from tests import build
from worker.models import Delivery, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(letter_ask):
    """Nora acted while lookup was down, and confirmed it."""
    form = build.filled_form(letter_ask, places=(), needs_lookup=True)
    return confirm(take.take_action(letter_ask, form))


def found(ask):
    return Match("1 Elm St", "FK", tuple(build.places(ask)))


def test_while_lookup_is_down_the_person_waits_and_nothing_is_lost(waiting):
    with patch("legislators.lookup.find", side_effect=LookupUnavailable):
        assert retry_lookup.finish_all() == 0

    assert Action.objects.get().needs_lookup


def test_when_lookup_is_back_the_letters_are_written_from_what_was_typed(waiting, letter_ask):
    with patch("legislators.lookup.find", return_value=found(letter_ask)):
        assert retry_lookup.finish_all() == 1

    letter = Delivery.objects.exclude(lane="mail").get()
    assert letter.state == State.QUEUED
    assert b"1 Elm St" in bytes(letter.message)
    assert not Action.objects.get().needs_lookup


def test_twice_is_once(waiting, letter_ask):
    with patch("legislators.lookup.find", return_value=found(letter_ask)):
        retry_lookup.finish_all()
        retry_lookup.finish_all()

    assert Delivery.objects.exclude(lane="mail").get().state == State.QUEUED


def test_a_seat_that_the_zip_leaves_open_is_not_guessed(waiting, letter_ask):
    unsure = tuple(
        place.__class__(**{**place.__dict__, "certain": False})
        for place in build.places(letter_ask)
    )
    with patch("legislators.lookup.find", return_value=Match("1 Elm St", "FK", unsure)):
        retry_lookup.finish_all()

    assert not Delivery.objects.exclude(lane="mail").exists()


def test_a_letter_that_is_for_nobody_for_certain_does_not_count_and_its_writer_has_the_words(
    client, waiting
):
    link = f"/confirm/{links.make('confirm', waiting.submissions.get().public_id)}/"
    with patch("legislators.lookup.find", return_value=Match("1 Elm St", "FK", ())):
        assert retry_lookup.finish_all() == 1
        assert retry_lookup.finish_all() == 0

    assert not Action.objects.counted().exists()
    [told] = Delivery.objects.filter(key__startswith="unaddressed:")
    text = message_from_bytes(bytes(told.message), policy=policy.default)
    said = text.get_body(("plain",)).get_content()
    assert "/act/playgrounds/" in said
    assert "My son plays there." in said
    assert "{" not in said
    assert "No letter was written, and this does not count." in client.get(link).content.decode()


def test_what_is_taken_back_while_lookup_takes_its_time_stays_taken_back(waiting, letter_ask):
    def find_slowly(*args, **kwargs):
        withdraw(waiting)
        return found(letter_ask)

    with patch("legislators.lookup.find", side_effect=find_slowly):
        retry_lookup.finish_all()

    assert Action.objects.get().state == Action.State.WITHDRAWN
    assert not Delivery.objects.exclude(lane="mail").exists()
    waiting.refresh_from_db()
    assert waiting.entry == {}


def test_two_clocks_at_once_write_one_letter_each(waiting, letter_ask):
    with patch("legislators.lookup.find", return_value=found(letter_ask)):
        retry_lookup.finish(waiting)
        changed_at = Action.objects.get().changed_at
        retry_lookup.finish(waiting)

    assert Action.objects.get().changed_at == changed_at
    assert Delivery.objects.exclude(lane="mail").count() == 1
