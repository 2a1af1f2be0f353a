"""A person's word on a delivery: what is in doubt is settled, what failed is tried again.

Who said it, and why, is kept as an attempt.

Each deed changes the row only if it still stands as the person saw it: of two at once one wins, the
other is told False. A deed takes the claim away, so a worker's answer that comes later finds
nothing of its own and changes nothing (worker.engine.transitions).
"""

from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, QuerySet, When
from django.db.models.functions import Now

from worker.engine import transitions
from worker.engine.office_hours import spread
from worker.models import LIFE, LIFE_ON_PAPER, PAPER, Delivery, State
from worker.queue import wake_on_commit


def settle_as_sent(delivery: Delivery, *, author: str, reason: str) -> bool:
    """Somebody found that it arrived. False unless it is in doubt."""
    return _moved(
        _in_state(delivery, State.UNCERTAIN),
        State.SENT,
        author=author,
        answer=reason,
        settled_at=Now(),
    )


def settle_as_failed(delivery: Delivery, *, author: str, reason: str) -> bool:
    """Somebody found that it did not arrive. False unless it is in doubt."""
    return _moved(
        _in_state(delivery, State.UNCERTAIN),
        State.FAILED,
        author=author,
        answer=reason,
        settled_at=Now(),
    )


@transaction.atomic
def retry_all(deliveries: QuerySet[Delivery], *, author: str, reason: str) -> list[int]:
    """Failed letters are queued as by `retry`, each when its office is there.

    Returns which; the others stay as they are.
    """
    # Blanked after retention (worker.retention): there is nothing left to send.
    failed = deliveries.filter(state=State.FAILED).exclude(message=b"")
    moved = transitions.move(
        failed, State.QUEUED, author=author, answer=reason, claim="", lease_until=None, **anew()
    )
    spread(moved)
    lanes = Delivery.objects.filter(pk__in=moved).values_list("lane", flat=True)
    wake_on_commit(set(lanes.distinct()))
    return moved


@transaction.atomic
def retry(delivery: Delivery, *, author: str, reason: str) -> bool:
    """A failed letter is queued with a new life, as the same message under the same
    Message-ID, for when its office is there.

    False for any other: what is in doubt must be settled as failed first. False too when its text
    is no longer kept.
    """
    failed = _in_state(delivery, State.FAILED).exclude(message=b"")
    moved = _moved(failed, State.QUEUED, author=author, answer=reason, **anew())
    if moved:
        spread([delivery.pk])
        wake_on_commit({delivery.lane})
    return moved


def anew() -> dict[str, Any]:
    """What a letter is given that begins from the beginning: its time and its tries."""
    return {
        "due_at": Now(),
        "expires_at": a_whole_life(),
        "attempts_made": 0,
        "crashes": 0,
        "settled_at": None,
    }


def a_whole_life() -> Case:
    """When a letter that begins now expires: what people print has longer."""
    return Case(
        When(channel=PAPER, then=Now() + LIFE_ON_PAPER),
        default=Now() + LIFE,
        output_field=DateTimeField(),
    )


def _in_state(delivery: Delivery, state: State) -> QuerySet[Delivery]:
    found: QuerySet[Delivery] = Delivery.objects.filter(pk=delivery.pk, state=state)
    return found


def _moved(rows: QuerySet[Delivery], to: State, **changes: Any) -> bool:
    return bool(transitions.move(rows, to, claim="", lease_until=None, **changes))
