"""Once a minute: what nobody was woken for, and what no worker will do."""

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from worker import attempts
from worker.engine.settle import a_whole_life
from worker.models import LIFE, Delivery, Heartbeat, Lane, State
from worker.queue import wake

AUTHOR = "sweep"
CRASHES_ALLOWED = 3


def sweep() -> None:
    """Settle what dead workers left, end what lived too long, wake workers for lanes with due rows.

    May run twice, and at once.
    """
    doubt_interrupted()
    requeue_abandoned()
    keep_young()
    expire()
    due = Delivery.objects.due_now().not_paused().permitted(enabled=settings.DELIVERY_ENABLED)
    # An open circuit wakes its lane by itself (lanes.wake_ready).
    may_go = due.exclude(rehearsal=False, lane__in=Lane.objects.open().values("name"))
    wake(set(may_go.values_list("lane", flat=True).distinct()))
    Heartbeat.objects.update_or_create(name=AUTHOR, defaults={"at": Now()})


def doubt_interrupted() -> None:
    """A worker died while its letter may have been leaving.

    Its claim stays: should it live after all, its answer still counts.
    """
    attempts.move(
        Delivery.objects.filter(state=State.DATA, lease_until__lt=Now()),
        State.UNCERTAIN,
        author=AUTHOR,
        answer=(
            "The worker was interrupted after this letter may have begun to leave. It is not sent"
            " again by itself."
        ),
        skip_locked=True,
        lease_until=None,
        settled_at=Now(),
    )


def requeue_abandoned() -> None:
    """A worker died before it began these: they go back, and one on which three have died is set
    aside.
    """
    abandoned = Delivery.objects.filter(state=State.CLAIMED, lease_until__lt=Now())
    attempts.move(
        abandoned.filter(crashes__gte=CRASHES_ALLOWED - 1),
        State.FAILED,
        author=AUTHOR,
        answer="Set aside: three workers died with this letter in hand.",
        skip_locked=True,
        crashes=CRASHES_ALLOWED,
        claim="",
        lease_until=None,
        settled_at=Now(),
    )
    attempts.move(
        abandoned,
        State.QUEUED,
        author=AUTHOR,
        answer="The worker was interrupted before this letter began to leave.",
        skip_locked=True,
        crashes=F("crashes") + 1,
        claim="",
        lease_until=None,
    )


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
    attempts.move(
        old,
        State.FAILED,
        author=AUTHOR,
        answer="Could not be handed over within the time allowed.",
        skip_locked=True,
        settled_at=Now(),
    )
