"""Federal terms end at noon in Washington: until then the day has not begun for an office."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from legislators.holders import office_day


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("America/New_York", "2027-01-02T23:59", "2027-01-02"),
        ("America/New_York", "2027-01-03T11:59", "2027-01-02"),
        ("America/New_York", "2027-01-03T12:00", "2027-01-03"),
        ("Pacific/Honolulu", "2027-01-03T06:59", "2027-01-02"),
        ("Pacific/Honolulu", "2027-01-03T07:00", "2027-01-03"),
        ("Pacific/Guam", "2027-01-04T02:59", "2027-01-02"),
        ("Pacific/Guam", "2027-01-04T03:00", "2027-01-04"),
        ("America/New_York", "2026-01-03T09:00", "2026-01-03"),  # nothing ends in an even year
        ("America/New_York", "2029-01-20T11:59", "2029-01-19"),  # the President's term
        ("America/New_York", "2027-01-20T09:00", "2027-01-20"),
    ],
)
def test_a_term_that_ends_at_noon_is_held_in_the_morning(settings, zone, moment, day):
    settings.TIME_ZONE = zone
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))

    assert office_day(at) == dt.date.fromisoformat(day)
