"""Through a real Celery worker, Redis and PostgreSQL to our own House and Senate, over HTTP."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.build import delivery_states
from tests.congress import DROP, configured, field
from tests.processes import until
from tests.worker.cwc import HMD05, SMD01, posted
from worker import tasks
from worker.models import Delivery


@pytest.fixture
def at_work(congress, start_worker):
    """A worker with the settings of an installation that both chambers know."""
    values = {
        name: "1" if value is True else "" if value == [] else str(value)
        for name, value in configured(congress).items()
    }
    return start_worker(**values)


def test_letters_to_both_chambers_arrive_once_and_a_doubt_is_settled_by_asking(congress, at_work):
    congress.senate.answer(DROP, times=1)
    for letter in "abc":
        posted(HMD05, delivery_id=letter * 32)
    posted(SMD01, delivery_id="d" * 32)

    assert until(lambda: delivery_states() == ["sent", "sent", "sent", "uncertain"]), at_work.log()
    assert {field(document, "MemberOffice") for document in congress.house.landed.values()} == {
        HMD05
    }
    assert sorted(congress.house.landed) == ["a" * 32, "b" * 32, "c" * 32]

    Delivery.objects.filter(state="uncertain").update(
        settled_at=timezone.now() - dt.timedelta(minutes=6)
    )
    tasks.ask_about_doubt.delay()

    assert until(lambda: delivery_states() == ["sent"] * 4), at_work.log()
    assert list(congress.senate.landed) == ["d" * 32]
    assert congress.senate.asked.count(("POST", "/api/production-messages/")) == 2
    assert at_work.log().count(congress.house.key) == 0
