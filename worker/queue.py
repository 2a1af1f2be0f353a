"""The doorbell: one Celery message per lane says "there is work".

Losing it costs a minute, never a letter.
"""

import logging
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from kombu import Connection
from kombu.pools import producers

from worker.models import PAPER

log = logging.getLogger(__name__)

PATIENCE_S = 1.0
# Somebody waits for a page while we ring, so this connection gives up where the worker's own would
# keep trying.
IMPATIENT = {
    "socket_connect_timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S,
    "max_retries": 0,
    "retry_on_timeout": False,
}


def wake(lanes: Collection[str]) -> None:
    """Tell the workers that these lanes have work.

    Never raises; a dead broker is only logged, the sweep finds the rows.
    """
    from worker.tasks import deliver

    call(deliver, [(lane,) for lane in sorted(lanes) if lane != PAPER])


def wake_on_commit(lanes: Collection[str]) -> None:
    # A named function: Django reads __qualname__ when a robust callback fails, which a partial does
    # not have.
    def wake_workers() -> None:
        wake(lanes)

    if lanes:
        transaction.on_commit(wake_workers, robust=True)


def call(task: Any, arguments: Collection[tuple[Any, ...]], **options: Any) -> None:
    """Start a task of any room once for each of these.

    Never raises: whoever calls has rows that a sweep will find.
    """
    if not arguments:
        return
    try:
        with producers[impatient_line(broker())].acquire(
            block=True, timeout=PATIENCE_S
        ) as producer:
            for one in arguments:
                task.apply_async(one, producer=producer, retry=False, **options)
    except Exception as error:  # whatever the broker's trouble is, the rows are safe
        log.warning(
            "The broker did not take the bell (%s). The sweep will find what waits.",
            type(error).__name__,
        )


def broker() -> str:
    return settings.CELERY_BROKER_URL


def impatient_line(url: str) -> Connection:
    return Connection(
        url, transport_options={**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **IMPATIENT}
    )
