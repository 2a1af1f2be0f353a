"""Waking workers: one Celery message says "this lane has work", or "this task, for this row".

What there is to do stands in rows. Losing a message costs a minute, never a letter: the sweep finds
the rows. Tasks are called by name, so whoever calls one imports none.
"""

import logging
from base64 import b64encode
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from celery.utils import uuid
from django.conf import settings
from django.db import transaction
from kombu.entity import PERSISTENT_DELIVERY_MODE
from kombu.utils.json import dumps
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError
from redis.retry import Retry

from worker.celery import DELIVER, app, route
from worker.models import PAPER

log = logging.getLogger(__name__)

PATIENCE_S = 1.0


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


def call(task: str, arguments: Collection[tuple[Any, ...]], *, queue: str = "") -> None:
    """Start a task of any room, by its name, once for each of these arguments.

    Never raises, and takes a few seconds at most: whoever calls has rows that a sweep will find.
    Without a `queue` it takes the way that its task usually takes (worker.celery).
    """
    if not arguments:
        return
    try:
        redis = impatient(broker())
        for one in arguments:
            name = queue or queue_of(task, one)
            redis.lpush(name, message(task, one, name))
    except Exception as error:  # whatever the broker's trouble is, the rows are safe
        log.warning(
            "The broker did not take a message (%s). The sweep will find what waits.",
            type(error).__name__,
        )


def queue_of(task: str, arguments: tuple[Any, ...]) -> str:
    routed = route(task, arguments, {}, {}) or {}
    return str(routed.get("queue", settings.CELERY_TASK_DEFAULT_QUEUE))


def message(task: str, arguments: tuple[Any, ...], queue: str) -> str:
    """As kombu lays one down in Redis: its own way there makes a client and looks a route up for
    each, which is seven times the work, and a tenth of a signature's.
    """
    made = app.amqp.create_task_message(uuid(), task, arguments, {}, ignore_result=True)
    return dumps(
        {
            "body": b64encode(dumps(made.body).encode()).decode(),
            "content-encoding": "utf-8",
            "content-type": "application/json",
            "headers": made.headers,
            "properties": {
                **made.properties,
                "delivery_mode": PERSISTENT_DELIVERY_MODE,
                "delivery_info": {"exchange": "", "routing_key": queue},
                "priority": 0,
                "body_encoding": "base64",
                "delivery_tag": uuid(),
            },
        }
    )


def broker() -> str:
    return settings.CELERY_BROKER_URL


@lru_cache
def impatient(url: str) -> Redis:
    """Somebody waits for a page meanwhile, so it gives up where the worker's own keeps trying; a
    line that was cut is opened once more (docs/safety.md 1.4).
    """
    return Redis.from_url(
        url,
        socket_connect_timeout=PATIENCE_S,
        socket_timeout=PATIENCE_S,
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
    )
