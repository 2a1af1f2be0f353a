"""What every background job promises, whatever it does (worker.background_job)."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from worker.background_job import GIVEN_UP, Overtaken
from worker.models import PrintBatch
from worker.paper.batches import SETTING as JOB

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture
def called(monkeypatch):
    """The rows for which workers are called, instead of a call over the network."""
    ids = []
    monkeypatch.setattr(
        "worker.queue.call", lambda task, rows, **_: ids.extend(pk for (pk,) in rows)
    )
    return ids


@pytest.fixture
def row():
    return PrintBatch.objects.create(rehearsal=True, closed_by="wanda@example.org")


def fall_silent():
    """Whoever was at it has not been heard of for long."""
    PrintBatch.objects.update(beat_at=timezone.now() - LONG_AGO)


def finish(row):
    JOB.advance(row, state=PrintBatch.State.READY)


def state():
    return PrintBatch.objects.get().state


class Killed(BaseException):
    """What a worker sees of SIGKILL: nothing of ours runs after it."""


def die(row):
    raise Killed


def test_what_is_noted_starts_once_it_is_committed(called, row, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            JOB.start_on_commit(row)
        assert called == []

    assert called == [row.pk]


def test_of_two_workers_one_does_it(row):
    JOB.run(row.pk, lambda mine: JOB.run(row.pk, die) or finish(mine))

    assert state() == "ready"


def test_what_is_done_is_not_done_twice(row):
    JOB.run(row.pk, finish)
    JOB.run(row.pk, die)

    assert state() == "ready"


def test_a_lost_message_costs_no_more_than_the_next_sweep(called, row):
    JOB.sweep()
    assert called == [], "its message may still be on its way"

    PrintBatch.objects.update(closed_at=timezone.now() - LONG_AGO)
    JOB.sweep()
    assert called == [row.pk]


def test_after_a_crash_the_sweep_has_it_resumed(called, row):
    with pytest.raises(Killed):
        JOB.run(row.pk, die)
    JOB.sweep()
    assert called == [], "nobody knows yet that its worker is dead"

    fall_silent()
    JOB.sweep()
    assert called == [row.pk]
    JOB.run(row.pk, finish)
    assert state() == "ready"


def test_two_sweeps_at_once_start_it_once(called, row):
    fall_silent()
    JOB.sweep()
    JOB.sweep()
    done = []
    for pk in called:
        JOB.run(pk, done.append)

    assert len(called) == 2
    assert [mine.pk for mine in done] == [row.pk]


def test_a_worker_thought_dead_that_wakes_up_writes_nothing_more(row):
    mine = JOB.claim(row.pk)
    fall_silent()
    JOB.run(row.pk, finish)

    with pytest.raises(Overtaken):
        JOB.advance(mine, state=PrintBatch.State.FAILED)
    assert state() == "ready"


def test_too_many_crashes_give_it_up_with_a_reason(called, row):
    for _ in range(JOB.most_tries):
        with pytest.raises(Killed):
            JOB.run(row.pk, die)
        fall_silent()
    JOB.sweep()

    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", GIVEN_UP)
    assert called == []


def test_what_gets_further_each_time_is_never_given_up(called, row):
    def get_further_and_die(mine):
        JOB.advance(mine, pages=mine.pages + 1, tries=0)
        raise Killed

    for _ in range(JOB.most_tries + 2):
        with pytest.raises(Killed):
            JOB.run(row.pk, get_further_and_die)
        fall_silent()
        JOB.sweep()

    row.refresh_from_db()
    assert (row.state, row.pages) == ("making", JOB.most_tries + 2)


def test_whose_time_is_over_hands_it_back_and_somebody_goes_on_at_once(called, row):
    JOB.run(row.pk, JOB.hand_back)
    assert called == [row.pk]

    JOB.run(row.pk, finish)
    assert state() == "ready"


def test_a_fault_ends_it_with_the_name_of_the_fault_and_not_its_words(row):
    def stumble(mine):
        raise ValueError("Nora Sample, 12 Light St")

    JOB.run(row.pk, stumble)

    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "ValueError")


def test_a_trouble_of_the_database_ends_nothing(row):
    def stumble(mine):
        raise DatabaseError

    with pytest.raises(DatabaseError):
        JOB.run(row.pk, stumble)

    assert state() == "making"


def test_whoever_stops_it_stops_its_worker_too(row):
    def work(mine):
        assert JOB.stop(row.pk, state=PrintBatch.State.CANCELLED)
        finish(mine)

    JOB.run(row.pk, work)

    assert state() == "cancelled"
    assert not JOB.stop(row.pk, state=PrintBatch.State.CANCELLED), "it is over already"
