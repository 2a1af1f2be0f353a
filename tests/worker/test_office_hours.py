"""A real letter reaches its office when somebody is there, and a crowd's letters come one after the
other.
"""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legislators.hours import ZONE_OF, office_hours
from legislators.states import STATES
from tests.build import posted
from worker import outbox
from worker.engine.office_hours import OfficeHours, slot
from worker.models import Delivery


def at(text):
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-18T15:00-06:00", "2026-11-18T15:00-06:00"),  # a Wednesday afternoon in Chicago
        ("2026-11-18T07:59-06:00", "2026-11-18T08:00-06:00"),
        ("2026-11-18T18:00-06:00", "2026-11-19T08:00-06:00"),
        ("2026-11-20T18:30-06:00", "2026-11-23T08:00-06:00"),  # Friday evening
        ("2026-11-22T12:00-06:00", "2026-11-23T08:00-06:00"),  # Sunday
        ("2026-11-18T07:30-05:00", "2026-11-18T08:00-06:00"),  # half past seven in New York
        ("2026-03-06T20:00-06:00", "2026-03-09T08:00-05:00"),  # over the night that loses an hour
        ("2026-10-30T20:00-05:00", "2026-11-02T08:00-06:00"),
    ],
)
def test_an_office_is_there_on_weekdays_by_its_own_clock(moment, opens):
    assert OfficeHours.parse("America/Chicago 8-18").first_open(at(moment)) == at(opens)


@pytest.mark.parametrize(
    "text",
    [
        "always",
        "America/Chicago 18-8",
        "America/Chicago 8-25",
        "America/Atlantis 8-18",
        "../etc 8-18",
    ],
)
def test_hours_that_are_none_are_refused_when_a_letter_is_posted(text):
    with pytest.raises(ValueError, match=r"hours|zone|Zone"):
        OfficeHours.parse(text)


def test_what_waited_for_the_night_does_not_arrive_on_the_stroke_of_the_hour():
    found = {slot(at("2026-11-18T23:00-06:00"), None, "America/Chicago 8-18") for _ in range(20)}

    assert len(found) == 20
    assert at("2026-11-19T08:00-06:00") <= min(found) <= max(found) <= at("2026-11-19T08:30-06:00")


def test_a_crowd_that_is_not_done_by_evening_goes_on_the_next_morning(settings):
    settings.OFFICE_PER_HOUR = 60
    moment = at("2026-11-20T17:00-06:00")
    times = [moment]
    for _ in range(200):
        times.append(slot(moment, times[-1], "America/Chicago 8-18"))

    office = OfficeHours.parse("America/Chicago 8-18")
    assert all(office.first_open(time) == time for time in times)
    assert times == sorted(times)
    assert {time.astimezone(office.zone).date().isoformat() for time in times} == {
        "2026-11-20",
        "2026-11-23",
    }


def test_a_crowd_too_great_for_the_pace_goes_faster_and_nobody_waits_longer_than_a_working_day(
    settings,
):
    settings.OFFICE_PER_HOUR = 60
    moment = at("2026-11-18T12:00-06:00")
    times = []
    for _ in range(3000):
        times.append(slot(moment, max(times, default=moment), "America/Chicago 8-18"))

    office = OfficeHours.parse("America/Chicago 8-18")
    assert all(office.first_open(time) == time for time in times)
    assert max(times) < at("2026-11-19T12:30-06:00")
    mornings = [
        time
        for time in times
        if at("2026-11-19T08:00-06:00") <= time < at("2026-11-19T09:00-06:00")
    ]
    assert len(mornings) < 600


def closed_now():
    """Hours of an office that is closed at this moment and for an hour yet, in UTC."""
    hour = (timezone.now().hour + 2) % 23
    return hour, f"UTC {hour}-{hour + 1}"


@pytest.mark.django_db
def test_a_released_letter_waits_for_its_office_and_lives_from_then_on():
    opens, text = closed_now()
    (row,) = posted(rehearsal=False, awaits_confirmation=True, hours=text, recipient_key="seat:1")

    assert outbox.release([row.pk]) == 1

    row.refresh_from_db()
    assert (row.state, row.due_at.hour, row.due_at.minute < 30, row.due_at.weekday() < 5) == (
        "queued",
        opens,
        True,
        True,
    )
    assert row.due_at > timezone.now()
    assert abs(row.expires_at - row.due_at - outbox.LIFE) < dt.timedelta(seconds=1)


@pytest.mark.django_db
def test_a_letter_posted_to_go_at_once_waits_for_its_office_too_and_posting_it_again_moves_nothing():
    _opens, text = closed_now()
    (row,) = posted(key="letter/1", rehearsal=False, hours=text, recipient_key="seat:1")
    row.refresh_from_db()
    due_at = row.due_at

    posted(key="letter/1", rehearsal=False, hours=text, recipient_key="seat:1")

    assert due_at > timezone.now()
    assert Delivery.objects.get().due_at == due_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"rehearsal": True},
        {"rehearsal": False, "channel": "cwc"},
        {"rehearsal": False, "recipient_key": ""},
    ],
)
def test_rehearsals_the_systems_of_congress_and_mail_for_nobody_in_particular_go_at_once(fields):
    _opens, text = closed_now()
    rows = posted(
        3, awaits_confirmation=True, **{"hours": text, "recipient_key": "seat:1"} | fields
    )

    outbox.release([row.pk for row in rows])

    assert Delivery.objects.filter(due_at__lte=timezone.now()).count() == 3


@pytest.mark.django_db
def test_a_crowds_letters_to_one_office_come_one_after_the_other_and_hold_up_no_other_office(
    settings,
):
    settings.OFFICE_PER_HOUR = 60
    crowd = posted(10, rehearsal=False, awaits_confirmation=True, recipient_key="seat:1")
    later = posted(5, rehearsal=False, awaits_confirmation=True, recipient_key="seat:1")
    (other,) = posted(rehearsal=False, awaits_confirmation=True, recipient_key="seat:2")

    outbox.release([row.pk for row in crowd])
    outbox.release([row.pk for row in [*later, other]])

    times = list(
        Delivery.objects.filter(recipient_key="seat:1")
        .order_by("pk")
        .values_list("due_at", flat=True)
    )
    apart = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert all(44 < seconds < 76 for seconds in apart)
    assert len(set(apart)) == len(apart)
    other.refresh_from_db()
    assert other.due_at <= timezone.now()


@pytest.mark.django_db
def test_a_letter_that_waits_for_its_next_try_pushes_nobody_back():
    posted(rehearsal=False, recipient_key="seat:1")
    Delivery.objects.update(attempts_made=3, due_at=timezone.now() + dt.timedelta(hours=12))
    (row,) = posted(rehearsal=False, awaits_confirmation=True, recipient_key="seat:1")

    outbox.release([row.pk])

    row.refresh_from_db()
    assert row.due_at <= timezone.now()


@pytest.mark.django_db
def test_releasing_a_hundred_costs_as_many_queries_as_releasing_two():
    def queries(count):
        rows = posted(count, rehearsal=False, awaits_confirmation=True, recipient_key="seat:1")
        with CaptureQueriesContext(connection) as found:
            outbox.release([row.pk for row in rows])
        return len(found)

    assert queries(2) == queries(100)


def test_every_state_has_a_time_zone_that_exists():
    assert {state for state in STATES if not office_hours(state)} == set()
    assert office_hours("TX") == "America/Chicago 8-18"
    assert office_hours("FK") == ""
    for state in ZONE_OF:
        OfficeHours.parse(office_hours(state))
