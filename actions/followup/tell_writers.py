"""Writers whose letter did not get through, or waits too long for a person, are told so, with
another way. Within minutes, and once.

What is resent after that, and fails once more, is told once more.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone, translation

from actions import notices
from actions.models import Action, Letter
from actions.status import items
from actions.status.evidence import NOT_OURS, REVIEWED_WITHIN, SETTLED_WITHIN
from worker.models import PAPER, Attempt, State

log = logging.getLogger("actions.followup.tell_writers")

# The rest waits for the next run.
BUDGET_S = 200
ENDED = (State.FAILED, State.CANCELLED)
UNFINISHED = (State.WAITING, State.UNCERTAIN, State.CLAIMED)
BY_HAND = Q(delivery=None, awaits_roster_since__isnull=False, route__in=Letter.BY_HAND)


def tell() -> int:
    """Tell everybody who was not told yet. Returns how many mails that were.

    May run twice, and at once.

    Somebody whom we fail to tell is tried again with the next run, and keeps nobody else waiting.
    """
    stop_at, told = time.monotonic() + BUDGET_S, 0
    for action_id in waiting():
        if time.monotonic() > stop_at:
            break
        try:
            told += tell_writer(action_id)
        except Exception:
            log.exception("The writer of action %s could not be told", action_id)
    return told


def waiting() -> list[int]:
    """Ids of actions with news for their writers."""
    # Each by an index of its own: joined by OR, every letter there is would be read.
    ended = [untold().filter(delivery__state=state) for state in ENDED]
    kept = [late().filter(delivery__state=state) for state in UNFINISHED]
    parts = (*ended, untold().filter(BY_HAND), *kept)
    return sorted({action for part in parts for action in part.values_list("action", flat=True)})


def untold() -> QuerySet[Letter]:
    """Refused, bounced, tried for too long, or stopped here; or, once a roster told to whom it goes
    (awaits_roster), only its writer can bring it there.

    What its writer took back, or sent already, is nobody's news.
    """
    return Letter.objects.filter(
        Q(delivery__state__in=ENDED) | BY_HAND,
        told_at=None,
        reported_at=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )


def late() -> QuerySet[Letter]:
    """Waiting for a person here, for a day; in doubt that nobody could settle in three; or in a
    print batch that outlived its letters.

    What waits for a roster is not late: nobody here can do anything about it.
    """
    now = timezone.now()
    last = Attempt.objects.filter(delivery=OuterRef("delivery")).order_by("-pk")
    stopped = Q(delivery__state=State.WAITING, moved_at__lt=now - REVIEWED_WITHIN) & ~Q(
        delivery__waits_for__in=NOT_OURS
    )
    doubted = Q(delivery__state=State.UNCERTAIN, delivery__settled_at__lt=now - SETTLED_WITHIN)
    unmailed = Q(
        delivery__state=State.CLAIMED, delivery__channel=PAPER, delivery__expires_at__lt=now
    )
    open_letters = Letter.objects.filter(
        told_late_at=None,
        reported_at=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )
    unfinished = open_letters.filter(delivery__state__in=UNFINISHED)
    return unfinished.annotate(moved_at=Subquery(last.values("at")[:1])).filter(
        stopped | doubted | unmailed
    )


@transaction.atomic
def tell_writer(action_id: int) -> int:
    """One mail about all of this action's letters that failed since the last, one about those that
    are late; mail and mark together.
    """
    action = unlocked(action_id)
    if action is None:
        return 0
    with translation.override(action.language):
        of_failures = tell_news(action, untold(), notices.failed, "told_at")
        of_late_ones = tell_news(action, late(), notices.late, "told_late_at")
    return of_failures + of_late_ones


def tell_news(
    action: Action, news: QuerySet[Letter], tell_of: Callable[..., None], mark: str
) -> int:
    """The number of mails: none where nothing is new. `mark` is the field that says it was told."""
    letters = list(news.filter(action=action).values_list("pk", flat=True))
    if not letters:
        return 0
    offices = items.letters_of(action, only=letters)
    tell_of(action, offices, once=f"{letters[0]}:{last_word(letters)}")
    Letter.objects.filter(pk__in=letters).update(**{mark: timezone.now()})
    return 1


def last_word(letters: Collection[int]) -> int:
    """The evidence that it is told for: when one of them fails again, there is other evidence, and
    other news.
    """
    said = Attempt.objects.filter(
        delivery__in=Letter.objects.filter(pk__in=letters).values("delivery")
    )
    return said.aggregate(last=Max("pk"))["last"] or 0


def clear_told(deliveries: Collection[int]) -> None:
    """These go once more. Should they fail once more, that is news to a writer who was told."""
    Letter.objects.filter(delivery__in=deliveries).exclude(told_at=None).update(told_at=None)


def unlocked(action_id: int) -> Action | None:
    """None while somebody else has it locked: whoever tells it, changes it or resends its letters
    takes the action first.
    """
    free = Action.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "ask__campaign", "supporter"
    )
    return free.filter(pk=action_id).first()
