"""What runs in the background for campaigns."""

from celery import shared_task

from campaigns import turnover
from campaigns.bills import public
from campaigns.daily_totals import publishing


# Under the broker's visibility timeout, after which another worker would begin the same again.
@shared_task(time_limit=580, soft_time_limit=540)
def look_at_targets() -> None:
    turnover.look_at_all()


@shared_task
def publish_daily_totals() -> None:
    """Yesterday's numbers, once."""
    publishing.publish()


@shared_task
def look_at_public_bills() -> None:
    public.look_again()
