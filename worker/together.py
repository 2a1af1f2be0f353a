"""All programs but the web server as children of one, which has read the code before it forks them:
what they have in common is in memory once (docs/install.md, A small machine).

`python -m worker.together`. Each child is the program that its own unit would run; one that ends is
started again. To restart one alone, end it: `ps` shows each by its name.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import FrameType
from typing import NoReturn

import django
from billiard.util import get_pdeathsig
from django.core.management import call_command

from worker.celery import app

PAUSE_S = 2.0
ENDING = (signal.SIGTERM, signal.SIGINT)
# What each child would read for itself.
CODE = (
    "aiosmtpd.smtp",
    "billiard.popen_fork",
    "billiard.sharedctypes",
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.events",
    "celery.app.log",
    "celery.apps.beat",
    "celery.apps.worker",
    "celery.backends.base",
    "celery.bin.celery",
    "celery.concurrency.prefork",
    "celery.events.receiver",
    "celery.worker.autoscale",
    "celery.worker.consumer",
    "celery.worker.consumer.delayed_delivery",
    "celery.worker.request",
    "celery.worker.strategy",
    "django.db.backends.postgresql.base",
    "django.urls",
    "email.policy",
    "kombu.transport.redis",
    "worker.clock",
    "worker.inbound.listener",
    "worker.restoring.guard",
)
# Queue -> so many tasks at once.
QUEUES = {"work": 2, "mail": 1, "letters": 1, "desk": 1}


def main() -> int:
    """Until SIGTERM; then each child finishes what is in its hands."""
    django.setup()
    app.loader.import_default_modules()
    for name in CODE:
        import_module(name)
    app.finalize()
    # Each process of a worker would else load a parser of C to ask this, and a program to ask that.
    get_pdeathsig()
    platform.processor()
    gc.collect()
    # The collector writes into what it looks at, and that would be each child's own from then on.
    gc.freeze()
    return Crew(programs(os.environ["VAR_DIR"])).watch()


def programs(var: str) -> dict[str, Callable[[], object]]:
    """By name, as in docs/deploy/systemd."""
    schedule = f"--schedule={var}/beat-schedule"
    beat = ["beat", "--loglevel=WARNING", "--pidfile=", schedule]
    return {
        **{name: partial(app.worker_main, worker(name)) for name in QUEUES},
        "beat": partial(app.start, beat),
        "catcher": partial(call_command, "catch_mail"),
        "returns": partial(call_command, "take_returns"),
    }


def worker(queue: str) -> list[str]:
    named = [f"--queues={queue}", f"--hostname={queue}@%h", f"--concurrency={QUEUES[queue]}"]
    # Each of its processes begins some 20 MB below: what a big task leaves in one goes with it.
    most = f"--max-memory-per-child={resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}"
    return ["worker", *named, most, "--loglevel=WARNING", "--without-gossip"]


class Crew:
    """The children: forked, waited for, started again."""

    def __init__(self, programs: Mapping[str, Callable[[], object]]) -> None:
        self.programs, self.running, self.is_ending = programs, dict[int, str](), False

    def watch(self) -> int:
        """0 once all have ended that were asked to."""
        for each in ENDING:
            signal.signal(each, self.end)
        for name in self.programs:
            self.start(name)
        while self.running:
            pid, _status = os.wait()
            name = self.running.pop(pid, "")
            if name and not self.is_ending:
                time.sleep(PAUSE_S)
                self.start(name)
        return 0

    def start(self, name: str) -> None:
        # Who is told to end between a fork and its noting would run on, and hold up the stop.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            if self.is_ending:
                return
            if pid := os.fork():
                self.running[pid] = name
            else:
                become(name, self.programs[name])
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_ending = True
        for pid in list(self.running):
            os.kill(pid, signal.SIGTERM)


def become(name: str, program: Callable[[], object]) -> NoReturn:
    """This process is that program from here on."""
    for each in ENDING:
        signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    with open("/proc/self/comm", "w") as comm:
        comm.write(f"take-{name}")
    status = 1
    try:
        program()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
