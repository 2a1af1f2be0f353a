"""A database that was restored does not send what may have left, and says so by itself."""

import datetime as dt

import pytest
from celery.exceptions import Ignore
from django.db import connection
from django.utils import timezone

from tests.build import posted
from worker import tasks
from worker.engine import deliver, holds
from worker.models import Delivery, Hold, KnownDatabase, Restore
from worker.restoring import identity, mode

pytestmark = pytest.mark.django_db


def test_nothing_leaves_a_restored_database_before_both_steps_are_done(settings, smtp_sink):
    settings.DELIVERY_ENABLED, settings.SMTP_URL = True, smtp_sink.url
    (letter,) = posted(rehearsal=False)
    backup = timezone.now() - dt.timedelta(hours=100)
    Delivery.objects.filter(pk=letter.pk).update(
        due_at=backup, expires_at=backup + dt.timedelta(hours=72)
    )
    mode.begin("by hand", moment=backup)
    assert mode.begin("by hand").moment == backup

    assert holds.lift(Hold.Scope.EVERYTHING) is False
    deliver.deliver(letter.lane)
    for task in (lambda: tasks.deliver(letter.lane), tasks.sweep):
        with pytest.raises(Ignore):
            task()
    for step in ("settled_at", "replayed_at"):
        with pytest.raises(mode.NotYet):
            mode.end(by="ana", reason="Looked through")
        mode.note("Done.", **{step: timezone.now()})
    assert (len(smtp_sink.caught), Delivery.objects.get().state) == (0, "queued")

    mode.end(by="ana", reason="Looked through")
    assert not Hold.objects.exists()
    # The time since the backup is no time in which it was tried.
    tasks.deliver(letter.lane)
    assert (len(smtp_sink.caught), Delivery.objects.get().state) == (1, "sent")


def test_a_database_that_is_not_the_one_we_knew_is_a_restored_one():
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL says which it is")
    identity.look()
    assert KnownDatabase.objects.get().pk == identity.identity() != ""
    identity.look()
    assert not mode.is_on()

    (letter,) = posted()
    KnownDatabase.objects.update(identity="6.00000001.5")
    identity.look()
    identity.look()
    assert mode.is_on()
    assert Restore.objects.get().moment == letter.posted_at

    mode.end(by="ana", reason="Moved, and stopped before", nothing_was_lost=True)
    identity.look()
    assert not mode.is_on()


def test_a_hold_of_somebody_outlives_the_restore():
    holds.place(Hold.Scope.EVERYTHING, reason="A wrong letter", author="ana")
    mode.begin("by hand")
    mode.end(by="ana", reason="Moved", nothing_was_lost=True)

    assert Hold.objects.get().author == "ana"
