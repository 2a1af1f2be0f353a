"""Somebody looks at a letter once more before it leaves.

Who is named stays, with the reason; when nobody can look, nothing goes.
"""

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from tests.build import posted
from worker import outbox
from worker.engine.deliver import deliver
from worker.engine.final_check import NOT_YET_FOR, MustWait, NotYet
from worker.models import Delivery

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db

shown = []
verdicts = {}


def review(rows):
    shown.append(rows)
    return {row.pk: verdicts[row.recipient_key] for row in rows if row.recipient_key in verdicts}


def broken(rows):
    raise RuntimeError("the roster is being rebuilt")


@pytest.fixture(autouse=True)
def reviewer(settings):
    settings.REVIEW_BEFORE_SENDING = f"{__name__}.review"
    shown.clear()
    verdicts.clear()


def test_a_letter_whose_seat_fell_vacant_stays_and_says_why(smtp_sink, state_of, attempts_of):
    (vacant,) = posted(recipient_key="seat:1")
    (good,) = posted(recipient_key="seat:2")
    verdicts["seat:1"] = "The seat is vacant since Monday."

    deliver(LANE)

    vacant.refresh_from_db()
    assert (
        vacant.state,
        vacant.waits_for,
        vacant.claim,
        vacant.lease_until,
        vacant.attempts_made,
    ) == ("held", "review", "", None, 0)
    assert attempts_of(vacant) == [("held", None, "The seat is vacant since Monday.", "review")]
    assert state_of(good) == "sent"
    assert smtp_sink.copies() == {good.message_id: 1}


def test_a_letter_may_wait_for_its_address_and_go_when_that_is_mended(smtp_sink, state_of):
    (row,) = posted(recipient_key="seat:1")
    verdicts["seat:1"] = MustWait("address", "Its mailbox is gone.")
    deliver(LANE)
    assert Delivery.objects.get().waits_for == "address"

    verdicts.clear()
    assert outbox.release([row.pk], author="ana@example.org") == 0
    assert outbox.release([row.pk], author="ana@example.org", waits_for="address") == 1
    deliver(LANE)

    assert state_of(row) == "sent"


def test_what_is_only_paused_goes_back_into_its_queue_and_leaves_when_its_time_comes(
    smtp_sink, state_of, attempts_of
):
    (row,) = posted(recipient_key="alert:1:mailbox")
    verdicts["alert:1:mailbox"] = NotYet("Its campaign is paused.")
    deliver(LANE)
    row.refresh_from_db()
    assert (row.state, row.claim, attempts_of(row)) == ("queued", "", [])
    assert row.due_at > timezone.now() + NOT_YET_FOR / 2

    verdicts.clear()
    deliver(LANE)
    assert smtp_sink.copies() == {}
    Delivery.objects.update(due_at=timezone.now())
    deliver(LANE)
    assert state_of(row) == "sent"


def test_a_batch_is_shown_once_with_what_a_reviewer_needs(smtp_sink):
    rows = posted(3, recipient_key="seat:1", sender_key="action:1")
    posted()

    deliver(LANE)

    (batch,) = shown
    assert [(row.pk, row.recipient, row.channel) for row in batch] == [
        (row.pk, row.recipient, "email") for row in rows
    ]
    assert {(row.sender_key, row.recipient_key) for row in batch} == {("action:1", "seat:1")}


def test_mail_for_nobody_in_particular_is_not_looked_at(smtp_sink):
    posted(lane="mail")

    deliver("mail")

    assert shown == []
    assert len(smtp_sink.caught) == 1


def test_when_the_reviewer_breaks_nothing_leaves_and_everything_waits_a_little(
    smtp_sink, settings, state_of, make_due, caplog
):
    (row,) = posted(recipient_key="seat:1")
    settings.REVIEW_BEFORE_SENDING = f"{__name__}.broken"

    assert deliver(LANE) == 0
    assert deliver(LANE) == 0

    row.refresh_from_db()
    assert (row.state, row.claim, row.attempts_made, row.crashes) == ("queued", "", 0, 0)
    assert 50 < (row.due_at - row.posted_at).total_seconds() < 90
    assert smtp_sink.caught == []
    assert caplog.text.count("The review before sending broke") == 1

    settings.REVIEW_BEFORE_SENDING = f"{__name__}.review"
    make_due()
    deliver(LANE)
    assert state_of(row) == "sent"


def test_a_verdict_on_a_letter_that_is_no_longer_ours_changes_nothing(
    settings, monkeypatch, attempts_of
):
    (row,) = posted(recipient_key="seat:1")
    verdicts["seat:1"] = "Vacant."

    def too_slow(rows):
        Delivery.objects.update(claim="another worker")
        return review(rows)

    monkeypatch.setattr(f"{__name__}.broken", too_slow)
    settings.REVIEW_BEFORE_SENDING = f"{__name__}.broken"

    deliver(LANE)

    row.refresh_from_db()
    assert (row.state, row.claim) == ("claimed", "another worker")
    assert attempts_of(row) == []


def test_a_reviewer_that_is_not_there_is_told_at_the_start(settings):
    settings.REVIEW_BEFORE_SENDING = "actions.nowhere.review"

    assert "worker.E006" in {error.id for error in run_checks()}
