"""The overview: what waits for whoever looks, what is live, what is paused."""

import datetime as dt

import pytest
from django.utils import timezone

from desk import at_most
from tests import build
from tests.desk import rows
from tests.desk.overview import waiting, waiting_for
from worker.engine import holds
from worker.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff"))
    return client


def troubled(number):
    rows = build.posted(number)
    Delivery.objects.update(state="uncertain", settled_at=timezone.now())
    return rows


def test_whoever_has_nothing_to_do_is_told_so(staff):
    page = staff.get("/desk/")

    assert waiting(page) == {}
    assert "Nothing waits for you." in page.content.decode()


def test_a_number_stops_where_nobody_would_count_on(staff, monkeypatch):
    monkeypatch.setattr(at_most, "AT_MOST", 2)
    troubled(4)

    assert waiting_for(staff) == {"desk:uncertain": ["more than 2"]}


def test_what_waits_is_told_only_to_those_who_may_do_it(client):
    troubled(1)
    build.campaign("not-yet", state="draft")
    seen = {}
    for role in ("read-only", "organizer", "staff"):
        client.force_login(build.user(role))
        seen[role] = set(waiting_for(client))

    assert seen == {
        "read-only": set(),
        "organizer": {"desk:uncertain", "desk:campaigns"},
        "staff": {"desk:uncertain"},
    }


def test_a_live_campaign_shows_what_came_today_apart_from_what_came_before(staff):
    ask = build.ask(campaign=build.campaign("open-now"))
    now = timezone.now()
    rows.action(ask, created_at=now)
    rows.action(ask, created_at=now - dt.timedelta(days=2))
    [row] = staff.get("/desk/").context["live"]

    assert (row["url"], row["today"]) == ("/desk/campaigns/open-now/", 1)


def test_every_hold_in_force_stands_there_in_words_with_its_reason(staff):
    seat = build.seat(district="7")
    campaign = build.campaign("open-now")
    for scope, key in (
        ("office", f"seat:{seat.pk}"),
        ("campaign", f"campaign:{campaign.pk}"),
        ("office", "seat:999999"),
    ):
        holds.place(scope, key, reason=f"Because of {key}", author="ana@example.org")
    page = staff.get("/desk/").content.decode()

    assert "Campaign: Open the playgrounds" in page
    assert "district 7" in page
    assert page.count("Because of ") == 3


def test_the_overview_costs_the_same_however_much_there_is(staff, django_assert_max_num_queries):
    def fill(number):
        troubled(2)
        campaign = build.ask(campaign=build.campaign(f"campaign-{number}")).campaign
        key = f"campaign:{campaign.pk}"
        holds.place("campaign", key, reason="A pause", author="ana@example.org")

    fill(1)
    staff.get("/desk/")  # what is asked once and kept
    with django_assert_max_num_queries(60) as few:
        staff.get("/desk/")
    for number in range(2, 6):
        fill(number)
    with django_assert_max_num_queries(60) as many:
        staff.get("/desk/")

    assert len(many) == len(few)
