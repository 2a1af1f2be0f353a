"""What the bell starts. The lane is all a message says."""

from worker import forgetting
from worker.celery import app
from worker.channels.cwc import congress
from worker.engine import asking, delivery, lanes, sweeping
from worker.inbound import taking, weighing


@app.task
def deliver(lane: str) -> None:
    delivery.deliver(lane)


@app.task
def sweep() -> None:
    sweeping.sweep()


@app.task
def ring_for_waiting() -> None:
    lanes.ring_for_waiting()


@app.task
def forget() -> None:
    forgetting.forget()


@app.task
def ask_about_doubt() -> None:
    asking.ask()


@app.task
def weigh_addresses() -> None:
    weighing.weigh_recent()
    taking.forget_unmatched()


@app.task
def make_print_batch(batch_id: int) -> None:
    from worker.paper import making  # the typesetter is loaded by those who print

    making.make(batch_id)


@app.task
def sweep_print_batches() -> None:
    from worker.paper import making

    making.sweep()


@app.task
def refresh_congress() -> None:
    congress.refresh()
