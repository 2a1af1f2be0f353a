"""Each row of the runbook's table of alarms is rung by what it says, as it lies in the database or
outside of it; the hook and the administrators hear of it, and nobody did before.
"""

import datetime as dt
from collections import namedtuple
from email import message_from_bytes, policy

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from actions.confirm import confirm
from actions.models import Action, Burst
from actions.take import take_action
from desk.monitoring import alarms, raising, this_machine
from legislators.holders import office_day
from tests import build
from tests.desk import test_raising
from tests.legislators.seats import edition
from worker import redis_state
from worker.channels import alarm_hook, blocklists, certificate
from worker.engine.sweep import sweep
from worker.models import Delivery, Heartbeat, Lane, Return
from worker.restoring import mode

pytestmark = pytest.mark.django_db
SOURCES = {raising.name_of(one): one for one in (*alarms.SOURCES, *alarms.SLOW_SOURCES)}
RUNBOOK = (configured.BASE_DIR / "docs/runbook.md").read_text()
TABLE = RUNBOOK[RUNBOOK.index("| alarm | rule |") :].partition("\n\n")[0].splitlines()[2:]
ROWS = [line.split("|")[1].partition("(")[0].strip() for line in TABLE]
Usage = namedtuple("Usage", "total used free")
# Row -> (keys of its alarms, who raises them, what makes it so).
RINGS = {}
# Told without the database, by another way than all others.
BY_ITSELF = {
    "the database is away": (
        test_raising.test_with_the_database_away_the_hook_and_named_mailboxes_are_told_once
    )
}


def rings(row, *keys, by):
    def note(ring):
        RINGS[row] = (set(keys), by, ring)
        return ring

    return note


def ago(**amount):
    return timezone.now() - dt.timedelta(**amount)


@rings("letters wait", "letters-wait", by="troubles.of_numbers")
def letters_wait(settings, monkeypatch):
    build.posted(1)
    Delivery.objects.update(due_at=ago(minutes=11))


@rings("nobody sweeps", "nobody-sweeps", by="troubles.of_numbers")
def nobody_sweeps(settings, monkeypatch):
    Heartbeat.objects.filter(name="sweep").update(at=ago(minutes=4))


@rings("doubt is left lying", "doubt-is-left", by="troubles.of_numbers")
def doubt(settings, monkeypatch):
    build.posted(1)
    Delivery.objects.update(state="uncertain", settled_at=ago(hours=25))


@rings("a way out is closed", "a-way-is-closed", by="troubles.of_numbers")
def closed(settings, monkeypatch):
    Lane.objects.create(name="letters:house.example", open_until=ago(minutes=-5))


@rings("letters fail", "letters-fail", by="troubles.of_numbers")
def failures(settings, monkeypatch):
    build.posted(21)
    Delivery.objects.update(state="failed", settled_at=ago(minutes=30))


@rings("it comes back", "complaints", by="troubles.of_numbers")
def complaint(settings, monkeypatch):
    Return.objects.create(kind="complaint", source="hook", digest="1")


@rings("a day comes", "map-cd", by="alarms.of_the_calendar")
def map_ends(settings, monkeypatch):
    edition(states=["AZ"], valid_to=office_day() + dt.timedelta(days=13))


@rings("more comes in than people send", "more-than-people-send", by="troubles.of_numbers")
def burst(settings, monkeypatch):
    Burst.objects.create(
        scope="a", because="network", began_at=ago(minutes=1), until=ago(minutes=-5)
    )


@rings("counts stand still", "counts-stand-still", by="troubles.of_numbers")
def uncounted(settings, monkeypatch):
    ask = build.ask("petition")
    build.petition_text(ask)
    confirm(take_action(ask, build.filled_form(ask)))
    Action.objects.update(changed_at=ago(seconds=90))
    # Its mail is another alarm's.
    Delivery.objects.update(state="sent", settled_at=timezone.now())


@rings("a backup is late", "backup-wal", "backup-base", "backup-off", by="backups.of_backups")
def never_backed_up(settings, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL is backed up like this")
    settings.DELIVERY_ENABLED = True


@rings("a restored database waits", "restoring", by="backups.of_restoring")
def restored(settings, monkeypatch):
    mode.begin("by hand")


@rings("a periodic job did not finish", "jobs", by="jobs.of_jobs")
def unfinished(settings, monkeypatch):
    Heartbeat.objects.filter(name="job:forget").update(at=ago(hours=31))


@rings("Redis takes nothing, or is away", "redis", by="troubles.of_redis")
def redis_away(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert redis_state.state() == redis_state.DOWN


@rings("a disk is nearly full", f"disk:{this_machine.name()}", by="this_machine.of_disks")
def full_disk(settings, monkeypatch):
    monkeypatch.setattr(this_machine.shutil, "disk_usage", lambda path: Usage(10**11, 0, 10**8))


@rings("the certificate ends", "certificate", by="outside.of_the_certificate")
def certificate_ends(settings, monkeypatch):
    settings.HTTPS, settings.SITE_URL = True, "https://act.example.org"
    monkeypatch.setattr(certificate, "ends_at", lambda host, port: ago(days=-9))


@rings("our mail server is on a blocklist", "blocklist", by="outside.of_blocklists")
def listed(settings, monkeypatch):
    settings.MAIL_SENDS_FROM = ["192.0.2.1"]
    monkeypatch.setattr(blocklists, "is_listed", lambda address, name: True)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in BY_ITSELF])
def test_a_row_of_the_runbook_is_heard_by_administrators_and_by_the_hook(
    row, settings, monkeypatch
):
    keys, by, ring = RINGS[row]
    boss = build.user("administrator")
    settings.ALARM_HOOK_URL, hook, straight = "https://chat.example.org", [], []
    monkeypatch.setattr(alarm_hook, "tell", lambda news: not hook.append(news))
    monkeypatch.setattr("desk.monitoring.alarm_mail.email.send", straight.append)
    sweep()
    raising.look([SOURCES[by]])
    assert not {news["key"] for news in hook} & keys

    ring(settings, monkeypatch)
    raising.look([SOURCES[by]])

    raised = {news["key"]: news["title"] for news in hook if news["state"] == "raised"}
    assert raised.keys() >= keys
    posted = Delivery.objects.filter(recipient=boss.email).values_list("subject", flat=True)
    mailed = [*posted, *map(subject_of, straight)]
    for key in keys:
        [subject] = [each for each in mailed if each.endswith(raised[key])]
        assert subject != raised[key], "it does not say that it is an alarm"


def subject_of(letter):
    return message_from_bytes(letter.message, policy=policy.default)["Subject"]


def test_the_table_has_every_alarm_that_is_looked_for():
    assert {*RINGS} | {*BY_ITSELF} == {*ROWS}
    assert {by for _, by, _ in RINGS.values()} == SOURCES.keys()
