"""A server that sends letter after letter back because of who we are: more of them would only make
it worse, so the lane is paused.

Behind a relay of our own a lane's circuit (worker.engine.circuit) can't see that: the relay takes
everything, and the refusals come back later. A hold stays until a person has looked and lifts it,
for nothing that we could try by ourselves would be answered at once.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db.models.functions import Now

from worker.engine import holds
from worker.models import Delivery, Hold, Return
from worker.smtp_status import is_policy

log = logging.getLogger(__name__)

AUTHOR = "returns"
LETTERS = "letters:"
TOO_MANY = 5
WITHIN = timedelta(minutes=30)


def stop_if_refused(delivery: Delivery) -> bool:
    """Pause this delivery's lane if its last letters came back for that.

    Offices only: supporters' mail goes to many servers.
    """
    if delivery.rehearsal or not delivery.lane.startswith(LETTERS):
        return False
    back = Return.objects.filter(
        kind=Return.Kind.FAILED,
        at__gt=Now() - WITHIN,
        delivery__lane=delivery.lane,
        delivery__rehearsal=False,
    )
    last = back.order_by("-pk")[:TOO_MANY]
    refused = [row for row in last if is_policy(row.code, f"{row.status} {row.words}")]
    is_paused = Hold.objects.filter(scope=Hold.Scope.LANE, key=delivery.lane).exists()
    if len(refused) < TOO_MANY or is_paused:
        return False
    reason = f"{TOO_MANY} letters came back in a row: {refused[0].words}"
    holds.place(Hold.Scope.LANE, delivery.lane, reason=reason[:200], author=AUTHOR)
    log.warning("Lane paused, its server refuses us: lane=%s", delivery.lane)
    return True
