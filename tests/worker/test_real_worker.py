"""Through a real Celery worker, Redis, PostgreSQL and SMTP: what was posted arrives once, whatever
breaks on the way.
"""

import os
import signal
import socket
import time

import pytest
from django.db import transaction

from tests.build import delivery_states, envelope, posted
from tests.processes import until
from worker import queue, tasks
from worker.models import Delivery
from worker.outbox import post

LANE = "letters:house.example"


@pytest.fixture
def broker_down(monkeypatch):
    """Nobody hears that we wake them; the worker's own line to Redis is whole."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setattr(queue, "broker", lambda: f"redis://127.0.0.1:{port}/0")


def test_a_posted_letter_arrives_byte_for_byte(smtp_sink, celery_worker):
    sealed = envelope()

    post([sealed])

    assert until(lambda: delivery_states() == ["sent"])
    assert [caught.content for caught in smtp_sink.caught] == [sealed.message]


def test_what_was_rolled_back_does_not_arrive_and_what_was_posted_twice_arrives_once(
    smtp_sink, celery_worker
):
    with transaction.atomic():
        posted()
        transaction.set_rollback(True)
    sealed = envelope()
    post([sealed])
    post([sealed])
    tasks.deliver.delay(LANE)
    tasks.deliver.delay(LANE)

    assert until(lambda: delivery_states() == ["sent"])
    time.sleep(0.5)
    assert list(smtp_sink.copies().values()) == [1]


def test_letters_that_nobody_was_woken_for_leave_with_the_next_sweep(
    smtp_sink, celery_worker, broker_down
):
    posted(3)
    time.sleep(0.5)
    assert delivery_states() == ["queued"] * 3

    tasks.sweep.delay()

    assert until(lambda: delivery_states() == ["sent"] * 3)


def test_letters_wait_for_a_mail_server_that_is_down(smtp_sink, celery_worker, make_due):
    smtp_sink.down()
    rows = posted(3)

    assert until(lambda: rows[0].attempts.filter(state="queued").exists())
    assert delivery_states() == ["queued"] * 3

    smtp_sink.up()
    make_due()
    tasks.sweep.delay()
    assert until(lambda: delivery_states() == ["sent"] * 3)
    assert sorted(smtp_sink.copies().values()) == [1] * 3


def test_two_workers_share_a_lane_and_send_each_letter_once(smtp_sink, start_worker):
    smtp_sink.wait("END", 0.005)
    posted(150)
    start_worker()
    start_worker()
    for _ in range(6):
        tasks.deliver.delay(LANE)

    assert until(lambda: delivery_states() == ["sent"] * 150)
    assert sorted(smtp_sink.copies().values()) == [1] * 150


def test_killing_workers_mid_run_loses_nothing_and_doubles_nothing(smtp_sink, start_worker):
    smtp_sink.wait("END", 0.01)
    posted(120)
    kills = 3
    for kill in range(1, kills + 1):
        worker = start_worker()
        tasks.deliver.delay(LANE)
        assert until(lambda: len(smtp_sink.caught) >= 20 * kill)  # noqa: B023 - asked at once
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()
        Delivery.objects.exclude(lease_until=None).update(lease_until="2020-01-01T00:00Z")

    start_worker()
    tasks.sweep.delay()
    assert until(lambda: not Delivery.objects.unsettled().exists())

    copies = smtp_sink.copies()
    assert set(copies.values()) == {1}
    sent = set(Delivery.objects.filter(state="sent").values_list("message_id", flat=True))
    uncertain = set(Delivery.objects.filter(state="uncertain").values_list("message_id", flat=True))
    assert len(sent) + len(uncertain) == 120
    assert len(uncertain) <= kills
    assert sent <= set(copies)
    assert set(copies) <= sent | uncertain
