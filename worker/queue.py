"""Waking workers: one Celery message says "this lane has work", or "this task, for this row".

What there is to do stands in rows. Losing a message costs a minute, never a letter: the sweep finds
the rows. Tasks are called by name, so whoever calls one imports none.
"""

import logging
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from kombu import Connection
from kombu.pools import producers

from worker.celery import DELIVER, app
from worker.models import PAPER

log = logging.getLogger(__name__)

PATIENCE_S = 1.0
# Somebody waits for a page meanwhile, so this connection gives up where the worker's own would keep
# trying.
IMPATIENT = {
    "socket_connect_timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S,
    "max_retries": 0,
    "retry_on_timeout": False,
}


def wake(lanes: Collection[str]) -> None:
    """Tell the workers that these lanes have work. Never raises."""
    # What people print is no worker's: it would find nothing to claim.
    call(DELIVER, [(lane,) for lane in sorted(lanes) if lane != PAPER])


def wake_on_commit(lanes: Collection[str]) -> None:
    """The same once the caller's transaction is committed; not at all if it is rolled back."""

    # A named function: Django reads __qualname__ when a robust callback fails, which a partial does
    # not have.
    def wake_workers() -> None:
        wake(lanes)

    if lanes:
        # robust: the rows are committed by now, so nothing that breaks here may become an error
        # page.
        transaction.on_commit(wake_workers, robust=True)


def call(task: str, arguments: Collection[tuple[Any, ...]], **options: Any) -> None:
    """Start a task of any room, by its name, once for each of these arguments.

    Never raises, and takes a few seconds at most: whoever calls has rows that a sweep will find.
    `options` are Celery's, such as `queue`.
    """
    if not arguments:
        return
    # Celery's own retries would sleep in the request of whoever is waiting (docs/safety.md 1.4).
    options |= {"retry": False, "ignore_result": True}
    try:
        with producers[impatient_connection(broker())].acquire(
            block=True, timeout=PATIENCE_S
        ) as producer:
            for one in arguments:
                app.send_task(task, one, producer=producer, **options)
    except Exception as error:  # whatever the broker's trouble is, the rows are safe
        log.warning(
            "The broker did not take a message (%s). The sweep will find what waits.",
            type(error).__name__,
        )


def broker() -> str:
    return settings.CELERY_BROKER_URL


def impatient_connection(url: str) -> Connection:
    return Connection(
        url, transport_options={**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **IMPATIENT}
    )
