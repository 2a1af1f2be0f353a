"""What a message to a worker starts: one line each into a plain function.

Their names stay when a function's does not: messages in flight, and clocks, know them by name.
"""

from worker import retention
from worker.celery import app
from worker.channels.cwc import offices
from worker.engine import deliver as engine
from worker.engine import pace, reconcile
from worker.engine import sweep as sweeper
from worker.inbound import dead_addresses, returns
from worker.paper import batches


@app.task
def deliver(lane: str) -> None:
    engine.deliver_for_a_while(lane)


@app.task
def sweep() -> None:
    sweeper.sweep()


@app.task(name="worker.tasks.ring_for_waiting")
def wake_ready() -> None:
    pace.wake_ready()


@app.task
def forget() -> None:
    retention.forget_texts()


@app.task
def ask_about_doubt() -> None:
    reconcile.ask_about_doubt()


@app.task(name="worker.tasks.weigh_addresses")
def find_dead_addresses() -> None:
    dead_addresses.find_recent()
    # Nothing to do with addresses: it only needs some beat to ride on.
    returns.forget_unmatched()


@app.task
def make_print_batch(batch_id: int) -> None:
    from worker.paper import batch_pdf  # the typesetter is loaded by those who print

    batch_pdf.make(batch_id)


@app.task
def sweep_print_batches() -> None:
    batches.SETTING.sweep()


@app.task
def refresh_congress() -> None:
    offices.refresh()
