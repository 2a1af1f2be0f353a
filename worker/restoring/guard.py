"""No task runs on a restored database before somebody has looked through it."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from celery.exceptions import Ignore
from django.db import DatabaseError, InterfaceError, connection

log = logging.getLogger(__name__)


class GuardedTask(Task):
    """What beat starts again and again is left out; whatever is in rows is found afterwards."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Loaded before Django is.
        from worker.restoring import mode

        try:
            waits = mode.is_on()
        except (DatabaseError, InterfaceError):
            # Without a database nothing leaves either, and each task knows how long it waits for
            # it.
            connection.close_if_unusable_or_obsolete()
            waits = False
        if waits:
            log.info("Restore mode: %s waits", self.name)
            # Not a success: a periodic job that was left out has not finished (worker.jobs).
            raise Ignore
        return super().__call__(*args, **kwargs)
