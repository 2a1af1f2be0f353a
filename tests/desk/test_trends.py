"""What stands out in an hour against the days before, and where its actions are."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from actions import retention
from actions.models import Submission, Voice
from actions.screening import bursts, marks
from desk.models import Trend
from desk.quarantine import trends
from tests import build
from tests.desk import quarantined
from tests.desk.quarantined import WORDS, sent

PAGE = "/desk/quarantine/unusual/"


@pytest.fixture
def petition(db):
    return quarantined.petition()


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def many_every_day(now):
    """An old office's network, at this hour of the six days before."""
    for days in range(1, 7):
        hour = trends.begin_of_hour(now) - dt.timedelta(days=days)
        key = bursts.network_of("192.0.2.1")
        Trend.objects.create(hour=hour, kind="network", key=key, number=9, example=1)
        Trend.objects.create(hour=hour, kind="network", key="", number=10, example=1)


def an_hour(petition):
    """That office and a new one; one name on many mailboxes; words of one hand; the young, and one
    of whom there are few.
    """
    for n in range(6):
        old = {"own_words": "", "family_name": f"A{n}"}
        sent(petition, f"old{n}", address=f"192.0.2.{n}", **old)
        new = {"domain": "one.example", "own_words": f"Hello number {n}. {WORDS}"}
        sent(petition, f"new{n}", address=f"198.51.100.{n}", **new)
        young = {"is_minor": True, "given_name": "Yolanda", "domain": f"y{n}.example"}
        sent(petition, f"y{n}", address=f"203.0.113.{n}", **young)
    few = {"domain": "few.example", "own_words": "Mine.", "family_name": "Few"}
    sent(petition, "few", address="203.0.114.1", **few)


def test_networks_domains_names_and_texts_stand_out_and_lead_to_their_actions(staff, petition):
    now = trends.begin_of_hour(timezone.now()) + dt.timedelta(minutes=20)
    many_every_day(now)
    with time_machine.travel(now, tick=False):
        an_hour(petition)
        trends.note()
        trends.note()
        page = staff.get(PAGE)
        text = page.content.decode()

        assert page.context["mailboxes"] == 19
        rows = {str(heading): rows for heading, rows in page.context["groups"]}
        networks = {row["name"] for row in rows["Networks"]}
        of = {
            n: "Network " + marks.name_of_network(bursts.network_of(f"{n}.1"))
            for n in ("198.51.100", "192.0.2")
        }
        assert of["198.51.100"] in networks
        assert of["192.0.2"] not in networks
        assert [row["name"] for row in rows["Names"]] == ["Nora Álvarez"]
        assert [row["number"] for row in rows["Texts alike"]] == [6]
        assert "one.example" in {row["name"] for row in rows["Mail domains"]}
        for nobodys in (
            "198.51.100",
            "Yolanda",
            "few.example",
            "y0.example",
            bursts.network_of("203.0.114.1"),
        ):
            assert nobodys not in text
        for heading in ("Networks", "Mail domains", "Names", "Texts alike"):
            row = next(row for row in rows[heading] if row["number"] == 6)
            found = staff.get(f"/desk/quarantine/counted/?{row['line']}")
            assert found.context["total"] == 6, heading
    with time_machine.travel(now + dt.timedelta(days=61)):
        trends.note()
        retention.forget_unconfirmed()
    assert not Trend.objects.filter(number__gt=0).exists()
    assert not Submission.objects.exclude(kept_network="", likeness="").exists()


def test_no_voice_of_a_child_has_a_mark():
    assert {field.name for field in Voice._meta.fields} == {
        "id",
        "ask",
        "idempotency_key",
        "raised_on",
    }
