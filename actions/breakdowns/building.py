"""Writing an ask's people down for the first time, or again: some at a time, and committed."""

from __future__ import annotations

import datetime as dt
import time

from django.db import transaction
from django.db.models.functions import Now

from actions.breakdowns.adding import hold
from actions.breakdowns.following import follow, follow_fresh
from actions.models import Action, Counted, Ledger, Submission
from campaigns.models import Ask, Breakdown, Metric

CHUNK = 5000
# What a run may take before it lets others have their turn; the next one goes on.
PATIENCE_S = 5.0
# No row tells these any more.
KEPT = (Metric.VIEWS, Metric.STARTS, Metric.UNANSWERED)


def build(ask: Ask, *, patience_s: float | None = PATIENCE_S) -> None:
    """Until the ledger is whole, or patience ends (None: never)."""
    began = time.monotonic()
    while not build_some(ask):
        if patience_s is not None and time.monotonic() - began > patience_s:
            return


@transaction.atomic
def build_some(ask: Ask) -> bool:
    """Whether the ledger is whole now. May be cut off anywhere."""
    hold(ask)
    ledger, _ = Ledger.objects.get_or_create(ask=ask, defaults={"counted_at": database_now(ask)})
    if ledger.is_whole:
        return True
    actions = Action.objects.filter(ask=ask, pk__gt=ledger.last_action)
    waiting = Submission.objects.filter(
        ask=ask, pk__gt=ledger.last_submission, state=Submission.State.WAITING
    )
    if found := list(actions.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        follow_fresh(ask, actions.filter(pk__lte=found[-1]))
        ledger.last_action = found[-1]
    elif sent := list(waiting.order_by("pk").values_list("pk", "supporter_key")[:CHUNK]):
        follow(ask, [key for _, key in sent])
        ledger.last_submission = sent[-1][0]
    else:
        ledger.is_whole = True
    ledger.save()
    return ledger.is_whole


@transaction.atomic
def begin_again(ask: Ask) -> None:
    """As if nobody had been counted. Only what no row tells is kept."""
    hold(ask)
    Counted.objects.filter(ask=ask).delete()
    Breakdown.objects.filter(ask=ask).exclude(metric__in=KEPT).delete()
    fresh = {"is_whole": False, "last_action": 0, "last_submission": 0}
    Ledger.objects.filter(ask=ask).update(counted_at=Now(), **fresh)


def database_now(ask: Ask) -> dt.datetime:
    """A worker whose own clock runs ahead must not make the next counts look needless."""
    now: dt.datetime = Ask.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=ask.pk)
    return now
