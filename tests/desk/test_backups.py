"""Backups that are late, or that nobody set up, are an alarm once letters are real."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from desk.monitoring import backups
from worker.models import Heartbeat
from worker.restoring import mode

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 30)


def test_late_backups_and_a_restored_database_are_told(settings, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL is backed up like this")
    now = timezone.now()
    assert backups.of_backups(TODAY) == []

    settings.DELIVERY_ENABLED = True
    keys = {one.key for one in backups.of_backups(TODAY)}
    assert keys == {"backup-wal", "backup-base", "backup-off"}
    monkeypatch.setattr(backups, "wal_archived_at", lambda: now)
    Heartbeat.objects.create(name=backups.BASE, at=now - dt.timedelta(hours=29))
    Heartbeat.objects.create(name=backups.OFF, at=now - dt.timedelta(minutes=11))
    assert {one.key for one in backups.of_backups(TODAY)} == {"backup-off"}
    ages = {one["what"]: one["value"] for one in backups.ages()}
    assert ages["wal"] < 60 < 11 * 60 <= ages["off"] < ages["base"]

    assert backups.of_restoring(TODAY) == []
    mode.begin("by hand")
    [alarm] = backups.of_restoring(TODAY)
    # Mail waits behind the restore: this one goes past the outbox.
    assert alarm.straight
