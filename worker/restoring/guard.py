"""No task runs on a restored database before somebody has looked through it."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from django.db import DatabaseError, InterfaceError, connection

log = logging.getLogger(__name__)


class GuardedTask(Task):
    """What beat starts again and again is left out; whatever is in rows is found afterwards."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Loaded before Django is.
        from worker.restoring import mode

        try:
            if mode.is_on():
                log.info("Restore mode: %s waits", self.name)
                return None
        except (DatabaseError, InterfaceError):
            # Without a database nothing leaves either, and each task knows how long it waits for
            # it.
            connection.close_if_unusable_or_obsolete()
        return super().__call__(*args, **kwargs)
