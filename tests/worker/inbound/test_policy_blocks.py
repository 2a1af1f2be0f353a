"""A server that sends letter after letter back because of who we are gets no more of them until a
person has looked.
"""

import pytest

from tests.build import posted
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.engine import holds
from worker.inbound.policy_blocks import TOO_MANY
from worker.inbound.returns import take_in_mail
from worker.models import Delivery, Hold

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


def come_back(count, text=corpus.POSTFIX_POLICY, **fields):
    for row in posted(count, **{"rehearsal": False, "lane": LANE, **fields}):
        Delivery.objects.filter(pk=row.pk).update(state="sent")
        take_in_mail(corpus.filled(text, row), recipient=verp.address(row.public_id.hex))


def test_letters_refused_in_a_row_hold_their_lane_in_the_servers_words():
    come_back(TOO_MANY - 1)
    assert not Hold.objects.exists()

    come_back(2)

    hold = Hold.objects.get()
    assert (hold.scope, hold.key, hold.author) == ("lane", LANE, "returns")
    assert "rejected due to our policy" in hold.reason


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (corpus.POSTFIX, {}),
        (corpus.POSTFIX_FULL, {}),
        (corpus.POSTFIX_POLICY.replace("failed", "delayed"), {}),
        (corpus.POSTFIX_POLICY, {"lane": "mail"}),
        (corpus.POSTFIX_POLICY, {"rehearsal": True}),
    ],
)
def test_nothing_else_holds_a_lane(text, fields):
    come_back(TOO_MANY, text, **fields)

    assert not Hold.objects.exists()


def test_other_words_in_between_are_no_row():
    come_back(TOO_MANY - 1)
    come_back(1, corpus.POSTFIX)
    come_back(TOO_MANY - 1)

    assert not Hold.objects.exists()


def test_another_lane_goes_on():
    come_back(TOO_MANY - 1)
    come_back(1, lane="letters:senate.example")

    assert not Hold.objects.exists()


def test_lifted_by_a_person_it_is_placed_again_only_by_a_new_refusal():
    come_back(TOO_MANY)
    holds.lift("lane", LANE)
    assert not Hold.objects.exists()

    come_back(1)

    assert Hold.objects.exists()
