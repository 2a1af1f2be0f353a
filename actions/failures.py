"""Writers whose letter an office did not take are told so, with their text and another way. Within minutes, and once per letter."""

from __future__ import annotations

import logging
import time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from actions import notices, status
from actions.models import Action, Letter
from worker.models import State

log = logging.getLogger("actions.failures")

# The rest waits for the next run.
BUDGET_S = 200


def tell() -> int:
    """Tell everybody who was not told yet. Returns how many mails that were. May run twice, and at once.

    Somebody whom we fail to tell is tried again with the next run, and keeps nobody else waiting.
    """
    stop_at, told = time.monotonic() + BUDGET_S, 0
    for action_id in untold().order_by("action").values_list("action", flat=True).distinct():
        if time.monotonic() > stop_at:
            break
        try:
            told += tell_writer(action_id)
        except Exception:
            log.exception("The writer of action %s could not be told", action_id)
    return told


def untold() -> QuerySet[Letter]:
    """A letter that was taken back, or that its writer sent already, is nobody's news. One that we can't bring there any more is."""
    failed = Q(delivery__state=State.FAILED) | Q(delivery__state=State.CANCELLED, route__in=Letter.BY_HAND)
    return Letter.objects.filter(failed, told_at=None, reported_at=None, action__state=Action.State.CONFIRMED)


@transaction.atomic
def tell_writer(action_id: int) -> bool:
    """One mail about all of this action's letters that failed since the last; the mail and the mark stand or fall together."""
    action = unlocked(action_id)
    letters = list(untold().filter(action=action).values_list("pk", flat=True)) if action else []
    if not action or not letters:
        return False
    with translation.override(action.language):
        notices.failed(action, status.items(action, only=letters), once=letters[0])
    Letter.objects.filter(pk__in=letters).update(told_at=timezone.now())
    return True


def unlocked(action_id: int) -> Action | None:
    """Whoever holds it now tells it, changes it or sends it again: all of them take the action first."""
    free = Action.objects.select_for_update(skip_locked=True, of=("self",)).select_related("ask__campaign", "supporter")
    return free.filter(pk=action_id).first()
