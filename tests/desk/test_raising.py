"""Alarms: each rule of the runbook raises one, once; administrators and the hook are told, daily
while it lasts, and when it is over.
"""

import datetime as dt
import json
import re
import shlex
import sys
from collections import namedtuple

import pytest
import time_machine
from django.conf import settings as configured
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from desk.models import RaisedAlarm
from desk.monitoring import alarms, jobs, measurements, outside, raising, this_machine, troubles
from desk.monitoring.alarm import Alarm
from tests import build
from tests.far_server import FarServer
from worker import jobs as periodic
from worker import redis_state
from worker.celery import app
from worker.channels import blocklists, certificate
from worker.clock import Clock
from worker.engine.sweep import sweep
from worker.models import CaughtMail, Delivery, Heartbeat

pytestmark = pytest.mark.django_db
MINUTES = dt.timedelta(minutes=1)
BROKEN = Alarm("broken", "It is broken", "Mend it.")


@pytest.fixture
def boss():
    return build.user("administrator", email="boss@example.org")


@pytest.fixture
def hook(settings):
    """What a chat's server was told; it refuses while `refuses`."""
    told = []

    def reply(desk, method, body):
        told.append(json.loads(body))
        desk.send_response(503 if far.refuses else 204)
        desk.end_headers()

    with FarServer() as far:
        far.reply, far.refuses, far.told = reply, False, told
        settings.ALARM_HOOK_URL = f"{far.url}/secret"
        yield far


def mailed():
    return list(Delivery.objects.order_by("pk").values_list("recipient", "subject"))


def test_an_alarm_is_told_once_then_daily_and_when_it_is_over(boss, hook):
    found = [BROKEN]

    def source(on):
        return found

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            raising.look([source])
            clock.shift(5 * MINUTES)
        found = []
        raising.look([source])  # gone for a moment
        clock.shift(5 * MINUTES)
        found = [BROKEN]
        hook.refuses = True
        clock.shift(24 * 60 * MINUTES)
        raising.look([source])
        hook.refuses = False
        clock.shift(5 * MINUTES)
        found = []
        raising.look([])  # this one asks others: nobody says that it is over
        clock.shift(20 * MINUTES)
        raising.look([source])

    assert mailed() == [
        ("boss@example.org", "Alarm: It is broken"),
        ("boss@example.org", "Alarm: It is broken"),
        ("boss@example.org", "It is over: It is broken"),
    ]
    # What it refused it was told again.
    assert [one["state"] for one in hook.told] == ["raised", "still", "still", "over"]
    assert hook.told[0]["text"].startswith("Alarm: It is broken\nMend it.\nhttp")


def test_another_machines_alarm_is_not_ours_to_end_and_a_check_that_breaks_ends_nothing(boss):
    theirs = BROKEN._replace(key="disk:other", machine="other")
    results = [[theirs, BROKEN], ValueError("a check broke"), []]

    def source(on):
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for standing in ({"disk:other", "broken"}, {"disk:other", "broken"}, {"disk:other"}):
            raising.look([source])
            assert {row.key for row in raising.standing()} == standing
            clock.shift(60 * MINUTES)


def test_that_no_mail_leaves_is_told_past_the_outbox_and_by_a_command(boss, settings, tmp_path):
    heard = tmp_path / "heard"
    program = f"import sys; open({str(heard)!r}, 'w').write(sys.stdin.read())"
    settings.ALARM_HOOK_COMMAND = shlex.join([sys.executable, "-c", program])
    sent = []
    mail = pytest.MonkeyPatch()
    mail.setattr("desk.monitoring.alarm_mail.email.send", sent.append)

    raising.look([troubles.of_numbers])
    mail.undo()

    assert [letter.recipient for letter in sent] == ["boss@example.org"]
    assert mailed() == []
    assert json.loads(heard.read_text())["key"] == "nobody-sweeps"


def test_with_the_database_away_the_hook_and_named_mailboxes_are_told_once(
    hook, settings, tmp_path, monkeypatch
):
    settings.VAR_DIR, settings.ALARM_MAIL_TO = tmp_path, ["me@example.org"]
    sent, state = [], {"away": True}
    monkeypatch.setattr("desk.monitoring.without_database.email.send", sent.append)

    def look(sources):
        if state["away"]:
            raise OperationalError
        return 0

    monkeypatch.setattr(raising, "look", look)
    for away in (True, True, False, False):
        state["away"] = away
        call_command("tell_alarms")

    assert [one["state"] for one in hook.told] == ["raised", "over"]
    assert [letter.recipient for letter in sent] == ["me@example.org"] * 2


