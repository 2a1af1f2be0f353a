"""What runs in the background for the desk, in a queue of its own."""

from desk import exporting
from worker.celery import app


@app.task(queue="desk")
def write_export(export_id: int) -> None:
    exporting.write(export_id)


@app.task(queue="desk")
def sweep_exports() -> None:
    exporting.sweep()
