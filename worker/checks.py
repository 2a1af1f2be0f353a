"""Settings that would lose letters or send rehearsals to the world are refused at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from worker.turns import LEASE


@register()
def relay_and_catcher(**_kwargs: Any) -> list[Error]:
    found = []
    if settings.DELIVERY_ENABLED and not settings.SMTP_URL:
        found.append(
            Error("DELIVERY_ENABLED is on but SMTP_URL is empty.", hint="Set SMTP_URL=smtp+tls://user:password@host:587", id="worker.E001")
        )
    if settings.SMTP_URL and settings.SMTP_URL == settings.CATCHER_URL:
        found.append(Error("CATCHER_URL and SMTP_URL are the same.", hint="Rehearsals must not reach the relay.", id="worker.E002"))
    return found


@register()
def leases_outlive_tasks(**_kwargs: Any) -> list[Error]:
    """A claim that ends while its worker still runs would let a second worker begin."""
    if LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT:
        return []
    hint = f"Keep it under {LEASE.total_seconds():.0f} seconds."
    return [Error("CELERY_TASK_TIME_LIMIT is longer than a worker's claim on a letter.", hint=hint, id="worker.E003")]
