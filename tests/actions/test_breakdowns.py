"""Numbers by day, district, source and the rest equal what the rows say, however little of them was
looked at.
"""

import datetime as dt
import random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from actions import recount, rekeying, retention, take
from actions.breakdowns import checking, letters
from actions.breakdowns.building import begin_again, build
from actions.breakdowns.true_numbers import true_numbers
from actions.confirm import confirm
from actions.models import Action, Counted, Ledger, Letter, Submission
from actions.screening import quarantine
from actions.status import self_reports
from actions.withdraw import not_me, withdraw
from campaigns.models import Breakdown, Tally
from tests import build as make
from worker.engine.transitions import move
from worker.models import Delivery, State

pytestmark = pytest.mark.django_db
NOT_FROM_ROWS = ("unanswered", "views", "starts", "anonymous")


def send(ask, number, **fields):
    entry = make.entry(
        email=f"person{number}@example.org", state=fields.pop("state", "FK"), zip="00001"
    )
    return take.take_action(ask, make.filled_form(ask, entry=entry, **fields))


def written(ask):
    rows = Breakdown.objects.filter(ask=ask).exclude(metric__in=NOT_FROM_ROWS)
    return {(row.side, row.value, row.metric): row.number for row in rows}


def number(ask, side, value, metric="verified"):
    found = Breakdown.objects.filter(ask=ask, side=side, value=value, metric=metric)
    return sum(found.values_list("number", flat=True))


def tallied(ask):
    columns = ("verified", "pending", "unverified", "self_reported", "anonymous", "on_paper")
    rows = Tally.objects.filter(ask=ask)
    return {row.state: {name: getattr(row, name) for name in columns} for row in rows}


def a_deed(ask, dice, day):
    """Something that people, or somebody here, or the clock does."""
    waiting = list(Submission.objects.open().filter(ask=ask).order_by("pk"))
    counted = list(Action.objects.counted().filter(ask=ask).order_by("pk"))
    deed = dice.choice(["send", "send", "send", "again", "confirm", "confirm", "other", "forget"])
    if deed == "send":
        send(
            ask,
            dice.randrange(12),
            state=dice.choice(["FK", "MD", ""]),
            source=dice.choice(["", "school"]),
            own_words=dice.choice(["", "Mine."]),
            suspicion=dice.choice(["", "", "looks odd"]),
        )
    elif deed == "again" and waiting:
        one = dice.choice(waiting)
        entry = make.entry(**{**one.entry, "email": f"slip{dice.randrange(99)}@example.org"})
        take.take_action(ask, make.filled_form(ask, key=one.form_key, entry=entry))
    elif deed == "confirm" and waiting:
        confirm(dice.choice(waiting))
    elif deed == "other":
        other = dice.choice(["withdraw", "not me", "release", "refuse", "rekey", "told", "moved"])
        if other == "withdraw" and counted:
            withdraw(dice.choice(counted))
        if other == "not me" and waiting:
            not_me(dice.choice(waiting))
        if other == "release" and waiting:
            quarantine.release(dice.choice(waiting))
        if other == "refuse" and waiting:
            quarantine.refuse(dice.choice(waiting))
        if other == "rekey" and counted:
            rekeying.give_key(dice.choice(counted).supporter, f"{dice.randrange(10**9)}")
        if other == "told" and counted:
            theirs = dice.choice(counted)
            for seat in theirs.letters.values_list("seat_id", flat=True):
                at = timezone.now()
                self_reports.note_self_report(theirs, seat_id=seat, what="talked", at=at)
        if other == "moved":
            leave(dice.choice([State.SENT, State.FAILED, State.UNCERTAIN]))
    elif deed == "forget" and day > 8:
        retention.forget_unconfirmed()


def leave(state):
    """One letter that waited has left, or has not."""
    ids = Delivery.objects.filter(channel="email", state="queued").exclude(lane="mail")
    move(ids.filter(pk__in=list(ids[:1].values_list("pk", flat=True))), state, author="worker")


@pytest.mark.parametrize("seed", [1, 3])
@pytest.mark.parametrize("kind", ["petition", "letter_ask"])
def test_whatever_people_do_each_number_is_what_the_rows_say(kind, seed, request):
    ask, dice = request.getfixturevalue(kind), random.Random(seed)
    if seed == 3:
        ask.campaign.confirms_by_mail = False
        ask.campaign.save()
    began = timezone.now() - dt.timedelta(days=20)
    for day in range(10):
        with time_machine.travel(began + dt.timedelta(days=day)):
            for _ in range(6):
                a_deed(ask, dice, day)
        # As if it all had happened since the last count: the database's clock does not travel.
        for table in (Ledger, Tally):
            table.objects.filter(ask=ask).update(counted_at=began)
        recount.recount()
        letters.follow_letters()

        assert written(ask) == dict(true_numbers(ask)), day
        assert tallied(ask) == recount.count(ask), day
    assert Counted.objects.filter(ask=ask).count() > 3


