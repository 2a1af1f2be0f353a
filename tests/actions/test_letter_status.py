"""Every state a letter can be in has a word, a sentence and a shape, and none of them says more
than there is evidence for.
"""

import datetime as dt
import itertools

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation

from actions import take
from actions.confirm import confirm
from actions.models import Action, Letter
from actions.status import items
from supporters import links
from tests import build
from tests.actions.letter_states import STATES
from worker import outbox
from worker.engine import holds
from worker.models import Attempt, Delivery, State

pytestmark = pytest.mark.django_db
# Words that no state may use: nobody told us that anybody read it, or that it lies in a mailbox.
TOO_MUCH = ("delivered", "received", "entregada a la oficina", "has read", "successfully")


@pytest.fixture(scope="module")
def sealed(lasting_rows):
    """One person's letters to two offices, for all of this file to move from state to state."""
    with override_settings(DELIVERY_ENABLED=True):
        ask = build.letter_ask()
        return confirm(take.take_action(ask, build.filled_form(ask)))


@pytest.fixture
def letter(sealed, settings):
    settings.DELIVERY_ENABLED = True
    return Letter.objects.get(action=sealed, route="email")


def put(
    letter,
    state,
    *,
    code=None,
    answer="",
    author="worker",
    channel="email",
    ago=dt.timedelta(),
    **fields,
):
    """Move its delivery there, with the line of evidence that goes with it."""
    at = timezone.now() - ago
    ended = {"settled_at": at} if state in ("sent", "failed", "uncertain", "cancelled") else {}
    Delivery.objects.filter(pk=letter.delivery_id).update(
        **{"state": state, "channel": channel, "rehearsal": False, **ended, **fields}
    )
    Attempt.objects.create(
        delivery_id=letter.delivery_id, at=at, state=state, code=code, answer=answer, author=author
    )


def stands(letter):
    action = Action.objects.select_related("ask__campaign", "supporter").get(pk=letter.action_id)
    [item] = items.letters_of(action, only=[letter.pk])
    return item


def page_of(client, letter):
    address = reverse("actions:status", args=[links.make("status", letter.action.public_id)])
    return client.get(address).content.decode()


@pytest.mark.parametrize(("state", "fields", "word", "sentence", "shape", "left"), STATES)
def test_each_state_has_its_word_and_claims_no_more(
    client, letter, state, fields, word, sentence, shape, left
):
    put(letter, state, **fields)
    item = stands(letter)

    assert (item["state_word"], item["shape"], item["needs"]) == (word, shape, left)
    assert sentence in item["explanation"]
    page = page_of(client, letter)
    assert word in page
    assert not [much for much in TOO_MUCH if much in page.lower()]


@pytest.mark.parametrize("state", ["queued", "claimed"])
def test_practice_paper_is_never_said_to_be_mailed(letter, state):
    put(letter, state, channel="paper", rehearsal=True)

    assert "Practice mode" in stands(letter)["explanation"]
    assert "not mailed" in stands(letter)["explanation"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_state_of_anything_is_without_words(letter, language):
    for state, channel, action_state in itertools.product(
        State.values, ["email", "cwc", "paper", "lob"], Action.State.values
    ):
        Delivery.objects.filter(pk=letter.delivery_id).update(
            state=state, channel=channel, rehearsal=False
        )
        Action.objects.filter(pk=letter.action_id).update(state=action_state)
        with translation.override(language):
            item = stands(letter)
        assert item["state_word"]
        assert item["explanation"].endswith(".")
        assert item["shape"] in ("done", "waiting", "trouble", "you")


def test_every_state_of_the_engine_is_in_the_table_of_this_test():
    assert {state for state, *_ in STATES} | {"held"} == set(State.values)


@pytest.mark.parametrize(
    ("zone", "now", "due_at", "said"),
    [
        # Saturday in Alaska, where it is four hours earlier than in the East
        (
            "America/Anchorage",
            "2026-11-21 20:00",
            "2026-11-23 17:12",
            "closed now. It leaves on Monday, Nov. 23, at 8:12 a.m. (AKST).",
        ),
        (
            "America/New_York",
            "2026-11-21 20:00",
            "2026-11-23 13:00",
            "closed now. It leaves on Monday, Nov. 23, at 8 a.m. (EST).",
        ),
        (
            "America/New_York",
            "2026-11-23 15:00",
            "2026-11-23 16:30",
            "It leaves on Monday, Nov. 23, at 11:30 a.m. (EST): an office gets",
        ),
    ],
)
def test_a_letter_that_waits_for_the_office_to_open_says_when_by_the_office_s_clock(
    letter, zone, now, due_at, said
):
    due = dt.datetime.fromisoformat(due_at).replace(tzinfo=dt.UTC)
    with time_machine.travel(dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC), tick=False):
        put(letter, "queued", due_at=due, hours=f"{zone} 8-18")
        assert said in stands(letter)["explanation"]


