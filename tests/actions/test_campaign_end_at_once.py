"""While letters leave, or several people or processes come in one moment, an end is final or undone."""

import re
import threading

import pytest

from actions.followup import campaign_end
from actions.followup.campaign_end import concerned, finish_all, undo
from campaigns import publishing
from campaigns.models import Campaign, Ending
from campaigns.publishing import WrongState
from tests.actions.ended import (
    LANE,
    closed,
    fresh,
    half_an_hour_goes_by,
    state_of,
    status_page,
    written,
)
from tests.together import together
from worker.engine.deliver import deliver
from worker.models import Delivery, Hold, State

pytestmark = pytest.mark.django_db


def test_a_worker_that_dies_while_it_stops_letters_is_gone_on_with_and_nothing_is_undone_then(
    letter_ask, author, monkeypatch
):
    letters = [
        written(letter_ask, given_name=name, email=f"{name}@example.org") for name in ("Ann", "Bo")
    ]
    closed(letter_ask, author)
    half_an_hour_goes_by()
    monkeypatch.setattr(campaign_end, "AT_ONCE", 1)
    stop = campaign_end.stop_some

    def dies(campaign_id, *, after):
        if after:
            raise SystemError
        return stop(campaign_id, after=after)

    monkeypatch.setattr(campaign_end, "stop_some", dies)
    assert finish_all() == 0
    assert sorted(map(state_of, letters)) == [State.CANCELLED, State.QUEUED]
    with pytest.raises(WrongState):
        undo(fresh(letter_ask), author)

    monkeypatch.setattr(campaign_end, "stop_some", stop)
    assert finish_all() == 1
    assert {state_of(one) for one in letters} == {State.CANCELLED}
    assert letter_ask.campaign.changes.first().after == {"stopped": "2"}


def test_what_is_on_the_wire_finishes_and_is_stopped_should_it_come_back(letter_ask, author):
    on_the_wire = written(letter_ask)
    in_doubt = written(letter_ask, given_name="Ben", email="ben@example.org")
    Delivery.objects.filter(pk=in_doubt.pk).update(state=State.UNCERTAIN)
    Delivery.objects.filter(pk=on_the_wire.pk).update(state=State.DATA)
    closed(letter_ask, author)
    found = concerned(letter_ask.campaign)
    assert (found.letters, found.leaving, found.uncertain) == (0, 1, 1)

    half_an_hour_goes_by()
    assert finish_all() == 0
    Delivery.objects.filter(pk=on_the_wire.pk).update(state=State.QUEUED)
    assert finish_all() == 1

    assert state_of(on_the_wire) == State.CANCELLED
    assert state_of(in_doubt) == State.UNCERTAIN


def test_what_is_queued_after_the_end_is_final_is_stopped_by_the_last_look(
    client, letter_ask, author
):
    closed(letter_ask, author)
    half_an_hour_goes_by()
    finish_all()
    Campaign.objects.update(state="live")
    letter = written(letter_ask)
    Campaign.objects.update(state="closed")

    deliver(LANE)

    assert state_of(letter) == State.CANCELLED
    assert "The campaign ended before it left." in status_page(client)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("several_writers")
@pytest.mark.parametrize("first", ["undo", "job"])
def test_at_the_last_second_either_the_undo_or_the_job_has_it_and_never_both(
    letter_ask, author, monkeypatch, first
):
    letter = written(letter_ask)
    closed(letter_ask, author)
    half_an_hour_goes_by()
    has_it, others = threading.Event(), []
    slow, name = {
        "undo": (publishing, "go_back"),
        "job": (campaign_end, "stop_some"),
    }[first]
    deed = getattr(slow, name)

    def slowly(*args, **named):
        """In its transaction, or between two of the job's, while the other comes."""
        has_it.set()
        threads[0].join(1)
        return deed(*args, **named)

    def second():
        has_it.wait(20)
        try:
            others.append(press_undo() if first == "job" else finish_all())
        except WrongState:
            others.append("refused")

    def press_undo():
        undo(fresh(letter_ask), author)

    monkeypatch.setattr(slow, name, slowly)
    threads = [threading.Thread(target=lambda: together(second))]
    threads[0].start()
    press_undo() if first == "undo" else finish_all()
    threads[0].join(30)

    assert others == [{"undo": 0, "job": "refused"}[first]]
    ended = (fresh(letter_ask).state, state_of(letter), Hold.objects.exists())
    assert (
        ended
        == {
            "undo": ("live", State.QUEUED, False),
            "job": ("closed", State.CANCELLED, False),
        }[first]
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("several_writers")
def test_of_two_who_press_in_the_same_moment_one_ends_it_and_the_other_is_told(letter_ask, author):
    told = []

    def press():
        try:
            closed(letter_ask, author)
        except WrongState as why:
            told.append(str(why))

    together(press, press)

    assert len(told) == 1
    assert re.search("Closed", told[0])
    assert letter_ask.campaign.changes.filter(deed="close").count() == 1
    assert Ending.objects.get().was == "live"
