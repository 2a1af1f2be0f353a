"""Posting: in the caller's transaction, once, and never stopped by a dead broker."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.build import envelope, posted
from worker import outbox, queue
from worker.channels.email import BadMessage
from worker.models import Attempt, Delivery
from worker.outbox import KeyTaken, cancel, post, release


@pytest.fixture
def woken(monkeypatch):
    """The lanes for which workers were woken."""
    lanes = []
    monkeypatch.setattr("worker.queue.wake", lanes.extend)
    return lanes


@pytest.mark.django_db
def test_an_envelope_is_kept_as_it_was_handed_in():
    sealed = envelope(sender_key="supporter/1", recipient_key="seat/2", scope_key="campaign/3")

    (row,) = post([sealed])

    row.refresh_from_db()
    assert bytes(row.message) == sealed.message
    assert (row.state, row.rehearsal, row.lane) == ("queued", True, "letters:house.example")
    assert (row.sender_key, row.recipient_key, row.scope_key) == (
        "supporter/1",
        "seat/2",
        "campaign/3",
    )
    assert (row.expires_at - row.due_at).total_seconds() == 72 * 3600


@pytest.mark.django_db
def test_posting_a_key_twice_posts_once_and_gives_the_row_that_stands():
    sealed = envelope()
    (first,) = post([sealed])
    Delivery.objects.update(state="sent")

    again, other = post([sealed, envelope()])

    assert again.pk == first.pk
    assert again.public_id == first.public_id
    assert again.state == "sent"
    assert other.pk != first.pk
    assert Delivery.objects.count() == 2


@pytest.mark.django_db
def test_posting_takes_the_same_queries_for_one_and_for_forty(django_assert_num_queries):
    for count in (1, 40):
        sealed = [envelope() for _ in range(count)]
        with (
            transaction.atomic(),
            django_assert_num_queries(4),
        ):  # a savepoint, INSERT, SELECT, its release
            assert [row.key for row in post(sealed)] == [e.key for e in sealed]


@pytest.mark.django_db
def test_one_message_id_under_two_keys_is_a_fault_and_posts_nothing():
    sealed = envelope()
    post([sealed])

    with pytest.raises(KeyTaken):
        post([envelope(message_id=sealed.message_id)])

    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_recipient_nobody_can_write_to_is_refused_at_posting():
    sealed = envelope()

    with pytest.raises(BadMessage):
        post([outbox.Envelope(**(sealed.__dict__ | {"recipient": "a@b.org>\r\nRCPT TO:<c@d.org"}))])


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_posts_nothing_and_wakes_nobody(woken):
    with transaction.atomic():
        posted()
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()
    assert woken == []


@pytest.mark.django_db(transaction=True)
def test_workers_are_woken_once_per_lane_and_only_after_the_commit(woken):
    with transaction.atomic():
        post(
            [
                envelope(),
                envelope(),
                envelope(lane="mail"),
                envelope(lane="letters:later.example", awaits_confirmation=True),
            ]
        )
        assert woken == []

    assert sorted(woken) == ["letters:house.example", "mail"]


@pytest.mark.django_db(transaction=True)
def test_waiting_envelopes_go_when_released_and_their_time_starts_then(woken):
    waiting = posted(2, awaits_confirmation=True)
    Delivery.objects.update(due_at="2020-01-01T00:00Z", expires_at="2020-01-04T00:00Z")

    assert release([row.pk for row in waiting], author="nora") == 2
    assert release([row.pk for row in waiting]) == 0

    row = Delivery.objects.due_now().first()
    assert (row.expires_at - row.due_at).days == 3
    assert woken == ["letters:house.example"]
    assert list(Attempt.objects.values_list("state", "author")) == [("queued", "nora")] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("held", True),
        ("queued", True),
        ("claimed", True),
        ("data", False),
        ("sent", False),
        ("uncertain", False),
    ],
)
def test_only_what_nobody_has_begun_can_be_cancelled(state, may):
    (row,) = posted()
    Delivery.objects.update(
        state=state,
        lease_until=None if state in ("held", "queued") else timezone.now() + timedelta(minutes=5),
    )

    assert cancel([row.pk], reason="Withdrawn", author="nora@example.org") == may

    row.refresh_from_db()
    assert row.state == ("cancelled" if may else state)
    assert Attempt.objects.filter(answer="Withdrawn", author="nora@example.org").count() == may


@pytest.fixture(params=["refuses", "is silent"])
def dead_broker(request, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        if request.param == "refuses":
            listener.close()
        monkeypatch.setattr(queue, "broker", lambda: url)
        yield


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_a_letter_is_posted_at_once_and_waits(dead_broker):
    began = time.monotonic()

    with transaction.atomic():
        posted(lane="mail")
        posted()

    assert time.monotonic() - began < 3
    assert Delivery.objects.filter(state="queued").count() == 2


def test_waking_from_many_threads_at_a_dead_broker_ends_soon(dead_broker):
    began = time.monotonic()
    threads = [threading.Thread(target=queue.wake, args=({"mail"},)) for _ in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(6)

    assert not any(thread.is_alive() for thread in threads)
    assert time.monotonic() - began < 6


def test_what_waits_for_review_is_not_let_go_by_a_confirmation(state_of, db):
    [row] = posted()
    outbox.keep_waiting([row.pk], waits_for="review", reason="The seat is vacant.", author="review")

    assert outbox.release([row.pk]) == 0
    assert state_of(row) == "held"

    assert outbox.release([row.pk], waits_for="review", author="wanda@example.org") == 1
    assert state_of(row) == "queued"
