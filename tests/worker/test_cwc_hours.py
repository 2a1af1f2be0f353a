"""The chambers of Congress mend their machines by their own clock, and letters wait."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.worker.cwc import refused, sealed
from worker.channels.cwc import chambers, channel

EASTERN = ZoneInfo("America/New_York")
pytestmark = pytest.mark.usefixtures("own_pace")


@pytest.mark.parametrize(
    ("chamber", "clock", "opens"),
    [
        ("house", "2026-11-21 00:00", "06:00"),
        ("house", "2026-11-21 05:59", "06:00"),
        ("house", "2026-11-21 06:00", None),
        ("house", "2026-11-21 23:59", None),
        ("senate", "2026-11-22 03:00", "06:00"),  # a Sunday
        ("senate", "2026-11-23 03:00", None),
        ("senate", "2026-11-25 04:59", None),  # a Wednesday
        ("senate", "2026-11-25 05:00", "07:00"),
        ("senate", "2026-07-15 06:30", "07:00"),  # a Wednesday in summer time
    ],
)
def test_a_chamber_mends_its_machine_by_its_own_clock(chamber, clock, opens):
    now = dt.datetime.fromisoformat(clock).replace(tzinfo=EASTERN).astimezone(dt.UTC)

    until = chambers.closed_until(chamber, now)

    assert (until.strftime("%H:%M") if until else None) == opens


@pytest.mark.parametrize(
    ("chamber", "clock", "hours"),
    [
        ("house", "2026-03-08 01:30", 3.5),  # the night an hour is left out
        ("house", "2026-11-01 00:30", 6.5),  # the night an hour comes twice
        ("house", "2026-11-01 01:30", 5.5),
        ("senate", "2026-03-08 00:00", 5),  # a Sunday: these nights always are
        ("senate", "2026-11-01 00:00", 7),
        ("house", "2026-11-02 00:30", 5.5),
    ],
)
def test_on_the_days_the_clocks_change_a_letter_waits_until_it_is_six_there(chamber, clock, hours):
    now = dt.datetime.fromisoformat(clock).replace(tzinfo=EASTERN).astimezone(dt.UTC)

    until = chambers.closed_until(chamber, now)

    assert until.strftime("%H:%M") == "06:00"
    assert until.astimezone(dt.UTC) - now == dt.timedelta(hours=hours)


def test_a_window_may_end_at_midnight(settings):
    settings.CWC_HOUSE_CLOSED = ["sat 22-24"]
    now = dt.datetime(2026, 11, 21, 23, 15, tzinfo=EASTERN)

    assert chambers.closed_until("house", now) == dt.datetime(2026, 11, 22, 0, 0, tzinfo=EASTERN)


def test_a_closed_chamber_is_not_knocked_at(congress, monkeypatch):
    opens = dt.datetime.now(EASTERN) + dt.timedelta(hours=2)
    monkeypatch.setattr(channel, "closed_until", lambda chamber, now: opens)

    error = refused(sealed())

    assert error.endpoint
    assert dt.timedelta(hours=2) < error.pause < dt.timedelta(hours=2, minutes=11)
    assert congress.house.asked == []
