"""Many failed letters sent again at once: a selection, a reason and a name, worked through in the
background, a hundred at a time.

What may not go again is skipped: taken back, sent by hand, on another way since, or its text no
longer kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts import audit
from actions.followup.tell_writers import clear_told
from actions.models import Action
from desk.mail.needs_person import failures
from desk.models import Replay
from worker import queue
from worker.engine import settle
from worker.models import Attempt, Delivery, State

QUEUE = "desk"
AT_ONCE = 100
# Below the task's time limit; what is left goes on in another.
BUDGET_S = 60


@dataclass(frozen=True)
class Selection:
    """Failed letters that have this in common; blank is any."""

    lane: str = ""
    scope_key: str = ""
    answer: str = ""

    def rows(self) -> QuerySet[Delivery]:
        wanted = {name: value for name, value in asdict(self).items() if value}
        last = (
            Attempt.objects.filter(delivery=OuterRef("pk"), state=State.FAILED)
            .order_by("-pk")
            .values("answer")[:1]
        )
        found: QuerySet[Delivery] = failures().annotate(answer=Subquery(last)).filter(**wanted)
        return found


@transaction.atomic
def start(selection: Selection, *, author: str, reason: str) -> Replay:
    """Note what is to be sent again once this commits; a dead broker delays it to the next
    sweep.
    """
    replay = Replay.objects.create(
        **asdict(selection), author=author, reason=reason, found=selection.rows().count()
    )
    audit.record(
        author,
        "failed letters sent again",
        str(replay.pk),
        reason=reason,
        found=replay.found,
        **asdict(selection),
    )

    def ring() -> None:
        _ring([replay.pk])

    transaction.on_commit(ring, robust=True)
    return replay


def run(replay_id: int) -> None:
    """Go on with it. May run twice, and at once."""
    stop_at = time.monotonic() + BUDGET_S
    while go_on(replay_id):
        if time.monotonic() > stop_at:
            return _ring([replay_id])


@transaction.atomic
def go_on(replay_id: int) -> bool:
    """The next hundred. False when there are no more, or when somebody else is at it."""
    replay = (
        Replay.objects.select_for_update(skip_locked=True)
        .filter(pk=replay_id, finished_at=None)
        .first()
    )
    if replay is None:
        return False
    wanted = Selection(replay.lane, replay.scope_key, replay.answer).rows()
    # Not those that failed again meanwhile.
    ids = list(
        wanted.filter(pk__gt=replay.last_id, settled_at__lte=replay.asked_at)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    if ids:
        sent = send_again(ids, author=replay.author, reason=replay.reason)
        replay.last_id, replay.sent, replay.skipped = (
            ids[-1],
            replay.sent + sent,
            replay.skipped + len(ids) - sent,
        )
    else:
        replay.finished_at = timezone.now()
    replay.save()
    return bool(ids)


def send_again(ids: Sequence[int], *, author: str, reason: str) -> int:
    """Those of them that may go.

    As a withdrawal does: the actions first, then what belongs to them.
    """
    list(
        Action.objects.select_for_update()
        .filter(letters__delivery__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    may_go = failures().filter(pk__in=ids).exclude(message=b"")
    again = settle.retry_all(may_go, author=author, reason=reason)
    clear_told(again)
    return len(again)


def sweep() -> None:
    _ring(list(Replay.objects.filter(finished_at=None).values_list("pk", flat=True)))


def _ring(ids: Sequence[int]) -> None:
    queue.call("desk.tasks.send_again", [(pk,) for pk in ids], queue=QUEUE)
