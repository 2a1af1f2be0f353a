"""Campaigns share a lane: nobody's letters wait behind a crowd's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.build import envelope, posted
from worker.engine import claim, holds
from worker.engine.deliver import deliver
from worker.models import Delivery
from worker.outbox import Envelope, post

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


def crowd(count, **fields):
    """Envelopes that differ only in what must differ."""
    one = envelope(**fields)
    return post(
        Envelope(
            **{**vars(one), "key": f"{one.key}/{n}", "message_id": f"<{n}.{one.key}@example.org>"}
        )
        for n in range(count)
    )


def campaigns_of(batch):
    rows = Delivery.objects.filter(pk__in=[letter.pk for letter in batch.letters])
    return {
        name: rows.filter(scope_key=name).count()
        for name in rows.values_list("scope_key", flat=True)
    }


def test_five_letters_of_a_small_campaign_leave_with_the_first_batch_of_a_thousand_older_ones(
    smtp_sink,
):
    crowd(1000, scope_key="campaign:1")
    small = crowd(5, scope_key="campaign:2")

    deliver(LANE)

    assert Delivery.objects.filter(pk__in=[row.pk for row in small], state="sent").count() == 5
    assert Delivery.objects.filter(state="sent").count() == claim.BATCH


def test_each_campaign_has_its_share_of_a_batch_and_what_it_leaves_goes_to_the_others():
    for name, count in {"campaign:1": 100, "campaign:2": 100, "campaign:3": 4, "": 3}.items():
        crowd(count, scope_key=name)

    shares = campaigns_of(claim.claim(LANE, "token"))

    assert sum(shares.values()) == claim.BATCH
    assert (shares["campaign:3"], shares[""]) == (4, 3)
    assert min(shares["campaign:1"], shares["campaign:2"]) >= 18


def test_more_campaigns_than_fit_take_turns():
    for number in range(30):
        crowd(2, scope_key=f"campaign:{number}")

    for token in "abcde":
        claim.claim(LANE, token)

    assert Delivery.objects.filter(state="claimed").count() == 60


def test_campaigns_that_can_give_nothing_do_not_hide_one_that_can():
    for number in range(30):
        posted(scope_key=f"campaign:{number}", recipient_key="seat:1")
    (other,) = posted(scope_key="campaign:x", recipient_key="seat:2")
    holds.place("office", "seat:1", reason="Asked us to wait", author="ana@example.org")

    assert [letter.pk for letter in claim.claim(LANE, "token").letters] == [other.pk]


def test_within_a_campaign_the_oldest_go_first():
    rows = crowd(60, scope_key="campaign:1")

    batch = claim.claim(LANE, "token")

    assert [letter.pk for letter in batch.letters] == sorted(row.pk for row in rows)[: claim.BATCH]


def test_a_campaign_under_a_hold_leaves_its_share_to_the_others():
    crowd(60, scope_key="campaign:1")
    crowd(60, scope_key="campaign:2")
    holds.place("campaign", "campaign:1", reason="Wrong text", author="ana@example.org")

    assert campaigns_of(claim.claim(LANE, "token")) == {"campaign:2": claim.BATCH}


def test_an_office_under_a_hold_does_not_hide_the_others_of_its_campaign():
    crowd(60, scope_key="campaign:1", recipient_key="seat:1")
    (other,) = posted(scope_key="campaign:1", recipient_key="seat:2")
    holds.place("office", "seat:1", reason="Asked us to wait", author="ana@example.org")

    batch = claim.claim(LANE, "token")

    assert [letter.pk for letter in batch.letters] == [other.pk]


def test_a_batch_of_one_campaign_costs_a_handful_of_queries():
    crowd(60, scope_key="campaign:1")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        claim.claim(LANE, "token")

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 3
