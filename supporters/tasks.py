"""What beat starts here (config/settings/schedule.py)."""

from celery import shared_task

from supporters import bouncing


@shared_task(name="supporters.tasks.suppress_bounced")
def suppress_bounced() -> None:
    """Mailboxes that came back lately get no more mail."""
    bouncing.suppress()