def test_what_was_accepted_and_came_back_has_bounced(letter):
    put(letter, "sent", code=250, answer="queued as 7")
    put(letter, "failed", code=550, answer="5.1.1 unknown", author="returns")
    item = stands(letter)

    assert (item["state_word"], item["evidence"]) == ("Bounced", "5.1.1 unknown")
    assert "accepted it, and later it came back" in item["explanation"]


@pytest.mark.parametrize(
    ("scope", "key"),
    [("everything", ""), ("campaign", "scope_key"), ("office", "recipient_key"), ("lane", "lane")],
)
def test_a_letter_that_a_hold_keeps_is_not_said_to_leave_soon(letter, scope, key):
    holds.place(
        scope,
        getattr(letter.delivery, key) if key else "",
        reason="A storm",
        author="ana@example.org",
    )
    put(letter, "queued")

    item = stands(letter)
    assert (item["state_word"], item["shape"]) == ("Paused", "waiting")
    assert "A storm" not in item["explanation"]


def test_a_real_letter_is_not_said_to_leave_while_delivery_is_off(letter, settings):
    put(letter, "queued")
    settings.DELIVERY_ENABLED = False

    assert stands(letter)["state_word"] == "Paused"


@pytest.mark.parametrize(
    ("state", "word"), [("pending", "Waiting for you"), ("quarantined", "Set aside for a look")]
)
def test_a_letter_that_the_release_before_sealed_says_whom_it_waits_for(letter, state, word):
    put(letter, "held")
    Action.objects.filter(pk=letter.action_id).update(state=state)

    assert stands(letter)["state_word"] == word


def test_what_was_taken_back_before_it_left_says_so_and_what_had_left_does_not(letter):
    outbox.cancel([letter.delivery_id], reason="withdrawn", author="supporter")
    Action.objects.filter(pk=letter.action_id).update(state="withdrawn")
    letter.refresh_from_db()
    assert stands(letter)["explanation"] == "You took it back before it left."

    put(letter, "sent", code=250)
    item = stands(Letter.objects.get(pk=letter.pk))
    assert (item["state_word"], item["needs"]) == ("Accepted", "")


def test_a_seat_without_a_holder_is_not_said_to_be_empty(letter):
    Letter.objects.filter(pk=letter.pk).update(route="none", delivery=None)

    item = stands(Letter.objects.get(pk=letter.pk))
    assert (item["state_word"], item["needs"]) == ("Nobody to write to", "")
    assert "empty" not in item["explanation"]


def test_the_number_of_queries_does_not_grow_with_the_offices(
    sealed, django_assert_max_num_queries
):
    for position in range(3, 9):
        build.term(
            build.seat(district="7", position=position),
            build.legislator(f"Cy Young{position}", email=f"cy{position}@house.example"),
        )
    another = build.filled_form(sealed.ask, entry=build.entry(email="zoe@example.org"))
    action = confirm(take.take_action(sealed.ask, another))
    Delivery.objects.filter(lane__startswith="letters").update(state="failed")

    with django_assert_max_num_queries(12):
        assert len(items.letters_of(action)) == 8
