"""A process may die at any line.

Whatever it leaves ends in a right state: nothing lost, nothing twice, doubt shown.
"""

import pytest
from django.db import OperationalError, connection

from tests.build import posted
from worker import channels
from worker.channels import ChannelError, Interrupted, Receipt
from worker.engine import deliver as engine
from worker.engine.deliver import deliver
from worker.engine.sweep import sweep
from worker.models import Delivery

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


class Death(BaseException):
    """The process is gone: nothing of ours runs after this, not even an except clause."""


def die(*_args, **_kwargs):
    raise Death


def die_with_an_answer_in_hand(last, following, token, turn=engine.turn):
    return die() if last else turn(last, following, token)


@pytest.fixture
def leases_end():
    def end():
        Delivery.objects.exclude(lease_until=None).update(lease_until="2020-01-01T00:00Z")
        sweep()

    return end


@pytest.fixture
def deliver_until_death():
    def run():
        with pytest.raises(Death):
            deliver(LANE)

    return run


@pytest.mark.parametrize(
    ("place", "how", "states", "copies"),
    [
        ("work_through", die, ["queued", "queued"], 0),  # claimed, nothing begun
        ("attempt", die, ["uncertain", "queued"], 0),  # opened, not yet on the wire
        (
            "turn",
            die_with_an_answer_in_hand,
            ["uncertain", "queued"],
            1,
        ),  # taken by the peer, not yet written down
    ],
)
def test_death_between_two_lines_loses_nothing_and_doubles_nothing(
    smtp_sink, monkeypatch, deliver_until_death, leases_end, make_due, place, how, states, copies
):
    rows = posted(2)
    with monkeypatch.context() as patch:
        patch.setattr(engine, place, how)
        deliver_until_death()
    assert len(smtp_sink.caught) == copies

    leases_end()
    for row, state in zip(rows, states, strict=True):
        row.refresh_from_db()
        assert row.state == state

    make_due()
    while deliver(LANE):
        pass
    assert max(smtp_sink.copies().values()) == 1
    assert set(Delivery.objects.values_list("state", flat=True)) <= {"sent", "uncertain"}
    assert smtp_sink.copies()[rows[1].message_id] == 1


def test_a_live_workers_letters_are_not_swept(
    smtp_sink, monkeypatch, deliver_until_death, state_of
):
    first, second = posted(2)
    monkeypatch.setattr(engine, "attempt", die)
    deliver_until_death()

    sweep()

    assert (state_of(first), state_of(second)) == ("data", "claimed")


def test_a_letter_on_which_three_workers_died_is_set_aside_and_the_others_go_on(
    smtp_sink, monkeypatch, deliver_until_death, leases_end, attempts_of
):
    poison, innocent = posted(2)
    begin = engine.work_through

    def die_of_poison(letters, *rest):
        return die() if poison.pk in {letter.pk for letter in letters} else begin(letters, *rest)

    monkeypatch.setattr(engine, "work_through", die_of_poison)
    for crashes in (
        [1, 1],
        [2, 1],
        [3, 1],
    ):  # both were in hand at first; after that each is tried alone
        deliver_until_death()
        leases_end()
        assert list(Delivery.objects.order_by("pk").values_list("crashes", flat=True)) == crashes
    deliver(LANE)

    poison.refresh_from_db()
    assert (poison.state, poison.crashes) == ("failed", 3)
    assert attempts_of(poison)[-1] == (
        "failed",
        None,
        "Set aside: three workers died with this letter in hand.",
        "sweep",
    )
    assert smtp_sink.copies() == {innocent.message_id: 1}


class Channel:
    """A peer whose answer comes late, after something else happened."""

    def __init__(self, meanwhile, outcome):
        self.meanwhile, self.outcome = meanwhile, outcome

    def send(self, letter):
        self.meanwhile()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Receipt(250, "2.0.0 ok"), "sent"),
        (ChannelError("5.1.1 no such mailbox", permanent=True, code=550), "failed"),
        (ChannelError("4.2.0 later", code=450), "queued"),
        (Interrupted("The line broke"), "uncertain"),
    ],
)
def test_a_slow_worker_whose_lease_ended_still_tells_what_the_peer_said(
    monkeypatch, leases_end, state_of, outcome, state
):
    (row,) = posted()
    monkeypatch.setattr(channels, "named", lambda _name: Channel(leases_end, outcome))

    deliver(LANE)

    assert state_of(row) == state


@pytest.mark.parametrize(("state", "claim"), [("failed", ""), ("data", "another worker")])
@pytest.mark.parametrize(
    "outcome", [Receipt(250, "2.0.0 ok"), ChannelError("4.2.0 later", code=450)]
)
def test_a_late_worker_does_not_overwrite_what_came_after_it(
    monkeypatch, leases_end, attempts_of, state, claim, outcome
):
    (row,) = posted()

    def somebody_goes_on():
        leases_end()
        Delivery.objects.filter(pk=row.pk).update(state=state, claim=claim)

    monkeypatch.setattr(channels, "named", lambda _name: Channel(somebody_goes_on, outcome))

    deliver(LANE)

    row.refresh_from_db()
    assert (row.state, row.claim) == (state, claim)
    assert [line[0] for line in attempts_of(row)] == ["data", "uncertain"]


def test_a_worker_that_lost_its_claim_before_it_began_sends_nothing(
    smtp_sink, monkeypatch, state_of
):
    (row,) = posted()
    begin = engine.work_through

    def lose_the_claim_first(*args):
        Delivery.objects.update(state="queued", claim="")
        return begin(*args)

    monkeypatch.setattr(engine, "work_through", lose_the_claim_first)

    deliver(LANE)

    assert smtp_sink.caught == []
    assert state_of(row) == "queued"


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_hand_waits_for_the_database_to_come_back(smtp_sink, monkeypatch, state_of):
    rows = posted(3)
    turn, failures = engine.turn, iter([True, True])

    def fail_twice(last, following, token):
        if last and next(failures, False):
            connection.close()
            raise OperationalError("the database system is shutting down")
        return turn(last, following, token)

    monkeypatch.setattr(engine, "turn", fail_twice)

    deliver(LANE)

    assert [state_of(row) for row in rows] == ["sent"] * 3
    assert set(smtp_sink.copies().values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_commit_whose_answer_was_lost_is_said_again_and_changes_nothing(
    smtp_sink, monkeypatch, state_of, attempts_of
):
    rows = posted(2)
    turn, lost = engine.turn, []

    def commit_and_lose_the_answer(last, following, token):
        opened = turn(last, following, token)
        if len(lost) < 3:
            lost.append(opened)
            raise OperationalError("server closed the connection unexpectedly")
        return opened

    monkeypatch.setattr(engine, "turn", commit_and_lose_the_answer)

    deliver(LANE)

    assert [state_of(row) for row in rows] == ["sent"] * 2
    assert set(smtp_sink.copies().values()) == {1}
    assert [line[0] for line in attempts_of(rows[0])].count("sent") == 1
