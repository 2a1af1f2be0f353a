"""An export through a real Redis and a real Celery worker, one of them killed half way."""

import datetime as dt
import os
import signal
import time

import pytest
from django.utils import timezone

from desk.models import Export
from desk.supporters import export_job
from desk.supporters.filters import ANYONE, Selection
from supporters.models import Supporter
from tests import build
from tests.desk.spreadsheets import PURPOSE, emails, read

FEW, MANY = 2_000, 30_000


@pytest.fixture(params=[MANY])
def eve(request, transactional_db):
    same = {
        "mailbox": "m",
        "given_name": "Nora",
        "family_name": "North",
        "zip": "02139",
        "proven_at": timezone.now(),
    }
    Supporter.objects.bulk_create(
        (Supporter(key=f"k{n}", email=f"n{n}@example.org", **same) for n in range(request.param)),
        batch_size=5000,
    )
    return build.user("exporter")


def wait_until(export, **wanted):
    """Until the export's row fits, 60 s at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := Export.objects.filter(pk=export.pk, **wanted).first():
            return found
        time.sleep(0.01)
    raise AssertionError(Export.objects.filter(pk=export.pk).values())


def asked(eve):
    return export_job.ask_for_export(
        eve, kind="supporters", filters=Selection(consent=ANYONE).as_json(), purpose=PURPOSE
    )


@pytest.mark.parametrize("eve", [FEW], indirect=True)
def test_asking_is_enough(celery_worker, eve):
    export = wait_until(asked(eve), state="ready")

    assert len(emails(read(export))) == FEW


def test_a_worker_killed_half_way_costs_time_and_no_row(start_worker, eve):
    first = start_worker()
    export = asked(eve)
    wait_until(export, rows_done__gt=0)
    os.killpg(first.process.pid, signal.SIGKILL)
    export.refresh_from_db()
    assert export.state == "running"
    assert 0 < export.rows_done < MANY

    Export.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=5))
    start_worker()
    export_job.sweep()
    export = wait_until(export, state="ready")

    addresses = [row["email"] for row in read(export)]
    assert len(addresses) == len(set(addresses)) == export.rows_done == MANY
