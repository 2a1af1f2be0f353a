"""Texts are forgotten after a while; evidence is not."""

import pytest

from tests.build import posted
from worker import retention
from worker.engine import settle
from worker.engine.deliver import deliver
from worker.models import CaughtMail, Delivery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["sent", "failed", "cancelled"])
def test_the_text_of_a_letter_is_blanked_thirty_days_after_it_was_settled_and_its_evidence_stays(
    smtp_sink, time_passes, attempts_of, state
):
    (row,) = posted()
    deliver(row.lane)
    Delivery.objects.update(state=state)
    lines = attempts_of(row)

    time_passes(days=29)
    assert retention.forget_texts() == 0
    time_passes(days=2)
    assert retention.forget_texts() == 1
    assert retention.forget_texts() == 0

    row.refresh_from_db()
    assert (bytes(row.message), row.subject) == (b"", "")
    assert (row.recipient, row.state, attempts_of(row)) == (row.recipient, state, lines)
    assert row.recipient
    assert len(lines) == 2


@pytest.mark.parametrize("state", ["held", "queued", "claimed", "data", "uncertain"])
def test_what_is_not_over_or_in_doubt_keeps_its_text(time_passes, state):
    (row,) = posted()
    Delivery.objects.update(state=state, settled_at="2020-01-01T00:00Z")

    assert retention.forget_texts() == 0
    assert bytes(Delivery.objects.get().message) == bytes(row.message)


def test_doubt_that_a_person_settled_counts_from_their_word():
    (row,) = posted()
    Delivery.objects.update(state="uncertain", settled_at="2020-01-01T00:00Z")
    settle.settle_as_failed(row, author="sam@example.org", reason="Not in the log")

    assert retention.forget_texts() == 0


def test_old_practice_mail_is_dropped(settings):
    old, new = (
        CaughtMail.objects.create(recipient="nora@example.org", content=b"x") for _ in range(2)
    )
    CaughtMail.objects.filter(pk=old.pk).update(received_at="2020-01-01T00:00Z")

    retention.forget_texts()

    assert list(CaughtMail.objects.all()) == [new]


def test_a_great_many_are_forgotten_in_parts(monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    posted(10)
    Delivery.objects.update(state="sent", settled_at="2020-01-01T00:00Z")

    assert retention.forget_texts() == 10


def test_whoever_wants_to_keep_everything_may(settings):
    settings.MESSAGES_KEPT_DAYS = 0
    posted()
    Delivery.objects.update(state="sent", settled_at="2020-01-01T00:00Z")

    assert retention.forget_texts() == 0
