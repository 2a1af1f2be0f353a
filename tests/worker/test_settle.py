"""A person's word on a delivery: it settles doubt for good, sends a failed letter once more, and
never overrules anybody else's.
"""

import datetime as dt

import pytest
from django.utils import timezone

from tests.build import posted
from tests.smtp_sink import DROP
from tests.together import together
from worker.engine import settle
from worker.engine.claim import claim
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.engine.transitions import Outcome, turn
from worker.models import Attempt, Delivery, State

LANE = "letters:house.example"
WORD = {"author": "ana@example.org", "reason": "Stands in the relay's log"}
DEEDS = {"sent": settle.settle_as_sent, "failed": settle.settle_as_failed}
pytestmark = pytest.mark.django_db


def doubted(smtp_sink):
    """Taken by the other side, which hung up without a word."""
    (row,) = posted()
    smtp_sink.answer("END", DROP, times=1)
    deliver(LANE)
    return row


def failed(smtp_sink):
    (row,) = posted()
    smtp_sink.answer("RCPT", "550 5.1.1 no such mailbox", times=1)
    deliver(LANE)
    return row


@pytest.mark.parametrize("to", DEEDS)
def test_a_word_on_a_letter_in_doubt_settles_it_with_who_and_why(
    smtp_sink, state_of, attempts_of, to
):
    row = doubted(smtp_sink)

    assert DEEDS[to](row, **WORD)

    assert state_of(row) == to
    assert attempts_of(row)[-1] == (to, None, "Stands in the relay's log", "ana@example.org")
    assert not DEEDS[to](row, **WORD), "a second word counted too"


@pytest.mark.parametrize("state", [state for state in State.values if state != "uncertain"])
def test_only_doubt_is_settled_by_a_word(state_of, state):
    (row,) = posted()
    Delivery.objects.update(state=state)

    assert not settle.settle_as_sent(row, **WORD)
    assert not settle.settle_as_failed(row, **WORD)
    assert (state_of(row), Attempt.objects.count()) == (state, 0)


@pytest.mark.parametrize("state", [state for state in State.values if state != "failed"])
def test_only_a_failed_letter_is_sent_again(state_of, state):
    (row,) = posted()
    Delivery.objects.update(state=state)

    assert not settle.retry(row, **WORD)
    assert (state_of(row), Attempt.objects.count()) == (state, 0)


def test_a_letter_whose_text_is_gone_is_not_sent_empty(state_of):
    (row,) = posted()
    Delivery.objects.update(state="failed", message=b"")

    assert not settle.retry(row, **WORD)
    assert state_of(row) == "failed"


def test_a_failed_letter_tried_again_arrives_once_and_as_it_was(smtp_sink, state_of):
    row = failed(smtp_sink)
    assert not smtp_sink.caught

    assert settle.retry(row, **WORD)
    assert not settle.retry(row, **WORD)
    deliver(LANE)
    deliver(LANE)

    assert state_of(row) == "sent"
    assert [caught.content for caught in smtp_sink.caught] == [bytes(row.message)]


def test_a_letter_that_grew_too_old_has_a_whole_life_before_it_again(smtp_sink, state_of):
    (row,) = posted()
    Delivery.objects.update(expires_at="2020-01-01T00:00Z", attempts_made=12, crashes=2)
    sweep()
    assert state_of(row) == "failed"

    settle.retry(row, **WORD)
    sweep()

    row.refresh_from_db()
    assert (row.state, row.attempts_made, row.crashes, row.settled_at) == ("queued", 0, 0, None)
    assert row.expires_at - timezone.now() > dt.timedelta(hours=71)
    assert deliver(LANE) == 1
    assert state_of(row) == "sent"


def test_the_lane_is_woken_once_the_word_is_committed(
    smtp_sink, monkeypatch, django_capture_on_commit_callbacks
):
    row, woken = failed(smtp_sink), []
    monkeypatch.setattr("worker.queue.wake", woken.append)

    with django_capture_on_commit_callbacks(execute=True):
        settle.retry(row, **WORD)
        assert woken == []

    assert woken == [{LANE}]


@pytest.mark.parametrize("answer", ["sent", "failed", "uncertain", "queued"])
@pytest.mark.parametrize("to", DEEDS)
def test_a_workers_late_answer_after_a_persons_word_changes_nothing(attempts_of, to, answer):
    (row,) = posted()
    (letter,) = claim(LANE, "token").letters
    turn(None, letter, "token")
    Delivery.objects.update(lease_until="2020-01-01T00:00Z")
    sweep()
    DEEDS[to](row, **WORD)
    row.refresh_from_db()
    before = (row.state, row.settled_at, row.due_at, attempts_of(row))

    pause = dt.timedelta(minutes=1) if answer == "queued" else None
    turn(Outcome(letter, State(answer), "late", 250, pause), None, "token")

    row.refresh_from_db()
    assert (row.state, row.settled_at, row.due_at, attempts_of(row)) == before


def test_a_late_answer_to_the_first_try_does_not_touch_the_second(smtp_sink, state_of, attempts_of):
    (row,) = posted()
    (letter,) = claim(LANE, "token").letters
    turn(None, letter, "token")
    Delivery.objects.update(lease_until="2020-01-01T00:00Z")
    sweep()
    settle.settle_as_failed(row, **WORD)
    settle.retry(row, **WORD)

    turn(Outcome(letter, State.FAILED, "late", 550), None, "token")
    assert state_of(row) == "queued"
    deliver(LANE)

    assert state_of(row) == "sent"
    assert "late" not in [answer for _state, _code, answer, _author in attempts_of(row)]


@pytest.mark.django_db(transaction=True)
def test_of_two_words_at_once_one_counts(smtp_sink, several_writers, state_of):
    row, won = doubted(smtp_sink), []
    before = row.attempts.count()

    def say(deed, author):
        if deed(row, author=author, reason="I looked"):
            won.append(author)

    together(lambda: say(settle.settle_as_sent, "ana"), lambda: say(settle.settle_as_failed, "bo"))

    assert len(won) == 1
    assert state_of(row) == ("sent" if won == ["ana"] else "failed")
    assert list(row.attempts.values_list("author", flat=True))[before:] == won


@pytest.mark.django_db(transaction=True)
def test_a_letter_tried_again_by_four_at_once_arrives_once(smtp_sink, several_writers):
    row = failed(smtp_sink)

    def again():
        settle.retry(row, **WORD)
        deliver(LANE)

    together(again, again, again, again)
    deliver(LANE)

    assert smtp_sink.copies() == {row.message_id: 1}
    assert row.attempts.filter(author="ana@example.org").count() == 1


def test_a_real_letter_tried_again_waits_until_its_office_is_there():
    hour = (timezone.now().hour + 2) % 23
    (row,) = posted(rehearsal=False, hours=f"UTC {hour}-{hour + 1}", recipient_key="seat:1")
    Delivery.objects.update(state="failed", due_at=timezone.now())

    assert settle.retry(row, **WORD)

    row.refresh_from_db()
    assert (row.state, row.due_at.hour, row.due_at > timezone.now()) == ("queued", hour, True)
    assert row.expires_at - row.due_at > dt.timedelta(hours=71)
