"""One letter at a time to a real SMTP server: what each answer, and each silence, makes of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.build import envelope, posted
from tests.smtp_sink import DROP
from worker.channels import verp
from worker.engine import claim
from worker.engine import deliver as engine
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.models import Delivery
from worker.outbox import post

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


def test_a_letter_arrives_byte_for_byte_and_its_row_says_so(smtp_sink, state_of, attempts_of):
    sealed = envelope()
    (row,) = post([sealed])

    deliver(LANE)

    (caught,) = smtp_sink.caught
    assert caught.content == sealed.message
    assert caught.recipient == sealed.recipient
    assert verp.reference(caught.sender) == row.public_id.hex
    assert state_of(row) == "sent"
    assert attempts_of(row) == [
        ("data", None, "", "worker"),
        ("sent", 250, "2.0.0 queued as 0", "worker"),
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans")
def test_the_database_driver_is_left_as_django_made_it(smtp_sink):
    """Else it keeps the text of a hundred questions, with everything that was asked for."""
    posted(2)

    deliver(LANE)

    wanted = connection.settings_dict["OPTIONS"].get("prepare_threshold")
    assert connection.connection.prepare_threshold == wanted


def test_a_lane_is_worked_through_over_one_connection(smtp_sink):
    posted(claim.BATCH + 5)
    before = smtp_sink.connections

    assert deliver(LANE) == claim.BATCH
    assert deliver(LANE) == 5
    assert deliver(LANE) == 0

    assert set(smtp_sink.copies().values()) == {1}
    assert len(smtp_sink.caught) == claim.BATCH + 5
    assert smtp_sink.connections - before <= 1


def test_a_permanent_refusal_fails_the_letter_with_the_peers_words_and_the_rest_goes_on(
    smtp_sink, state_of, attempts_of
):
    bad, good = posted(2)
    smtp_sink.answer("RCPT", "550 5.1.1 no such mailbox", recipient=bad.recipient)
    smtp_sink.answer("RCPT", "550 5.1.1 no such mailbox", times=1)

    deliver(LANE)

    assert state_of(bad) == "failed"
    assert attempts_of(bad)[-1] == ("failed", 550, "5.1.1 no such mailbox", "worker")
    assert state_of(good) == "sent"


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("MAIL", "451 4.3.0 later"),
        ("RCPT", "450 4.2.0 greylisted"),
        ("DATA", "451 4.3.1 later"),
        ("END", "451 4.7.1 later"),
    ],
)
def test_a_letter_refused_for_now_waits_a_little_and_arrives_once(
    smtp_sink, state_of, make_due, moment, answer
):
    (row,) = posted()
    smtp_sink.answer(moment, answer, times=1)

    deliver(LANE)
    row.refresh_from_db()
    pause = (row.due_at - row.posted_at).total_seconds()
    assert (row.state, row.crashes) == ("queued", 0)
    assert 45 < pause < 75
    assert deliver(LANE) == 0

    make_due()
    deliver(LANE)
    assert state_of(row) == "sent"
    assert len(smtp_sink.caught) == 1


def test_the_content_refused_for_good_fails_the_letter(smtp_sink, state_of, attempts_of):
    (row,) = posted()
    smtp_sink.answer("END", "554 5.6.0 cannot be read")

    deliver(LANE)

    assert state_of(row) == "failed"
    assert attempts_of(row)[-1][1:3] == (554, "5.6.0 cannot be read")


@pytest.mark.parametrize("moment", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_message_costs_nothing(smtp_sink, state_of, make_due, moment):
    (row,) = posted()
    smtp_sink.answer(moment, DROP, times=2)

    for _ in range(3):
        deliver(LANE)
        make_due()

    assert state_of(row) == "sent"
    assert len(smtp_sink.caught) == 1


def test_a_message_taken_without_an_answer_is_uncertain_and_never_sent_again_by_itself(
    smtp_sink, state_of, make_due
):
    first, second = posted(2)
    smtp_sink.answer("END", DROP, times=1)

    deliver(LANE)
    make_due()
    sweep()
    deliver(LANE)

    assert state_of(first) == "uncertain"
    assert state_of(second) == "sent"
    assert smtp_sink.copies()[first.message_id] == 1


def test_while_the_mail_server_is_down_one_letter_is_tried_and_all_are_kept(
    smtp_sink, make_due, attempts_of
):
    rows = posted(5)
    smtp_sink.down()

    assert deliver(LANE) == 1

    assert Delivery.objects.filter(state="queued", claim="", crashes=0).count() == 5
    assert "No connection" in attempts_of(rows[0])[-1][2] or "broke" in attempts_of(rows[0])[-1][2]
    smtp_sink.up()
    make_due()
    deliver(LANE)
    assert sorted(smtp_sink.copies().values()) == [1] * 5


def test_a_connection_that_died_while_it_rested_is_replaced_without_a_lost_try(smtp_sink, state_of):
    posted()
    deliver(LANE)
    smtp_sink.down()
    smtp_sink.up()
    (row,) = posted()

    deliver(LANE)

    assert state_of(row) == "sent"


def test_a_fault_of_our_own_while_sending_is_doubt(smtp_sink, state_of, monkeypatch):
    (row,) = posted()
    monkeypatch.setattr("worker.channels.smtp.stuffed", lambda message: 1 / 0)

    deliver(LANE)

    assert state_of(row) == "uncertain"
    assert smtp_sink.caught == []


def test_retries_wait_longer_each_time_and_end_after_three_days(smtp_sink, make_due, attempts_of):
    (row,) = posted()
    smtp_sink.answer("RCPT", "450 4.2.0 greylisted")
    pauses = []
    for _ in range(9):
        make_due()
        deliver(LANE)
        row.refresh_from_db()
        pauses.append((row.due_at - row.attempts.last().at).total_seconds() / 60)

    for pause, expected in zip(pauses, [1, 5, 15, 60, 180, 360, 720, 720, 720], strict=True):
        assert expected * 0.79 < pause < expected * 1.21

    Delivery.objects.update(expires_at="2020-01-01T00:00Z")
    sweep()
    row.refresh_from_db()
    assert row.state == "failed"
    assert len(smtp_sink.caught) == 0


def test_while_delivery_is_off_a_real_letter_grows_no_older_and_may_go_when_it_is_on_again(
    settings, state_of
):
    real, practice = *posted(rehearsal=False), *posted()
    settings.DELIVERY_ENABLED = False
    Delivery.objects.update(expires_at="2020-01-01T00:00Z")

    sweep()
    assert (state_of(real), state_of(practice)) == ("queued", "failed")

    settings.DELIVERY_ENABLED = True
    sweep()
    assert Delivery.objects.due_now().get() == real


def test_while_delivery_is_off_a_letter_gets_all_its_time_again_long_before_it_is_over(settings):
    (row,) = posted(rehearsal=False)
    settings.DELIVERY_ENABLED = False
    Delivery.objects.update(expires_at=timezone.now() + timedelta(hours=35))

    sweep()

    row.refresh_from_db()
    assert row.expires_at > timezone.now() + timedelta(hours=71)


def test_a_letter_whose_next_try_would_come_too_late_fails_at_once_with_the_last_words(
    smtp_sink, attempts_of
):
    (row,) = posted()
    Delivery.objects.update(attempts_made=8)
    Delivery.objects.update(expires_at=row.due_at + timedelta(hours=1))
    smtp_sink.answer("RCPT", "450 4.2.0 greylisted")

    deliver(LANE)

    row.refresh_from_db()
    assert row.state == "failed"
    assert attempts_of(row)[-1][1:3] == (450, "4.2.0 greylisted")


def test_supporters_mail_has_a_return_address_of_its_own_too(smtp_sink):
    (row,) = posted(lane="mail")

    deliver("mail")

    assert verp.reference(smtp_sink.caught[0].sender) == row.public_id.hex


def test_a_lane_that_is_slow_gives_the_rest_of_its_batch_back(smtp_sink, monkeypatch):
    posted(6)
    monkeypatch.setattr(engine, "BUDGET_S", 0.15)
    smtp_sink.wait("END", 0.1)

    tried = deliver(LANE)

    assert 1 <= tried < 6
    assert (
        Delivery.objects.filter(state="queued", claim="", crashes=0, attempts_made=0).count()
        == 6 - tried
    )
