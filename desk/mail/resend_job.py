"""Many failed letters sent again at once: a selection, a reason and a name, worked through in the
background, a hundred at a time (how that is begun, resumed and stopped: worker.background_job).

What may not go again is skipped: taken back, sent by hand, on another way since, or its text no
longer kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from accounts import audit
from actions.followup.tell_writers import clear_told
from actions.models import Action
from desk.mail.needs_person import failures
from desk.models import Resend
from worker.background_job import BackgroundJob
from worker.engine import settle
from worker.models import Attempt, Delivery, State

JOB = BackgroundJob(
    Resend,
    task="desk.tasks.send_again",
    unfinished=Q(finished_at=None),
    noted_at="asked_at",
    # The database's clock when it is written: a time from here would be that of the import.
    failed={"finished_at": Now()},
)
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
def start(selection: Selection, *, author: str, reason: str) -> Resend:
    """Note what is to be sent again once this commits; a dead broker delays it to the next
    sweep.
    """
    resend = Resend.objects.create(
        **asdict(selection), author=author, reason=reason, found=selection.rows().count()
    )
    audit.record(
        author,
        "failed letters sent again",
        str(resend.pk),
        reason=reason,
        found=resend.found,
        **asdict(selection),
    )
    JOB.start_on_commit(resend)
    return resend


@transaction.atomic
def stop(resend_id: int, *, author: str) -> bool:
    """No more of them; what went again has gone. False when it was over already."""
    if not JOB.stop(resend_id, finished_at=timezone.now(), stopped_by=author):
        return False
    audit.record(author, "sending again stopped", str(resend_id))
    return True


def run(resend_id: int) -> None:
    """Go on with it. May be called twice, and at once: one of them does it."""
    JOB.run(resend_id, _work_through)


def _work_through(resend: Resend) -> None:
    stop_at = time.monotonic() + BUDGET_S
    while next_part(resend):
        if time.monotonic() > stop_at:
            return JOB.hand_back(resend)


@transaction.atomic
def next_part(resend: Resend) -> bool:
    """The next hundred. False when there are no more, and it is finished."""
    ids = _next_ids(resend)
    if not ids:
        JOB.advance(resend, finished_at=timezone.now())
        return False
    # In one transaction with the line below that says so: after a crash none goes twice.
    sent = resend_failed(ids, author=resend.author, reason=resend.reason)
    JOB.advance(
        resend,
        last_id=ids[-1],
        sent=resend.sent + sent,
        skipped=resend.skipped + len(ids) - sent,
        tries=0,
    )
    return True


def _next_ids(resend: Resend) -> list[int]:
    wanted = Selection(resend.lane, resend.scope_key, resend.answer).rows()
    # Not those that failed once more meanwhile.
    left = wanted.filter(pk__gt=resend.last_id, settled_at__lte=resend.asked_at)
    return list(left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def resend_failed(ids: Sequence[int], *, author: str, reason: str) -> int:
    """How many of them went: those that may."""
    # Locked in the order of a withdrawal: the actions first, then what belongs to them.
    list(
        Action.objects.select_for_update()
        .filter(letters__delivery__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    may_go = failures().filter(pk__in=ids).exclude(message=b"")
    gone = settle.retry_all(may_go, author=author, reason=reason)
    clear_told(gone)
    return len(gone)


def sweep() -> None:
    """Take up what stopped, and give up what keeps stopping."""
    JOB.sweep()
