"""The clock's way in."""

from celery import shared_task

from actions import tallies, unmatched


@shared_task(name="actions.tasks.count")
def count() -> None:
    tallies.recount()


@shared_task(name="actions.tasks.finish_unmatched")
def finish_unmatched() -> None:
    unmatched.finish_all()
