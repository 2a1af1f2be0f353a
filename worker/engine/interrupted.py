"""Letters that a worker had when it died: in doubt if they may have begun to leave, else back in
the queue.
"""

from django.db.models import F
from django.db.models.functions import Now

from worker.engine import transitions
from worker.models import Delivery, State

AUTHOR = "sweep"
CRASHES_ALLOWED = 3


def doubt_interrupted() -> None:
    """A worker died while its letter may have been leaving.

    Its claim stays: should it live after all, its answer still counts.
    """
    transitions.move(
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
    # First those that have had enough: moved, they are no longer claimed, and the second move does
    # not find them.
    abandoned = Delivery.objects.filter(state=State.CLAIMED, lease_until__lt=Now())
    transitions.move(
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
    transitions.move(
        abandoned,
        State.QUEUED,
        author=AUTHOR,
        answer="The worker was interrupted before this letter began to leave.",
        skip_locked=True,
        crashes=F("crashes") + 1,
        claim="",
        lease_until=None,
    )
