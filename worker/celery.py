"""The Celery app. A message only wakes a worker: what there is to do stands in rows."""

import gc
import os
from collections.abc import Mapping, Sequence
from typing import Any

from celery import Celery
from celery.signals import task_success, worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# It would run Django's checks, hear nothing of what they found, and load every page for it: half of
# a worker's memory. Web servers and manage.py insist on them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

MAIL = "mail"
LETTERS = "letters"
DELIVER = "worker.tasks.deliver"


def route(
    name: str, args: Sequence[Any], kwargs: Mapping[str, Any], options: Mapping[str, Any], **_: Any
) -> dict[str, str] | None:
    """Supporters' own mail has a queue of its own, so that a confirmation never waits behind a
    campaign.
    """
    # Other tasks say their queue when they are called, or take the default.
    if name == DELIVER:
        return {"queue": MAIL if args[0] == MAIL else LETTERS}
    return None


app = Celery("take_action", task_cls="worker.restoring.guard:GuardedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_routes = (route,)
app.autodiscover_tasks()


@task_success.connect
def note_finish(sender: Any = None, **_: Any) -> None:
    """Of a periodic job (worker.jobs): it came to its end."""
    from worker import jobs  # models are not there yet when this file is read

    jobs.note_finish(sender.name)


@worker_before_create_process.connect
def share_what_is_loaded(**_: Any) -> None:
    """What a worker has loaded stays shared with the processes that it forks: the collector, which
    writes into what it looks at, looks at it no more.
    """
    gc.collect()
    gc.freeze()
