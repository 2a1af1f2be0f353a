"""What has to be done by a day is said sixty days ahead: on the overview, in /health.json, before a
launch, and to administrators by mail.
"""

import datetime as dt
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from campaigns.preflight import preflight
from desk.models import RaisedAlarm
from desk.monitoring import raising
from desk.monitoring.alarms import alarms, of_the_calendar
from legislators.models import Chamber, Source
from tests import build
from tests.legislators.seats import edition, statewide
from worker.models import Delivery

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def on(day):
    return time_machine.travel(dt.datetime.fromisoformat(f"{day}T17:00+00:00"), tick=False)


def look():
    return raising.look([of_the_calendar])


def found(day):
    with on(day):
        return {one.key: one.days_left(dt.date.fromisoformat(day)) for one in alarms()}


def roster(as_of, *covers):
    Source.objects.update_or_create(
        key="roster",
        defaults={"name": "Roster", "as_of": dt.date.fromisoformat(as_of), "covers": covers},
    )


@pytest.fixture
def house_map(db):
    return edition(states=["AZ", "TX"], valid_to=dt.date(2027, 1, 3))


def test_house_lines_from_sixty_days_ahead_until_the_next_map_is_loaded(house_map):
    assert found("2026-11-03") == {}
    assert found("2026-11-04") == {"map-cd": 60}
    assert found("2026-11-29") == {"map-cd": 35}
    assert found("2027-01-13") == {"map-cd": -10}

    new = edition(
        name="120th Congress",
        states=["TX"],
        valid_from=dt.date(2027, 1, 3),
        valid_to=dt.date(2029, 1, 3),
    )
    with on("2026-11-29"):
        [left] = alarms()
        assert "no newer one is loaded for AZ." in left.sentence
    new.states = ["AZ", "TX"]
    new.save()
    assert found("2026-11-29") == {}


def test_the_made_up_state_and_maps_without_an_end_alarm_nobody():
    edition(states=["FK"], valid_to=dt.date(2027, 1, 3), is_demo=True)
    edition("sldu", states=["AZ"])
    roster("2026-08-05", ["FK", "state_lower"])

    assert found("2027-01-02") == {}


def test_chambers_whose_new_term_begins_and_whose_roster_is_older():
    roster(
        "2026-08-05",
        ["AZ", "us_house"],
        ["CA", "state_upper"],
        ["FL", "state_lower"],
        ["VA", "state_lower"],
    )

    assert found("2026-11-29") == {"terms-states": 8, "terms-congress": 35}
    with on("2026-11-29"):
        states = next(one for one in alarms() if one.key == "terms-states")
    assert states.sentence.startswith(
        "The new term of 1 chamber has begun, and its roster is older (FL). That of 1 more begins by"
        " and by, the next on Dec. 7, 2026 (CA)."
    )

    roster("2026-12-08", ["AZ", "us_house"], ["CA", "state_upper"], ["FL", "state_lower"])
    assert found("2026-12-09") == {"terms-congress": 25}
    roster("2027-01-04", ["AZ", "us_house"], ["CA", "state_upper"], ["FL", "state_lower"])
    assert found("2027-01-05") == {}


def test_a_governor_whose_term_ends_with_no_successor_known():
    seat = statewide("CA", Chamber.GOVERNOR)
    seat.terms.update(ended_on=dt.date(2027, 1, 4))
    assert found("2026-11-04") == {}
    assert found("2026-11-06") == {"executives": 59}

    build.term(
        seat,
        build.legislator("New One"),
        started_on=dt.date(2027, 1, 4),
        ended_on=dt.date(2031, 1, 6),
    )
    assert found("2026-11-06") == {}


def test_a_governor_of_whose_new_term_the_roster_tells_nothing():
    statewide("TX", Chamber.GOVERNOR)  # no end is published
    statewide("MO", Chamber.GOVERNOR)  # not up in 2026

    assert found("2026-12-01") == {"executives": 31}


