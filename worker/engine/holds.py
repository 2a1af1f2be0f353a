"""Pausing and letting go on: everything, a campaign, an office or a lane."""

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from worker.models import Delivery, Hold, Restore, State
from worker.queue import wake_on_commit

COLUMN = {
    Hold.Scope.CAMPAIGN: "scope_key",
    Hold.Scope.OFFICE: "recipient_key",
    Hold.Scope.LANE: "lane",
}


def place(scope: str, key: str = "", *, reason: str, author: str) -> Hold:
    """From now on nothing that matches is begun; what is on the wire finishes.

    A hold that stands is left as it is.
    """
    hold, _is_new = Hold.objects.get_or_create(
        scope=scope, key=key, defaults={"reason": reason, "author": author}
    )
    return hold


@transaction.atomic
def lift(scope: str, key: str = "") -> bool:
    """Let what matches go on. The time it was paused does not count against its time to live.

    False if there was no such hold, and for everything while a restored database is looked through
    (worker.restoring.mode): a copy of what had left would leave.
    """
    if scope == Hold.Scope.EVERYTHING and Restore.objects.filter(ended_at=None).exists():
        return False
    hold = Hold.objects.select_for_update().filter(scope=scope, key=key).first()
    if hold is None:
        return False
    waiting = Delivery.objects.filter(matching(hold), state=State.QUEUED)
    paused_for = ExpressionWrapper(Now() - hold.placed_at, output_field=DurationField())
    # Before the hold goes, since it says since when. What was posted later gets a little more than
    # it lost.
    waiting.update(expires_at=F("expires_at") + paused_for)
    lanes = set(waiting.values_list("lane", flat=True).distinct())
    hold.delete()
    wake_on_commit(lanes)
    return True


def matching(hold: Hold) -> Q:
    """The deliveries that it names; DeliveryQuerySet.not_paused asks the other way round."""
    if hold.scope == Hold.Scope.EVERYTHING:
        return Q()
    return Q(**{COLUMN[Hold.Scope(hold.scope)]: hold.key})


def covers(hold: Hold, delivery: Delivery) -> bool:
    """Is this delivery paused by it? The same as `matching`, for a row at hand."""
    scope = Hold.Scope(hold.scope)
    return scope == Hold.Scope.EVERYTHING or getattr(delivery, COLUMN[scope]) == hold.key
