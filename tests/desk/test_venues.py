"""Many at one place: room for its network, one campaign and some hours, and for nothing else."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Submission, Venue
from actions.screening import bursts, rates
from tests import build
from tests.desk import quarantined
from tests.desk.quarantined import sent

PAGE = "/desk/campaigns/playgrounds/venues/"
SCHOOL, HOME = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def petition(db):
    return quarantined.petition()


@pytest.fixture
def organizer(client, db):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


def hours(begins, ends):
    local = [timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") for at in (begins, ends)]
    return {"name": "Polk High School", "begins_at": local[0], "ends_at": local[1]}


def test_one_network_has_room_for_named_hours_and_one_campaign(organizer, petition, monkeypatch):
    monkeypatch.setattr(bursts, "FROM_NETWORK", 2)
    monkeypatch.setattr(bursts, "FOR_DOMAIN", 2)
    monkeypatch.setitem(rates.RATES, "act", "1/m")
    now = timezone.now()
    for refused in (
        hours(now, now - dt.timedelta(hours=1)),
        hours(now, now + dt.timedelta(hours=13)),
        hours(now + dt.timedelta(days=8), now + dt.timedelta(days=8, hours=1)),
    ):
        assert organizer.post(PAGE, refused, REMOTE_ADDR=SCHOOL).status_code == 422
    named = hours(now, now + dt.timedelta(hours=2))
    organizer.post(PAGE, named, REMOTE_ADDR=SCHOOL)
    page = organizer.get(PAGE, REMOTE_ADDR=SCHOOL).content.decode()
    assert "Polk High School" in page
    venue = Venue.objects.get()
    assert SCHOOL not in page + str(Venue.objects.values())
    line = AuditEntry.objects.get(deed="venue opened")
    assert (line.actor, line.detail["venue"]) == ("olga@example.org", venue.pk)

    def came(name, address, ask=petition, domain="school.example"):
        return sent(ask, name, address=address, domain=domain, confirmed=False).state

    with time_machine.travel(now + dt.timedelta(minutes=5)):
        # Also past what a school's own mail domain may send, and somebody at home is not crowded out.
        assert {came(f"p{n}", SCHOOL) for n in range(6)} == {"waiting"}
        assert came("home", HOME) == "waiting"
        assert [came(f"h{n}", HOME, domain=f"h{n}.example") for n in range(3)][-1] == "quarantined"
        other = build.ask("petition", campaign=build.campaign("libraries"))
        build.petition_text(other)
        assert came("elsewhere", SCHOOL, ask=other) == "quarantined"
        pressed = [rates.seconds_to_wait(at(SCHOOL), "act") for _ in range(12)]
        assert (pressed[9], pressed[-1] > 0) == (0, True)
        assert [rates.seconds_to_wait(at(HOME), "act") > 0 for _ in range(2)] == [False, True]
    with time_machine.travel(now + dt.timedelta(hours=2, minutes=15)):
        assert [came(f"late{n}", SCHOOL) for n in range(3)][-1] == "quarantined"
    organizer.post(f"{PAGE}{venue.pk}/close/")
    venue.refresh_from_db()
    assert (venue.closed_by, bursts.has_room(venue.network)) == ("olga@example.org", False)
    assert not Submission.objects.filter(mail_domain="", network="").exists()


def at(address):
    from django.test import RequestFactory

    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.client_ip = address
    return request
