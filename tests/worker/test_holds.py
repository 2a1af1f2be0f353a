"""A hold stops what it names before the next letter begins, and lifting it lets everything go."""

import pytest

from tests.build import posted
from worker import channels
from worker.channels import Receipt
from worker.engine import deliver as engine
from worker.engine import holds
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.models import Delivery, Hold

LANE = "letters:house.example"
NAMES = {"everything": "", "campaign": "campaign/1", "office": "seat/1", "lane": LANE}
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_letters():
    """One that every hold below names, and one in another lane, of another campaign, to another
    office.
    """
    (paused,) = posted(scope_key="campaign/1", recipient_key="seat/1")
    (other,) = posted(scope_key="campaign/2", recipient_key="seat/2", lane="letters:senate.example")
    return paused, other


@pytest.mark.parametrize("scope", NAMES)
def test_a_hold_stops_what_it_names_and_nothing_else(smtp_sink, two_letters, state_of, scope):
    paused, other = two_letters
    holds.place(scope, NAMES[scope], reason="Wrong text", author="ana@example.org")

    deliver(LANE)
    deliver("letters:senate.example")

    assert state_of(paused) == "queued"
    assert state_of(other) == ("queued" if scope == "everything" else "sent")


@pytest.mark.parametrize("scope", NAMES)
def test_lifting_a_hold_lets_the_letters_go(smtp_sink, two_letters, state_of, scope):
    holds.place(scope, NAMES[scope], reason="Wrong text", author="ana@example.org")
    deliver(LANE)

    assert holds.lift(scope, NAMES[scope])
    assert not holds.lift(scope, NAMES[scope])
    deliver(LANE)

    assert state_of(two_letters[0]) == "sent"


def test_a_hold_placed_while_a_batch_runs_stops_the_next_letter(monkeypatch, state_of):
    rows = posted(3, scope_key="campaign/1")

    class Stopped:
        def send(self, letter):
            holds.place("campaign", "campaign/1", reason="Stop!", author="ana@example.org")
            return Receipt(250, "ok")

    monkeypatch.setattr(channels, "named", lambda _name: Stopped())

    deliver(LANE)

    assert [state_of(row) for row in rows] == ["sent", "queued", "queued"]
    assert (
        not Delivery.objects.filter(state="queued")
        .exclude(claim="", crashes=0, attempts_made=0)
        .exists()
    )


def test_a_paused_letter_does_not_grow_old(smtp_sink, two_letters, state_of):
    paused, _other = two_letters
    holds.place("campaign", "campaign/1", reason="Wait", author="ana@example.org")
    Delivery.objects.filter(pk=paused.pk).update(expires_at="2020-01-01T00:00Z")
    Hold.objects.update(placed_at="2019-12-31T00:00Z")

    sweep()
    assert state_of(paused) == "queued"

    holds.lift("campaign", "campaign/1")
    deliver(LANE)
    assert state_of(paused) == "sent"


def test_lanes_under_a_hold_are_not_woken(monkeypatch, two_letters):
    woken = []
    monkeypatch.setattr("worker.engine.sweep.wake", woken.extend)
    holds.place("lane", LANE, reason="Their server is ill", author="ana@example.org")

    sweep()

    assert woken == ["letters:senate.example"]


def test_a_second_hold_of_the_same_thing_changes_nothing(two_letters):
    first = holds.place("campaign", "campaign/1", reason="Wait", author="ana@example.org")
    again = holds.place("campaign", "campaign/1", reason="Other", author="bo@example.org")

    assert again == first
    assert again.author == "ana@example.org"
    assert engine.deliver(LANE) == 0
