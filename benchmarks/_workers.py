"""The engine as it is deployed: a worker of the queue "letters" with some processes, a real Redis
that wakes them.
"""

import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks import _cpu
from config.children import start, stop, wait_until

# As docs/deploy/systemd/take-action-worker@.service starts it.
WORKER = "celery -A worker.celery worker --queues=letters --loglevel=INFO --without-gossip"


def work(lanes, *, processes):
    """Seconds and CPU seconds from waking the workers until every letter is settled."""
    from benchmarks._letters import make_ours_due
    from worker.queue import wake

    with workers(processes) as child:
        make_ours_due()
        cpu, began = _cpu.of_session(child.pid), time.perf_counter()
        wake(lanes)
        wait_for_the_last()
        return {"seconds": time.perf_counter() - began, "cpu": _cpu.of_session(child.pid) - cpu}


@contextmanager
def workers(processes):
    from benchmarks._contenders import environment

    with tempfile.NamedTemporaryFile() as log:
        command = [sys.executable, "-m", *WORKER.split(), f"--concurrency={processes}"]
        child = start(
            command, env=environment(DJANGO_SETTINGS_MODULE="config.settings"), output=log
        )
        wait_until(lambda: b" ready." in Path(log.name).read_bytes(), child, what="The worker")
        try:
            yield child
        finally:
            stop(child)


def wait_for_the_last(patience_s=600):
    """No clock runs beside: once a minute the bench sweeps in its place, for a
    message that was lost.
    """
    from worker.engine.sweep import sweep
    from worker.models import Delivery

    began = swept_at = time.monotonic()
    while Delivery.objects.unsettled().exists():
        if time.monotonic() > began + patience_s:
            sys.exit("the workers did not come to an end")
        if time.monotonic() > swept_at + 60:
            sweep()
            swept_at = time.monotonic()
        time.sleep(0.02)
