"""An export through a real Redis and a real Celery worker, one of them killed half way."""

import datetime as dt
import os
import signal
import time

import pytest
from django.db import transaction
from django.utils import timezone

from desk.exports import job
from desk.models import Export, ExportPart
from supporters.models import Consent, Supporter
from tests import build
from tests.desk.spreadsheets import asked, read

MANY = 10_000


@pytest.fixture
def eve(transactional_db):
    same = {
        "mailbox": "m",
        "given_name": "Nora",
        "family_name": "North of the river and the old mill by the bridge",
        "city": "Upper Polk on the Hill",
        "zip": "02139",
        "proven_at": timezone.now(),
    }
    made = Supporter.objects.bulk_create(
        (Supporter(key=f"k{n}", email=f"n{n}@example.org", **same) for n in range(MANY)),
        batch_size=5000,
    )
    yes = {"purpose": "newsletter", "granted": True, "wording": "Yes."}
    Consent.objects.bulk_create((Consent(supporter=who, **yes) for who in made), batch_size=5000)
    return build.user("exporter")


def wait_until(export, **wanted):
    """Until the export's row fits, 60 s at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := Export.objects.filter(pk=export.pk, **wanted).first():
            return found
        time.sleep(0.01)
    raise AssertionError(Export.objects.filter(pk=export.pk).values())


def test_asking_is_enough_and_a_worker_killed_half_way_costs_time_and_no_row(start_worker, eve):
    columns = ["email", "given_name", "family_name", "city", "zip", "agreed_to", "agreed_on"]
    first = start_worker()
    with transaction.atomic():
        export = asked(eve, columns=columns)
    with transaction.atomic():
        # Whoever writes the second part of rows, behind the heads, waits for us here.
        ours = ExportPart.objects.create(export=export, number=3, content=b"")
        wait_until(export, rows_done__gt=0)
        time.sleep(0.2)
        os.killpg(first.process.pid, signal.SIGKILL)
        ours.delete()
    export.refresh_from_db()
    assert export.state == "running"
    assert 0 < export.rows_done < MANY

    Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    start_worker()
    job.sweep()
    export = wait_until(export, state="ready")

    addresses = [row["email"] for row in read(export)]
    assert len(addresses) == len(set(addresses)) == export.rows_done == MANY
