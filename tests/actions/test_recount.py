"""What pages show equals what the rows say, however often the job runs."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.utils import timezone

from actions import recount, take
from actions.confirm import confirm
from actions.models import Action, Ledger, Letter, Submission, Voice
from actions.withdraw import withdraw
from campaigns import counts
from campaigns.models import Tally
from tests import build

pytestmark = pytest.mark.django_db


def sign(ask, number, *, confirms=True, state="FK"):
    entry = build.entry(email=f"person{number}@example.org", state=state)
    action = take.take_action(ask, build.filled_form(ask, entry=entry))
    return confirm(action) if confirms else action


def test_only_proven_people_are_verified_and_states_add_up(petition):
    sign(petition, 1)
    sign(petition, 2, state="MD")
    sign(petition, 3, confirms=False)
    Voice.objects.create(ask=petition, idempotency_key=uuid.uuid4(), raised_on=timezone.localdate())
    recount.recount()

    assert dict(Tally.objects.values_list("state", "verified")) == {"": 0, "FK": 1, "MD": 1}
    count = counts.of_ask(petition)
    assert (count.verified, count.pending, count.anonymous, count.total) == (2, 1, 1, 3)


def test_counting_twice_changes_nothing(petition):
    sign(petition, 1)
    recount.recount()
    before = list(Tally.objects.values_list("ask", "state", "verified", "pending"))
    recount.recount()
    recount.recount(everything=True)

    assert list(Tally.objects.values_list("ask", "state", "verified", "pending")) == before


def test_a_withdrawn_signature_leaves_the_count(petition):
    action = sign(petition, 1)
    recount.recount()
    withdraw(action)
    recount.recount()

    assert counts.of_ask(petition).verified == 0


def test_a_count_by_a_worker_whose_clock_runs_ahead_does_not_end_counting(petition):
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        recount.recount()
    sign(petition, 1)
    recount.recount()

    assert counts.of_ask(petition).verified == 1


def test_a_state_that_lost_its_only_signer_keeps_no_stale_row(petition):
    action = sign(petition, 1, state="MD")
    recount.recount()
    action.us_state = "FK"
    action.save()
    recount.recount()

    assert set(Tally.objects.filter(verified=1).values_list("state", flat=True)) == {"FK"}


def test_an_ask_nobody_touched_is_not_counted_again(petition):
    sign(petition, 1)
    recount.recount()
    long_ago = timezone.now() - 2 * recount.OVERLAP
    sign(petition, 2)
    recount.recount()
    for rows in (Action, Submission):
        rows.objects.filter(ask=petition).update(changed_at=long_ago)

    assert recount.recount() == 0


def test_what_changes_while_a_count_takes_long_is_new_to_the_next(petition, monkeypatch):
    recount.recount()
    written = recount.written

    def takes_long(ask):
        """Somebody is confirmed behind its back, and it looks away until long after."""
        counts = written(ask)
        action = sign(petition, 1)
        then = timezone.now() + dt.timedelta(hours=1)
        for rows in (Action, Submission):
            rows.objects.filter(ask=petition).update(changed_at=action.changed_at)
        monkeypatch.setattr("django.utils.timezone.now", lambda: then)
        return counts

    sign(petition, 2)
    monkeypatch.setattr(recount, "written", takes_long)
    recount.recount()
    monkeypatch.undo()

    # Both say since when nothing is missing, which is before they were read.
    assert Tally.objects.get(ask=petition, state="").counted_at == Ledger.objects.get().counted_at
    recount.recount()
    assert counts.of_ask(petition).verified == 2


def test_what_supporters_sent_themselves_is_counted_apart(letter_ask):
    sign(letter_ask, 1)
    Letter.objects.filter(route="assisted").update(reported_at=timezone.now())
    recount.recount()

    count = counts.of_ask(letter_ask)
    assert (count.verified, count.self_reported) == (1, 1)


def test_the_goal_moves_up_by_itself_before_it_is_reached():
    assert counts.Count(verified=50, least_goal=100).goal == 100
    assert counts.Count(verified=90, least_goal=100).goal == 250
    assert counts.Count(verified=1_200_000, least_goal=100).goal == 2_000_000
