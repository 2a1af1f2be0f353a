"""Our own programs beside a test: a web server and a worker, as in production, on the test's
database.
"""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from redis import Redis

from config.children import NotReady, free_port, is_listening, stop, wait_until
from tests.nursery import Child, Nursery

# How long a test waits for what should come at once: on a busy machine that takes its time.
PATIENCE_S = 90
WORKER = "celery -A worker.celery worker --loglevel=INFO --concurrency=1"
QUIET = "--without-gossip --without-mingle --without-heartbeat"


@contextmanager
def web(**env: str) -> Iterator[str]:
    """Its address: that of the settings, or a SITE_URL given among other variables."""
    env = environment() | env
    site = urlsplit(env["SITE_URL"])
    bind = f"{site.hostname}:{site.port}"
    command = ["-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", bind]
    server = begin(command, env, log=os.devnull)
    try:
        wait_until(
            lambda: is_listening(site.port), server, what="The web server", timeout_s=PATIENCE_S
        )
        yield env["SITE_URL"]
    finally:
        stop(server)


class Worker:
    def __init__(self, folder: Path, **env: str):
        self.path = folder / f"worker-{len(list(folder.glob('worker-*')))}.log"
        self.path.touch()
        command = ["-m", *WORKER.split(), *QUIET.split()]
        self.process = begin(command, environment() | env, log=self.path)
        wait_until(
            lambda: " ready." in self.log(), self.process, what="The worker", timeout_s=PATIENCE_S
        )

    def log(self) -> str:
        return self.path.read_text(errors="replace")

    def wait_for(self, *words: str, timeout_s: float = PATIENCE_S) -> bool:
        """Whether one line of the log holds all `words`, in time."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if any(all(word in line for word in words) for line in self.log().splitlines()):
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        stop(self.process)


@contextmanager
def worker(folder: Path, **env: str) -> Iterator[Worker]:
    running = Worker(folder, **env)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def listener(**env: str) -> Iterator[int]:
    """What takes in mail that comes back. Its port."""
    port = free_port()
    env = environment() | {"RETURNS_LISTEN": f"127.0.0.1:{port}"} | env
    child = begin(["-m", "manage", "take_returns"], env, log=os.devnull)
    try:
        wait_until(lambda: is_listening(port), child, what="The listener", timeout_s=PATIENCE_S)
        yield port
    finally:
        stop(child)


@cache
def nursery() -> Nursery:
    """One for this test process; it ends with it."""
    made = Nursery()
    atexit.register(made.stop)
    return made


@cache
def branch(*env: tuple[str, str]) -> Nursery:
    return nursery().branch(dict(env), settings.BASE_DIR)


def begin(command: list[str], env: Mapping[str, str], *, log: Path | str) -> Child:
    usual = environment()
    source = branch(*sorted(usual.items())) if env == usual else nursery()
    return source.start(command, env=env, log=log, cwd=settings.BASE_DIR)


def until(holds, timeout_s: float = PATIENCE_S):
    """Wait, at most so long, and return what `holds()` said last."""
    deadline = time.monotonic() + timeout_s
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def wait_until_idle(timeout_s: float = PATIENCE_S) -> None:
    """Until nothing waits in Redis and no worker holds anything: then a test's rows can go."""
    redis = Redis.from_url(settings.REDIS_URL)
    deadline = time.monotonic() + timeout_s
    while redis.hlen("unacked") or any(
        redis.llen(queue.name) for queue in settings.CELERY_TASK_QUEUES
    ):
        if time.monotonic() > deadline:
            raise NotReady("The worker was still busy at the end of the test.")
        time.sleep(0.02)
    redis.close()


def environment() -> dict[str, str]:
    """Ours, with the test's database in place of the one it was made beside."""
    chosen = connection.settings_dict
    return os.environ | {
        "DATABASE_URL": f"postgres://{chosen['USER']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}",
        "CATCHER_URL": settings.CATCHER_URL,
        "REDIS_URL": settings.REDIS_URL,
        "SITE_URL": settings.SITE_URL,
        "FORM_LEAST_SECONDS": "0",  # a browser that a test drives types faster than people do
    }
