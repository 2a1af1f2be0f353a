"""What runs in the background for the desk. Whoever starts these names the queue: a long export must not stand before a letter."""

from desk import exporting
from worker.celery import app


@app.task
def write_export(export_id: int) -> None:
    exporting.write(export_id)


@app.task
def sweep_exports() -> None:
    exporting.sweep()
