"""What the bell starts. The lane is all a message says."""

from worker import asking, congress, delivery, lanes, sweeping
from worker.celery import app
from worker.returns import weighing


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
def ask_about_doubt() -> None:
    asking.ask()


@app.task
def weigh_addresses() -> None:
    weighing.weigh_recent()


@app.task
def refresh_congress() -> None:
    congress.refresh()
