"""What runs in the background for legislators. Bound to no app of ours: this room knows nobody."""

from celery import shared_task

from legislators.roster import nightly


# Under the broker's visibility timeout, after which another worker would begin the same again.
@shared_task(time_limit=580, soft_time_limit=540)
def refresh_rosters() -> None:
    nightly.refresh_rosters()
