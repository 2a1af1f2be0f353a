"""Tasks are called by name, by other tasks, by the clock and by messages in flight: each name is
there.
"""

import re

from django.conf import settings

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
