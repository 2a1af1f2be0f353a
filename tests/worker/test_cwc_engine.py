"""Letters to Congress through the engine, with what the chambers answer as their evidence."""

import datetime as dt

import pytest

from tests.congress import DROP
from tests.worker.cwc import HMD05, SMD01, posted
from worker.engine import deliver
from worker.models import Delivery, Lane

pytestmark = pytest.mark.usefixtures("own_pace")


ANSWERS = [
    (None, "sent"),
    (409, "sent"),
    (400, "failed"),
    (422, "failed"),
    (415, "queued"),
    (429, "queued"),
    (503, "queued"),
    (401, "queued"),
    (500, "uncertain"),
    (DROP, "uncertain"),
]


@pytest.mark.django_db(transaction=True)
class TestInTheEngine:
    def test_a_letter_is_sent_once_with_its_attempts(self, congress, state_of, attempts_of):
        row = posted()

        deliver.deliver("cwc:house")
        deliver.deliver("cwc:house")

        assert state_of(row) == "sent"
        assert attempts_of(row)[-1][:3] == ("sent", 200, "Message Accepted")
        assert list(congress.house.landed) == ["a" * 32]

    @pytest.mark.parametrize("office", [HMD05, SMD01])
    def test_each_answer_leaves_the_letter_where_it_belongs(
        self, congress, state_of, attempts_of, office
    ):
        chamber = congress.house if office == HMD05 else congress.senate
        for number, (code, state) in enumerate(ANSWERS):
            row = posted(office, delivery_id=f"{number:032}")
            if code:
                chamber.answer(code, "their own words", times=1)
            asked = len(chamber.asked)

            deliver.deliver(row.lane)
            # what one answer says of the way out is not this test's matter
            Lane.objects.all().delete()

            assert (code, state_of(row), len(chamber.asked) - asked) == (code, state, 1)
            assert code in (None, DROP) or attempts_of(row)[-1][1] == code
            Delivery.objects.filter(pk=row.pk, state="queued").update(state="cancelled")

    def test_a_closed_house_is_tried_once_for_all_that_wait(self, congress, state_of):
        rows = [posted(delivery_id=letter * 32) for letter in "abc"]
        congress.house.answer(503, "back soon")

        deliver.deliver("cwc:house")

        assert [state_of(row) for row in rows] == ["queued"] * 3
        assert len(congress.house.asked) == 1

    def test_an_interrupted_letter_is_not_sent_again_by_itself(self, congress, state_of):
        row = posted()
        congress.house.answer(DROP, times=1)

        deliver.deliver("cwc:house")
        deliver.deliver("cwc:house")

        assert state_of(row) == "uncertain"
        assert len(congress.house.asked) == 1

    def test_a_pause_the_peer_named_is_kept(self, congress):
        row = posted(SMD01)
        congress.senate.answer(429, "slower", Retry_After=1800)

        deliver.deliver("cwc:senate")

        waits = Delivery.objects.get(pk=row.pk).due_at - dt.datetime.now(dt.UTC)
        assert dt.timedelta(minutes=29) < waits < dt.timedelta(minutes=31)
