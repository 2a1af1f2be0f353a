"""A server that sends letter after letter back because of who we are: more of them would only make
it worse, so the lane is paused.

Behind a relay of our own a lane's circuit (worker.engine.lanes) can't see that: the relay takes
everything, and the refusals come back later. A hold stays until a person has looked and lifts it,
for nothing that we could try by ourselves would be answered at once.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from django.db.models.functions import Now

from worker.engine import holds
from worker.models import Delivery, Hold, Return

log = logging.getLogger(__name__)

AUTHOR = "returns"
LETTERS = "letters:"
TOO_MANY = 5
WITHIN = timedelta(minutes=30)
POLICY = re.compile(r"\b5\.7\.\d{1,3}\b")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def stop_if_refused(delivery: Delivery) -> bool:
    """Hold this delivery's lane if its last letters came back for that.

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
    refused = [row for row in back.order_by("-pk")[:TOO_MANY] if is_policy(row)]
    if (
        len(refused) < TOO_MANY
        or Hold.objects.filter(scope=Hold.Scope.LANE, key=delivery.lane).exists()
    ):
        return False
    reason = f"{TOO_MANY} letters came back in a row: {refused[0].words}"
    holds.place(Hold.Scope.LANE, delivery.lane, reason=reason[:200], author=AUTHOR)
    log.warning("Lane paused, its server refuses us: lane=%s", delivery.lane)
    return True


def is_policy(row: Return) -> bool:
    """It is about us: 5.7.z, or a bare 554."""
    said = f"{row.status} {row.words}"
    return bool(POLICY.search(said)) or (row.code == 554 and not ENHANCED.search(said))
