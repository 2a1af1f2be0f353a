"""What was written is kept for as long as it may be needed again; what became of it is kept on."""

from __future__ import annotations

import time
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from worker.models import CaughtMail, Delivery, State

# In doubt nothing is forgotten: it may have to go again, once somebody has looked.
OVER = (State.SENT, State.FAILED, State.CANCELLED)
AT_ONCE = 500
# Ends well before Celery kills the task (CELERY_TASK_TIME_LIMIT).
BUDGET_S = 200


def forget_texts() -> int:
    """Blank text and subject of letters that were settled long ago, and drop old practice mail.

    Returns how many letters.

    Their attempts stay: to whom, when, and the other side's words. Goes on tomorrow where the time
    did not suffice.
    """
    if not settings.MESSAGES_KEPT_DAYS:
        return 0
    kept_from = Now() - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    stop_at = time.monotonic() + BUDGET_S
    CaughtMail.objects.filter(received_at__lt=kept_from).delete()
    old = Delivery.objects.filter(state__in=OVER, settled_at__lt=kept_from).exclude(message=b"")
    last, blanked = 0, 0
    while time.monotonic() < stop_at:
        following = old.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        ids = list(following[:AT_ONCE])
        if not ids:
            break
        # `old` once more: what somebody resends in this moment keeps its text.
        blanked += old.filter(pk__in=ids).update(message=b"", subject="")
        last = ids[-1]
    return blanked
