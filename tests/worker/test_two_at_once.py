"""Several workers on one lane: each letter once. On SQLite too, where writers take turns."""

import pytest

from tests.build import posted
from tests.together import together
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.models import Attempt, Delivery, Lane

LANE = "letters:house.example"


@pytest.mark.django_db(transaction=True)
def test_four_workers_and_two_sweeps_send_each_letter_once(smtp_sink, several_writers):
    posted(120)

    def work():
        while deliver(LANE):
            sweep()

    together(work, work, work, work)

    assert Delivery.objects.filter(state="sent").count() == 120
    assert sorted(smtp_sink.copies().values()) == [1] * 120


@pytest.mark.django_db(transaction=True)
def test_four_workers_keep_one_pace_together(delivering, settings, several_writers):
    settings.LANE_PACE = {"letters": "1/20"}
    posted(100, rehearsal=False)

    together(*[lambda: deliver(LANE)] * 4)

    assert Delivery.objects.filter(state="sent").count() == 20
    assert sorted(delivering.copies().values()) == [1] * 20


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_probes_an_open_circuit(delivering, several_writers):
    posted(10, rehearsal=False)
    Lane.objects.create(
        name=LANE, failures=5, opened_at="2020-01-01T00:00Z", open_until="2020-01-01T00:00Z"
    )
    delivering.answer("MAIL", "421 4.3.2 closing")

    together(*[lambda: deliver(LANE)] * 4)

    assert Attempt.objects.filter(state="data").count() == 1
    assert Lane.objects.get().failures == 6


@pytest.mark.django_db(transaction=True)
def test_ten_sweeps_at_once_settle_a_dead_workers_rows_once(several_writers):
    rows = posted(20)
    Delivery.objects.update(state="data", claim="gone", lease_until="2020-01-01T00:00Z")

    together(*[sweep] * 10)

    for row in rows:
        row.refresh_from_db()
        assert row.state == "uncertain"
        assert row.attempts.count() == 1