def test_a_number_knows_its_day_state_district_office_source_language_and_words(letter_ask):
    confirm(send(letter_ask, 1, source="school", own_words="Mine."))
    confirm(send(letter_ask, 2, own_words=""))
    send(letter_ask, 3)
    recount.recount()

    division = "ocd-division/country:us/state:fk/state_lower:7"
    today = timezone.localdate().isoformat()
    seats = sorted(Letter.objects.values_list("seat", flat=True).distinct())
    # A district with two seats has each person once.
    for side, value, verified, pending in [
        ("day", today, 2, 1),
        ("state", "FK", 2, 1),
        ("sldl", division, 2, 1),
        ("office", str(seats[0]), 2, 1),
        ("office", str(seats[1]), 2, 1),
        ("source", "school", 1, 0),
        ("source", "", 1, 1),
        ("language", "en", 2, 1),
        ("words", "own", 1, 0),
    ]:
        found = number(letter_ask, side, value), number(letter_ask, side, value, "pending")
        assert found == (verified, pending), side
    assert (
        sum(
            Breakdown.objects.filter(side="hour", metric="verified").values_list(
                "number", flat=True
            )
        )
        == 2
    )


def test_what_becomes_of_a_letter_moves_its_numbers_though_its_action_is_as_it_was(letter_ask):
    confirm(send(letter_ask, 1))
    letters.follow_letters()
    recount.recount()
    assert number(letter_ask, "evidence", "under_way", "letters") == 1

    move(
        Delivery.objects.filter(channel="email", state="queued").exclude(lane="mail"),
        State.FAILED,
        author="worker",
    )
    letters.follow_letters()
    letters.follow_letters()

    assert number(letter_ask, "evidence", "under_way", "letters") == 0
    assert number(letter_ask, "evidence", "refused", "letters") == 1
    assert number(letter_ask, "host", "letters:house.franklin.example", "refused") == 1


def test_whoever_never_answered_is_remembered_as_a_number_alone(petition):
    for person in range(3):
        send(petition, person)
    recount.recount()
    not_me(Submission.objects.first())
    Submission.objects.update(changed_at=timezone.now() - dt.timedelta(days=400))
    retention.forget_unconfirmed()

    assert not Submission.objects.exists()
    assert not Counted.objects.exists()
    assert number(petition, "whole", "", "unanswered") == 3
    assert tallied(petition)[""]["pending"] == 0


def test_a_first_count_that_is_cut_off_goes_on_and_pages_are_right_meanwhile(petition, monkeypatch):
    monkeypatch.setattr("actions.breakdowns.building.CHUNK", 2)
    for person in range(5):
        confirm(send(petition, person))
    build(petition, patience_s=-1)
    recount.recount_ask(petition)

    assert not Ledger.objects.get().is_whole
    assert tallied(petition)["FK"]["verified"] == 5
    recount.recount()
    assert Ledger.objects.get().is_whole
    assert written(petition) == dict(true_numbers(petition))


def test_a_nightly_count_finds_what_drifted_says_so_and_counts_anew(petition, caplog):
    confirm(send(petition, 1, source="school"))
    recount.recount()
    assert checking.check(petition) == {}

    Breakdown.objects.filter(side="source").update(number=7)
    assert checking.check(petition) == {("source", "school", "verified"): (7, 1)}
    recount.recount()

    assert number(petition, "source", "school") == 1
    assert "had drifted" in caplog.text
    assert AuditEntry.objects.filter(deed="numbers.drift", subject=f"ask:{petition.pk}").exists()
    assert Ledger.objects.get().drifted_at


def test_counting_what_changed_asks_no_more_questions_when_there_is_more(petition):
    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            recount.recount_ask(petition)
        return len(asked)

    confirm(send(petition, 0))
    recount.recount()
    few = questions()
    for person in range(1, 25):
        confirm(send(petition, person))
    recount.recount()

    assert questions() == few


def test_an_ask_counted_anew_keeps_what_no_row_tells(petition):
    send(petition, 1)
    recount.recount()
    not_me(Submission.objects.get())
    recount.recount()
    begin_again(petition)
    recount.recount()

    assert number(petition, "whole", "", "unanswered") == 1
