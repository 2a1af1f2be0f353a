"""A lane's pace spares the mail servers of offices."""

import pytest
from django.core.checks import run_checks

from tests.build import posted
from tests.worker.lanes import LANE, real
from worker.engine import pace
from worker.engine.deliver import deliver
from worker.models import Lane

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sixty_a_minute(settings):
    settings.LANE_PACE = {"letters": "60/10"}


def test_a_lane_lets_a_burst_go_at_once_and_then_so_many_a_minute(delivering, time_passes):
    real(30)

    assert deliver(LANE) == 10
    assert deliver(LANE) == 0
    time_passes(seconds=5)
    assert deliver(LANE) in (5, 6)
    time_passes(hours=1)
    assert deliver(LANE) == 10

    assert set(delivering.copies().values()) == {1}


def test_what_waits_for_the_pace_is_woken_when_it_permits_the_next(delivering, time_passes, woken):
    real(11)
    deliver(LANE)

    pace.wake_ready()
    assert woken == []

    time_passes(seconds=2)
    pace.wake_ready()
    assert woken == [LANE]
    assert deliver(LANE) == 1
    pace.wake_ready()
    assert woken == [LANE]


def test_rehearsals_are_not_kept_waiting(smtp_sink, delivering):
    posted(30)

    assert deliver(LANE) == 30


def test_supporters_mail_is_not_kept_waiting_and_other_lanes_have_a_pace_of_their_own(delivering):
    real(30, lane="mail")
    real(12)
    real(12, lane="letters:senate.example")

    assert [deliver("mail"), deliver(LANE), deliver("letters:senate.example")] == [30, 10, 10]


def test_staff_give_one_lane_a_pace_of_its_own(delivering):
    Lane.objects.create(name=LANE, per_minute=5, burst=2)
    real(12)

    assert deliver(LANE) == 2


def test_letters_that_were_taken_and_not_sent_cost_nothing(delivering, monkeypatch):
    real(20)
    monkeypatch.setattr("worker.engine.deliver.BUDGET_S", -1)
    assert deliver(LANE) == 0
    monkeypatch.undo()

    assert deliver(LANE) == 10


def test_a_pace_that_cannot_be_read_is_told_at_the_start(settings):
    settings.LANE_PACE = {"letters": "fast"}

    assert "worker.E007" in {error.id for error in run_checks()}