class TestMail:
    """To administrators: at once, then weekly, and daily in the last week."""

    @pytest.fixture
    def boss(self, house_map):
        build.user("staff")
        build.user("administrator", is_demo=True)
        build.user("administrator", is_active=False)
        return build.user("administrator", email="boss@example.org")

    def days_of_mail(self, first, last):
        told, day = [], dt.date.fromisoformat(first)
        while day <= dt.date.fromisoformat(last):
            with on(day.isoformat()):
                if look():
                    told.append(f"{day:%m-%d}")
                assert look() == 0
            day += DAY
        return told

    def test_at_once_then_weekly_and_daily_in_the_last_week(self, boss):
        assert self.days_of_mail("2026-11-29", "2027-01-05") == [
            *("11-29", "12-06", "12-13", "12-20", "12-27", "12-28", "12-29", "12-30", "12-31"),
            *("01-01", "01-02", "01-03"),
        ]

    def test_it_says_what_to_do_and_by_when_and_nothing_of_anybody(self, boss):
        with on("2026-11-29"):
            look()
        [row] = Delivery.objects.all()
        message = message_from_bytes(bytes(row.message), policy=policy.default)
        text = message.get_body(("plain",)).get_content()

        assert (row.recipient, row.lane, row.rehearsal) == ("boss@example.org", "mail", True)
        assert message["Subject"] == "35 days left: A map ends: Congressional districts"
        for body in (text, message.get_body(("html",)).get_content()):
            assert "no newer one is loaded for AZ, TX." in body
            assert "Its day is Jan. 3, 2027: 35 days are left." in " ".join(body.split())
            assert "/rosters/" in body
        assert "boss" not in text

    def test_in_practice_mode_it_is_caught_and_otherwise_it_leaves(self, boss, settings):
        settings.DELIVERY_ENABLED = True
        with on("2026-11-29"):
            look()

        assert not Delivery.objects.get().rehearsal

    def test_what_was_mended_and_comes_back_is_news_at_once(self, boss, house_map):
        with on("2026-11-29"):
            assert look() == 1
        for day, is_active, subject in (
            ("2026-11-30", False, "It is over: A map ends: Congressional districts"),
            ("2026-12-01", True, "33 days left: A map ends: Congressional districts"),
        ):
            house_map.is_active = is_active
            house_map.save()
            with on(day):
                assert (look(), look()) == (1, 0)
            assert Delivery.objects.latest("pk").subject == subject


def test_the_overview_says_it_to_whoever_sees_the_outbox(client, house_map):
    with on("2026-11-29"):
        client.force_login(build.user("staff"))
        page = " ".join(client.get("/desk/").content.decode().split())
        client.force_login(build.user())
        other = client.get("/desk/").content.decode()

    assert "A map ends: Congressional districts (35 days left)" in page
    assert "A map ends" not in other


def test_health_warns_and_is_no_failure(client, house_map, settings):
    settings.METRICS_TOKEN = "a-token-that-is-long-enough-0123456789"
    bearer = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    cache.clear()
    with on("2026-11-29"):
        health = client.get("/health.json", headers=bearer).json()
        metrics = client.get("/metrics", headers=bearer).content.decode()
    cache.clear()

    assert [warning[:53] for warning in health["warnings"]] == [
        "A map ends: Congressional districts (2027-01-03): The"
    ]
    assert not any("map" in want for want in health["wants"])
    assert 'take_action_alarm_days_left{alarm="map-cd"} 35' in metrics


def test_before_a_launch_the_calendar_is_read(house_map):
    ask = build.ask("letter")
    build.rule(ask, states=["AZ"], chambers=["us_house"])
    division = "ocd-division/country:us/state:az/cd:3"
    seat = build.seat(Chamber.US_HOUSE, state="AZ", district="3", division=division)
    build.term(seat, ended_on=dt.date(2027, 1, 3))

    def said(day):
        with on(day):
            return [one.label for one in preflight(ask.campaign) if not one.ok and not one.blocking]

    def says(day, words):
        return any(words in label for label in said(day))

    assert not says("2026-11-01", "new term")
    assert says("2026-11-29", "the new term of 1 seat begins on Jan. 3, 2027")
    assert says("2026-11-29", "The map “119th Congress” of Congressional districts ends")
    assert says("2027-01-04", "1 seat is in turnover")


def test_an_alarm_leads_nobody_to_a_page_that_is_closed_to_them(client):
    raised = {"title": "More comes in", "sentence": "See.", "page": "desk:quarantine"}
    since = dict.fromkeys(("raised_at", "seen_at", "told_at"), timezone.now())
    RaisedAlarm.objects.create(key="bursts", **raised, **since)

    for role, leads in (("staff", True), ("organizer", False)):
        client.force_login(build.user(role))
        page = client.get("/desk/alarms/").content.decode()
        assert "More comes in" in page
        assert ("Where it is seen" in page) is leads
