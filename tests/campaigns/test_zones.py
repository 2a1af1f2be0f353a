"""A clock of a zone and the instant it means, also in the nights when clocks change."""

import datetime as dt

import pytest
from django.utils import translation

from campaigns.zones import ZONES, NoSuchTime, comes_twice, in_words, instant, wall_time, zone_of
from legislators.states import STATES

EASTERN, ARIZONA = "America/New_York", "America/Phoenix"


def at(text):
    return dt.datetime.fromisoformat(text)


def test_a_time_that_comes_twice_is_the_first_and_one_that_never_comes_is_refused():
    assert instant(at("2026-12-03T09:00"), EASTERN) == at("2026-12-03T14:00+00:00")
    # The night of November 1, 2026: 1:30 in summer time, an hour before 1:30 in winter time.
    assert instant(at("2026-11-01T01:30"), EASTERN) == at("2026-11-01T05:30+00:00")
    assert comes_twice(at("2026-11-01T01:30"), EASTERN)
    assert not comes_twice(at("2026-11-01T02:00"), EASTERN)
    # The night of March 14, 2027.
    with pytest.raises(NoSuchTime) as refused:
        instant(at("2027-03-14T02:30"), EASTERN)
    assert refused.value.before == at("2027-03-14T01:30")
    assert refused.value.after == at("2027-03-14T03:30")
    assert not comes_twice(at("2027-03-14T02:30"), EASTERN)
    # Arizona's clocks never change.
    assert instant(at("2027-03-14T02:30"), ARIZONA) == at("2027-03-14T09:30+00:00")
    for hour in range(24 * 400):
        utc = at("2026-10-01T00:00+00:00") + dt.timedelta(hours=hour)
        shown = wall_time(utc, EASTERN)
        is_second = comes_twice(shown, EASTERN) and instant(shown, EASTERN) != utc
        assert instant(shown, EASTERN) == utc or is_second


def test_the_first_and_last_hours_of_the_calendar_are_its_ends_in_every_zone():
    for zone in dict(ZONES):
        assert instant(at("9999-12-31T23:59"), zone).year == 9999
        assert instant(at("0001-01-01T00:00"), zone).year == 1
        assert not comes_twice(at("9999-12-31T23:59"), zone)
        assert not comes_twice(at("0001-01-01T00:00"), zone)


def test_every_state_has_one_of_the_zones_that_are_offered_and_pages_name_it():
    assert {zone_of(state) for state in STATES} <= dict(ZONES).keys()
    assert zone_of("MD") == EASTERN
    assert zone_of("FK") == ""
    assert in_words(at("2026-12-03T14:00+00:00"), EASTERN) == (
        "Dec. 3, 2026, 9:00 a.m. Eastern Time"
    )
    assert in_words(at("2026-12-04T05:05+00:00"), EASTERN).endswith(", 12:05 a.m. Eastern Time")
    with translation.override("es"):
        assert in_words(at("2026-12-03T22:00+00:00"), EASTERN) == (
            "3 de diciembre de 2026, 5:00 p.m., hora del Este"
        )
