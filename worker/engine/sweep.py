"""Once a minute: what nobody was woken for, and what no worker will do."""

from django.conf import settings
from django.db.models.functions import Now

from worker.engine import transitions
from worker.engine.interrupted import doubt_interrupted, requeue_abandoned
from worker.engine.settle import a_whole_life
from worker.models import LIFE, Delivery, Heartbeat, Lane, State
from worker.queue import wake

AUTHOR = "sweep"


def sweep() -> None:
    """End what dead workers left, end what lived too long, wake workers for lanes with due rows.

    May run twice, and at once.
    """
    doubt_interrupted()
    requeue_abandoned()
    keep_young()
    expire()
    due = Delivery.objects.due_now().not_paused().permitted(enabled=settings.DELIVERY_ENABLED)
    # An open circuit wakes its lane by itself (pace.wake_ready).
    may_go = due.exclude(rehearsal=False, lane__in=Lane.objects.open().values("name"))
    wake(set(may_go.values_list("lane", flat=True).distinct()))
    # Last, so that a sweep that broke on its way leaves no sign of life.
    Heartbeat.objects.update_or_create(name=AUTHOR, defaults={"at": Now()})


def keep_young() -> None:
    """While delivery is off nobody tries real letters: long before their time is over they get all
    of it again, for the day it is on.
    """
    if not settings.DELIVERY_ENABLED:
        aging = Delivery.objects.filter(
            state=State.QUEUED, rehearsal=False, expires_at__lte=Now() + LIFE / 2
        )
        aging.update(expires_at=a_whole_life())


def expire() -> None:
    """Tried for as long as was allowed.

    What a hold, an open circuit or the switch keeps is not being tried and does not grow old.
    """
    expired = (
        Delivery.objects.filter(state=State.QUEUED, expires_at__lte=Now())
        .not_paused()
        .permitted(enabled=settings.DELIVERY_ENABLED)
    )
    old = expired.exclude(pk__in=expired.kept_young().values("pk"))
    transitions.move(
        old,
        State.FAILED,
        author=AUTHOR,
        answer="Could not be handed over within the time allowed.",
        skip_locked=True,
        settled_at=Now(),
    )
