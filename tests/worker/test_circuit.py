"""A lane's circuit opens when the way out fails, and one letter tries again."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from tests.build import posted
from tests.smtp_sink import DROP
from tests.worker.lanes import LANE, lane, real, waiting
from worker import channels
from worker.channels import ChannelError, Receipt
from worker.engine import circuit, holds, pace
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.models import Delivery, Lane

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sixty_a_minute(settings):
    settings.LANE_PACE = {"letters": "60/10"}


def fail_until_open(sink, make_due):
    for _ in range(circuit.FAILURES):
        assert deliver(LANE) == 1
        make_due()


def test_five_failures_of_the_way_out_open_the_circuit_and_nothing_more_is_tried(
    delivering, make_due, woken, caplog
):
    real(10)
    delivering.down()

    fail_until_open(delivering, make_due)

    assert deliver(LANE) == 0
    found = lane()
    assert "No connection" in found.opened_because
    assert timedelta(seconds=50) < found.open_until - found.opened_at < timedelta(seconds=70)
    assert caplog.text.count(f"Circuit open: lane={LANE}") == 1
    woken.clear()
    sweep()
    assert woken == []


def test_four_failures_do_not(delivering, make_due, settings):
    settings.LANE_PACE = {"letters": "1/10"}  # a busy machine's seconds permit no more
    real(10)
    delivering.answer("MAIL", "421 4.3.2 closing", times=4)
    for _ in range(4):
        deliver(LANE)
        make_due()

    deliver(LANE)

    assert (waiting(), lane().open_until, lane().failures) == (
        4,
        None,
        0,
    )  # the four tries had their place in the burst


def test_an_open_circuit_lets_one_letter_try_and_closes_when_it_is_answered(
    delivering, make_due, time_passes, woken, caplog
):
    real(10)
    delivering.down()
    fail_until_open(delivering, make_due)
    delivering.up()
    woken.clear()

    time_passes(minutes=2)
    pace.wake_ready()
    assert woken == [LANE]
    assert deliver(LANE) == 1
    assert woken == [LANE, LANE]
    assert (lane().open_until, lane().opened_at, lane().failures) == (None, None, 0)
    assert f"Circuit closed: lane={LANE}" in caplog.text

    make_due()
    assert deliver(LANE) == 9


def test_while_one_letter_tries_nobody_else_does(delivering, monkeypatch, time_passes):
    real(3)
    Lane.objects.create(
        name=LANE, failures=5, opened_at=Now(), open_until=Now() - timedelta(seconds=1)
    )
    tried_meanwhile = []

    class Slow:
        def send(self, letter):
            tried_meanwhile.append(pace.ask_for_grant(LANE, most=50).most)
            return Receipt(250, "ok")

    monkeypatch.setattr(channels, "named", lambda _name: Slow())

    assert deliver(LANE) == 1
    assert tried_meanwhile == [0]


def test_each_failed_try_waits_longer_up_to_an_hour(delivering, make_due, time_passes):
    real(12)
    delivering.down()
    fail_until_open(delivering, make_due)

    pauses = []
    for _ in range(5):
        found = lane()
        pauses.append(
            round(
                (found.open_until - Lane.objects.annotate(now=Now()).get().now).total_seconds() / 60
            )
        )
        time_passes(minutes=pauses[-1] + 1)
        make_due()
        assert deliver(LANE) == 1

    assert pauses == [1, 5, 15, 60, 60]


def test_supporters_mail_looks_every_five_minutes_whether_its_way_is_open(
    delivering, make_due, time_passes
):
    Lane.objects.create(
        name="mail", failures=9, opened_at=Now(), open_until=Now() - timedelta(seconds=1)
    )
    real(lane="mail")
    delivering.down()

    deliver("mail")

    found = Lane.objects.get()
    assert (
        timedelta(minutes=4)
        < found.open_until - Lane.objects.annotate(now=Now()).get().now
        <= timedelta(minutes=5)
    )


def test_a_policy_against_us_opens_the_circuit_within_one_batch(delivering):
    real(10)
    delivering.answer("RCPT", "550 5.7.1 blocked for policy reasons")

    assert deliver(LANE) == 5

    assert "5.7.1" in lane().opened_because
    assert waiting() == 10


def test_a_server_that_takes_letters_and_says_nothing_makes_no_more_than_five_doubtful(delivering):
    real(10)
    delivering.answer("END", DROP)

    assert deliver(LANE) == 5

    assert Delivery.objects.filter(state="uncertain").count() == 5
    assert lane().open_until


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 no such mailbox", "450 4.2.0 greylisted", "452 4.2.2 full"]
)
def test_a_word_about_one_mailbox_is_no_trouble_with_the_way(delivering, answer):
    real(10)
    delivering.answer("RCPT", answer)

    assert deliver(LANE) == 10

    assert (lane().open_until, lane().failures) == (None, 0)


class Closed:
    """A peer that says when to come again."""

    pause = timedelta(hours=3)

    def send(self, letter):
        raise ChannelError("Closed until 06:00", endpoint=True, pause=self.pause)


def test_a_peer_that_says_when_to_come_again_is_left_alone_until_then(
    delivering, monkeypatch, make_due, time_passes
):
    real(4)
    with monkeypatch.context() as patch:
        patch.setattr(channels, "named", lambda _name: Closed())
        assert deliver(LANE) == 1
        assert deliver(LANE) == 0

    found = lane()
    assert found.failures == 0
    assert timedelta(hours=2, minutes=59) < found.open_until - found.opened_at <= timedelta(hours=3)
    time_passes(hours=3, minutes=1)
    assert deliver(LANE) == 1
    assert deliver(LANE) == 3


def test_what_waits_behind_an_open_circuit_does_not_grow_old(
    delivering, make_due, time_passes, state_of
):
    rows = real(3)
    delivering.down()
    fail_until_open(delivering, make_due)
    time_passes(hours=71)
    Delivery.objects.filter(expires_at__gt=Now()).update(expires_at=Now() - timedelta(hours=1))

    sweep()
    assert waiting() == 3

    delivering.up()
    make_due()
    deliver(LANE)
    assert Delivery.objects.filter(state="sent").count() == 1
    left = Delivery.objects.filter(state="queued").order_by("pk")
    for row in left:
        assert row.expires_at - Lane.objects.annotate(now=Now()).get().now > timedelta(hours=60)
    deliver(LANE)
    assert [state_of(row) for row in rows] == ["sent"] * 3


def test_after_three_days_behind_it_their_writers_are_told(
    delivering, make_due, time_passes, attempts_of
):
    rows = real(3)
    delivering.down()
    fail_until_open(delivering, make_due)
    time_passes(hours=73)

    sweep()

    assert {row.state for row in Delivery.objects.all()} == {"failed"}
    assert attempts_of(rows[0])[-1][2:] == (
        "Could not be handed over within the time allowed.",
        "sweep",
    )


def test_a_person_may_have_one_letter_tried_at_once(
    delivering, make_due, woken, django_capture_on_commit_callbacks
):
    real(3)
    delivering.down()
    fail_until_open(delivering, make_due)
    delivering.up()
    woken.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert circuit.try_now(LANE)

    assert woken == [LANE]
    assert deliver(LANE) == 1
    assert not circuit.try_now(LANE)
    assert deliver(LANE) == 2


def test_a_try_that_could_not_begin_leaves_the_next_one_its_chance(delivering, monkeypatch, woken):
    real(3)
    Lane.objects.create(
        name=LANE, failures=5, opened_at=Now(), open_until=Now() - timedelta(seconds=1)
    )
    with monkeypatch.context() as patch:
        patch.setattr("worker.engine.deliver.BUDGET_S", -1)
        assert deliver(LANE) == 0

    assert deliver(LANE) == 1
    assert lane().open_until is None


def test_a_worker_that_died_trying_does_not_keep_the_lane_closed_for_ever(
    delivering, monkeypatch, time_passes
):
    real(3)
    Lane.objects.create(
        name=LANE, failures=5, opened_at=Now(), open_until=Now() - timedelta(seconds=1)
    )
    with monkeypatch.context() as patch:
        patch.setattr("worker.engine.deliver.work_through", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(LANE)
    assert deliver(LANE) == 0

    time_passes(minutes=6)
    sweep()

    assert deliver(LANE) == 1
    assert lane().open_until is None


def test_rehearsals_neither_open_a_circuit_nor_stop_at_one(smtp_sink, delivering, make_due):
    real(3)
    delivering.down()
    fail_until_open(delivering, make_due)
    posted(5)

    assert deliver(LANE) == 5
    smtp_sink.down()
    posted(5)
    assert deliver(LANE) == 1
    assert lane().failures == 5


def test_a_paused_lane_is_not_probed(delivering):
    real(3)
    Lane.objects.create(
        name=LANE, failures=5, opened_at=Now(), open_until=Now() - timedelta(seconds=1)
    )
    holds.place("lane", LANE, reason="Wait", author="ana@example.org")

    assert deliver(LANE) == 0
    holds.lift("lane", LANE)
    assert deliver(LANE) == 1
