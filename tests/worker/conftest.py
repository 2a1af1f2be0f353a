"""What the tests of this room share: the state and the attempts of a row, and other ways to be
late.
"""

from datetime import timedelta

import pytest
from django.db.models import F

from tests.smtp_sink import Sink
from worker.channels.cwc import spacing
from worker.models import Attempt, Delivery, Lane


@pytest.fixture
def state_of():
    def read(row):
        return Delivery.objects.values_list("state", flat=True).get(pk=row.pk)

    return read


@pytest.fixture
def attempts_of():
    """Its attempts, oldest first: (state, code, answer, author)."""

    def read(row):
        return list(row.attempts.values_list("state", "code", "answer", "author"))

    return read


@pytest.fixture
def make_due():
    def move():
        Delivery.objects.filter(state="queued").update(due_at="2020-01-01T00:00Z")

    return move


@pytest.fixture
def relay(settings):
    """The real way out: a server of its own beside the catcher.

    Nothing goes there while delivery is off.
    """
    with Sink() as sink:
        settings.SMTP_URL = sink.url
        yield sink


@pytest.fixture
def delivering(settings, relay):
    settings.DELIVERY_ENABLED = True
    return relay


@pytest.fixture
def time_passes():
    """Everything that was written down becomes older."""

    def move(**span):
        back = timedelta(**span)
        for model in (Delivery, Lane, Attempt):
            times = [
                field.name
                for field in model._meta.fields
                if field.get_internal_type() == "DateTimeField"
            ]
            model.objects.update(**{name: F(name) - back for name in times})

    return move


@pytest.fixture
def own_pace(monkeypatch):
    """The pace to Congress is kept in Redis, which a test of answers does not need."""
    monkeypatch.setattr(spacing, "wait", lambda key, per_second: None)


@pytest.fixture
def called(monkeypatch, db):
    """Note which tasks are called instead of calling them over the network."""
    noted = []
    monkeypatch.setattr(
        "worker.queue.call",
        lambda task, arguments, **options: noted.extend((task, *one) for one in arguments),
    )
    return noted


@pytest.fixture
def woken(monkeypatch):
    lanes_woken = []
    for door in (
        "worker.engine.deliver.wake",
        "worker.engine.pace.wake",
        "worker.engine.sweep.wake",
        "worker.queue.wake",
    ):
        monkeypatch.setattr(door, lanes_woken.extend)
    return lanes_woken
