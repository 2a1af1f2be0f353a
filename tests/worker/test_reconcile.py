"""A letter to Congress that may have gone: the chamber is asked under the same DeliveryId, and no
office gets it twice.
"""

import datetime as dt

import pytest
from django.utils import timezone

from tests.congress import DROP
from tests.worker.cwc import HMD05, SMD01, posted
from worker.channels.cwc import offices, spacing
from worker.engine import deliver, holds, reconcile
from worker.engine.final_check import TakenBack
from worker.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)
LATER = dt.timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _own_pace(monkeypatch):
    monkeypatch.setattr(spacing, "wait", lambda key, per_second: None)


def doubted(congress, office=SMD01, *, taken=True):
    """A letter whose connection broke, some minutes ago."""
    chamber = congress.senate if office == SMD01 else congress.house
    row = posted(office)
    chamber.answer(DROP, times=1)
    deliver.deliver(row.lane)
    if not taken:
        chamber.landed.clear()
    rest(row)
    return row


def rest(row, by=LATER):
    assert (
        Delivery.objects.filter(pk=row.pk, state="uncertain").update(
            settled_at=timezone.now() - by, lease_until=None
        )
        == 1
    )


def test_a_letter_that_was_there_all_along_is_sent_by_their_word(congress, state_of, attempts_of):
    row = doubted(congress)

    assert reconcile.ask_about_doubt() == 1
    assert state_of(row) == "sent"
    assert attempts_of(row)[-1][:2] == ("sent", 409)
    assert len(congress.senate.landed) == 1


def test_a_letter_that_never_came_is_there_now_and_once(congress, state_of):
    row = doubted(congress, taken=False)

    assert reconcile.ask_about_doubt() == 1
    assert state_of(row) == "sent"
    assert list(congress.senate.landed) == ["a" * 32]


def test_a_chamber_that_is_not_known_to_tell_is_not_asked(congress, state_of):
    row = doubted(congress, HMD05)
    asked = len(congress.house.asked)

    assert reconcile.ask_about_doubt() == 0
    assert (state_of(row), len(congress.house.asked)) == ("uncertain", asked)


def test_once_the_house_is_known_to_tell_it_is_asked_too(congress, settings, state_of):
    settings.CWC_HOUSE_KNOWS_REPEATS = True
    row = doubted(congress, HMD05)

    assert reconcile.ask_about_doubt() == 1
    assert state_of(row) == "sent"


def test_what_broke_a_moment_ago_rests_first(congress, state_of):
    row = doubted(congress)
    rest(row, dt.timedelta(seconds=30))

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"


@pytest.mark.parametrize("answer", [(429, "slower"), (503, ""), (500, ""), (DROP, "")])
def test_an_answer_that_says_nothing_of_it_leaves_it_in_doubt(
    congress, state_of, attempts_of, answer
):
    row = doubted(congress)
    before = attempts_of(row)
    congress.senate.answer(*answer)

    assert reconcile.ask_about_doubt() == 0
    assert (state_of(row), attempts_of(row)) == ("uncertain", before)
    assert reconcile.ask_about_doubt() == 0, "asked again too soon"
    assert len(congress.senate.asked) == 2


def test_a_document_they_refuse_never_landed(congress, state_of):
    offices.refresh()
    row = doubted(congress, taken=False)
    congress.senate.answer(400, "the Email element is invalid")

    assert reconcile.ask_about_doubt() == 1
    assert state_of(row) == "failed"


def test_an_office_that_closed_meanwhile_proves_nothing(congress, state_of):
    offices.refresh()
    row = doubted(congress)
    congress.senate.answer(400, "Message delivery is not enabled for SMD01")

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"


def test_a_hold_keeps_even_a_question_back(congress, state_of):
    row = doubted(congress)
    holds.place("lane", "cwc:senate", reason="wait", author="staff")

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"


def taken_back(rows):
    return {row.pk: TakenBack("Its writer took it back.") for row in rows}


def broken(rows):
    raise RuntimeError("the roster is being rebuilt")


@pytest.mark.parametrize("review", ["taken_back", "broken"])
def test_what_must_not_go_any_more_or_could_not_be_looked_at_is_not_asked_about(
    congress, settings, state_of, review
):
    row = doubted(congress, taken=False)
    Delivery.objects.update(recipient_key="seat:1")
    settings.REVIEW_BEFORE_SENDING = f"{__name__}.{review}"

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"
    assert congress.senate.landed == {}


def test_nobody_asks_while_delivery_is_off(congress, settings, state_of):
    row = doubted(congress)
    settings.DELIVERY_ENABLED = False

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"


def test_mail_in_doubt_is_never_asked_about(congress, state_of):
    row = doubted(congress)
    Delivery.objects.filter(pk=row.pk).update(channel="email")

    assert reconcile.ask_about_doubt() == 0
    assert state_of(row) == "uncertain"
