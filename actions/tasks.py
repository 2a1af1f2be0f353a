"""The clock's way in."""

from celery import shared_task

from actions import forgetting, tallies, unmatched
from actions.followup import failures, falling, mending


@shared_task(name="actions.tasks.count")
def count() -> None:
    tallies.recount()


@shared_task(name="actions.tasks.finish_unmatched")
def finish_unmatched() -> None:
    unmatched.finish_all()


@shared_task(name="actions.tasks.tell_of_failures")
def tell_of_failures() -> None:
    try:  # whatever finds another way is no failure
        falling.fall()
        mending.mend()
    finally:
        failures.tell()


@shared_task(name="actions.tasks.forget_unconfirmed")
def forget_unconfirmed() -> None:
    forgetting.forget()
