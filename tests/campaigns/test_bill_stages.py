"""Where a bill stands: forward by itself, back only where somebody means it."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.bills.stages import FAR, Doubtful, FutureDay, note, standing, strike
from campaigns.models import BillStage, Stage
from tests.campaigns.bills import bill

JAN, FEB, MAR = (dt.date(2026, month, 3) for month in (1, 2, 3))


def noted(made, stage, day=None, **said):
    return note(made, stage, author="ana@example.org", happened_on=day, **said)


@pytest.mark.django_db
def test_a_bill_stands_where_it_was_noted_last_with_who_said_so():
    made = bill()
    assert noted(made, "introduced", JAN)
    assert noted(made, "committee", FEB, why="Hearing on the 9th")

    made.refresh_from_db()
    assert (made.stage, made.stage_on) == ("committee", FEB)
    lines = made.history.values_list("stage", "happened_on", "author", "note")
    assert list(lines) == [
        ("committee", FEB, "ana@example.org", "Hearing on the 9th"),
        ("introduced", JAN, "ana@example.org", ""),
    ]


@pytest.mark.django_db
def test_it_goes_back_only_when_asked_and_answered():
    made = bill()
    noted(made, "passed_one", FEB)

    with pytest.raises(Doubtful, match="comes before"):
        noted(made, "committee", MAR)
    made.refresh_from_db()
    assert made.stage == "passed_one"
    assert made.history.count() == 1

    assert noted(made, "committee", MAR, is_sure=True)
    assert made.stage == "committee"


@pytest.mark.django_db
def test_an_earlier_day_only_fills_in_what_was_before():
    made = bill()
    noted(made, "passed_one", MAR)

    assert not noted(made, "introduced", JAN)
    made.refresh_from_db()
    assert (made.stage, made.history.count()) == ("passed_one", 2)
    with pytest.raises(Doubtful, match="cannot come before"):
        noted(made, "law", FEB)


@pytest.mark.django_db
def test_the_same_line_twice_is_one_and_a_mistaken_one_is_struck_out():
    made = bill()
    noted(made, "committee", JAN)
    assert not noted(made, "committee", JAN)
    noted(made, "law", MAR)

    strike(made.history.get(stage="law"))
    made.refresh_from_db()
    assert (made.stage, made.history.count()) == ("committee", 1)
    strike(made.history.get())
    made.refresh_from_db()
    assert (made.stage, made.stage_on) == ("", None)


@pytest.mark.django_db
def test_nothing_has_happened_tomorrow():
    with pytest.raises(FutureDay):
        noted(bill(), "law", timezone.localdate() + dt.timedelta(days=1))


def test_every_stage_has_its_place():
    assert set(FAR) == set(Stage)


DAYS = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9))


@given(st.lists(st.tuples(st.sampled_from(Stage.values), DAYS), max_size=6))
def test_of_any_history_the_line_that_counts_is_no_filled_in_one(lines):
    rows = [BillStage(stage=stage, happened_on=day) for stage, day in lines]
    now = standing(rows)

    assert (now is None) == (not rows)
    # Whatever was noted after it is earlier, and less far.
    for later in rows[rows.index(now) + 1 :] if rows else []:
        assert later.happened_on < now.happened_on
        assert FAR[later.stage] < FAR[now.stage]
