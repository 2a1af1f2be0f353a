"""Tasks are called by name, by other tasks, by the clock and by messages in flight: each name is
there.
"""

import json
import re

from django.conf import settings
from redis import Redis

from worker import queue
from worker.celery import app

ROOMS = ("worker", "legislators", "campaigns", "supporters", "actions", "desk", "demo", "config")
NAME = re.compile(r'"((?:worker|legislators|campaigns|supporters|actions|desk)\.tasks\.\w+)"')


def names_in_code():
    return {
        name
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        for name in NAME.findall(path.read_text())
    }


def test_every_task_that_is_called_by_name_is_there():
    app.loader.import_default_modules()

    assert {"worker.tasks.deliver", "worker.tasks.sweep"} <= names_in_code()
    assert names_in_code() - app.tasks.keys() == set()


def test_the_names_that_clocks_and_messages_in_flight_know_stay():
    app.loader.import_default_modules()

    assert {
        "worker.tasks.ask_about_doubt",
        "worker.tasks.deliver",
        "worker.tasks.forget",
        "worker.tasks.make_print_batch",
        "worker.tasks.refresh_congress",
        "worker.tasks.ring_for_waiting",
        "worker.tasks.sweep",
        "worker.tasks.sweep_print_batches",
        "worker.tasks.weigh_addresses",
    } <= app.tasks.keys()


def test_a_message_of_ours_is_what_celery_itself_would_have_sent():
    app.send_task("worker.tasks.deliver", ("mail",), ignore_result=True)
    queue.call("worker.tasks.deliver", [("mail",)])

    ours, theirs = map(json.loads, Redis.from_url(settings.REDIS_URL).lrange("mail", 0, -1))
    ids = {"id", "root_id", "correlation_id", "delivery_tag", "reply_to"}
    ids |= {"timelimit"}  # a worker keeps its own, which is the same setting
    for part in ("headers", "properties"):
        assert not theirs[part].keys() - ours[part].keys() - ids
        same = theirs[part].keys() - ids
        assert {name: ours[part][name] for name in same} == {n: theirs[part][n] for n in same}
    names = ("body", "content-type", "content-encoding")
    assert [ours[name] for name in names] == [theirs[name] for name in names]