def test_every_rule_of_the_runbook_raises_an_alarm():
    wrong = {
        "oldest_due_seconds": [{"lane": "letters:a.example", "value": 601}],
        "heartbeat_age_seconds": [{"job": "sweep", "value": 181}],
        "uncertain_oldest_seconds": [{"value": 86401}],
        "circuit_open": [{"lane": "letters:a.example", "value": 1}],
        "failed_last_hour": [{"value": 24}],
        "returns_last_day": [{"kind": "complaint", "value": 1}],
        "bursts": [{"value": 1}],
        "counters_lag_seconds": [{"value": 61}],
    }
    sweep()
    well = measurements.measure()
    assert troubles.from_numbers(well) == []

    for name, samples in wrong.items():
        assert len(troubles.from_numbers({**well, name: samples})) == 1, name
    runbook = (configured.BASE_DIR / "docs/runbook.md").read_text()
    ruled = set(re.findall(r"^\| [^|]+ \| `[^|`]*take_action_([a-z_]+)", runbook, re.MULTILINE))
    # Those have sources of their own.
    ruled -= {"alarm_days_left", "job_age_seconds", "backup_age_seconds", "restoring"}
    assert ruled == {*wrong}


def test_a_periodic_job_that_did_not_finish_is_named():
    assert jobs.of_jobs(dt.date.today()) == []
    Heartbeat.objects.filter(name="job:forget").update(at=timezone.now() - 31 * 60 * MINUTES)
    [alarm] = jobs.of_jobs(dt.date.today())
    assert "“forget” (last finished:" in alarm.sentence

    # A clock that starts knows what was missed meanwhile.
    assert Clock(app).schedule["forget"].is_due().is_due
    periodic.note_finish("actions.tasks.forget_unconfirmed")
    assert jobs.of_jobs(dt.date.today()) == []
    assert periodic.ages()["forget"] < 60
    assert not Clock(app).schedule["sweep"].is_due().is_due


def test_a_disk_a_certificate_and_a_blocklist_are_told(monkeypatch, settings):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(this_machine.shutil, "disk_usage", lambda path: Usage(10**11, 0, 10**8))
    settings.HTTPS, settings.SITE_URL = True, "https://act.example.org"
    settings.MAIL_SENDS_FROM = ["192.0.2.1"]
    end = dt.datetime(2026, 12, 7, tzinfo=dt.UTC)
    monkeypatch.setattr(certificate, "ends_at", lambda host, port: end)
    monkeypatch.setattr(blocklists, "is_listed", lambda address, name: True)
    on = dt.date(2026, 11, 30)

    [disk] = this_machine.of_disks(on)
    assert disk.machine == this_machine.name()
    assert outside.of_the_certificate(on)[0].day == end.date()
    assert outside.of_the_certificate(on - dt.timedelta(days=9)) == []
    assert outside.of_blocklists(on)[0].sentence.startswith("192.0.2.1: zen.spamhaus.org.")


def test_the_page_lists_what_stands_and_what_is_over(client, monkeypatch):
    monkeypatch.setattr(redis_state, "state", lambda: redis_state.FULL)
    client.force_login(build.user("staff"))
    page = client.get("/desk/alarms/").content.decode()
    assert "Nobody has looked for alarms yet." in page
    assert "Nothing is wrong" not in page
    raising.look([troubles.of_redis])
    RaisedAlarm.objects.create(
        key="old",
        title="An old one",
        page="desk:alarms",
        raised_at=timezone.now(),
        seen_at=timezone.now(),
        told_at=timezone.now(),
        over_at=timezone.now(),
    )

    page = client.get("/desk/alarms/").content.decode()

    assert "Redis takes nothing" in page
    assert "An old one" in page
    assert "Nobody has looked" not in page
    assert "Nobody looks for alarms." not in page
    assert "alarm: something of the site itself is wrong" in client.get("/desk/").content.decode()
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(minutes=20))
    assert "Nobody looks for alarms." in client.get("/desk/alarms/").content.decode()


def test_a_test_alarm_tries_both_ways(boss, hook, capsys):
    call_command("tell_alarms", "--test")

    assert "1 mails are on their way. The hook: it took it." in capsys.readouterr().out
    assert hook.told[0]["title"] == "This is a test"
    assert mailed() == [("boss@example.org", "Alarm: This is a test")]
    assert CaughtMail.objects.count() == 0


def test_every_source_is_asked_by_somebody():
    assert {raising.name_of(one) for one in (*alarms.SOURCES, *alarms.SLOW_SOURCES)} >= {
        "alarms.of_the_calendar",
        "troubles.of_numbers",
        "jobs.of_jobs",
    }
