"""Many actions set aside, let count or refused together: noted with a count, a reason and a name,
begun after GRACE and worked through in the background (worker.background_job).

Until it begins nothing has happened. Afterwards it can be stopped, and for UNDO_FOR be undone
(`ask_to_undo`): what each of them was is kept. Mails and letters that left stay gone.
"""

from __future__ import annotations

import datetime as dt
import time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts import audit
from actions.models import Submission
from desk.models import Decided, Verdict
from desk.quarantine.chosen import Chosen
from desk.quarantine.deciding import decide, undo
from worker.background_job import BackgroundJob

GRACE = dt.timedelta(minutes=10)
UNDO_FOR = dt.timedelta(days=30)
# What is over needs no condition any more, which may name a person or their words.
BLANK = Chosen().as_json()
# Nobody starts it: the sweep finds it once its time has come.
JOB = BackgroundJob(
    Verdict,
    task="desk.tasks.carry_out_verdict",
    unfinished=Q(finished_at=None, begins_at__lte=Now()),
    noted_at="begins_at",
    failed={"finished_at": Now(), "chosen": BLANK},
    start_within=dt.timedelta(0),
)
# Below the task's time limit; what is left goes on in another.
BUDGET_S = 60


@transaction.atomic
def ask_for(deed: str, chosen: Chosen, *, author: str, reason: str) -> Verdict:
    """`deed` is one of Verdict.UNDOABLE. Nothing happens for GRACE."""
    verdict = Verdict.objects.create(
        deed=deed,
        chosen=chosen.as_json(),
        author=author,
        reason=reason,
        found=chosen.rows().count(),
        begins_at=timezone.now() + GRACE,
    )
    # Which conditions, not what they say: a name that was looked for is nobody's to read later.
    narrowed_by = sorted(chosen.conditions)
    audit.record(
        author,
        f"many suspicious actions: {deed}",
        str(verdict.pk),
        reason=reason,
        found=verdict.found,
        ids=list(chosen.ids),
        narrowed_by=narrowed_by,
    )
    return verdict


def undoable() -> QuerySet[Verdict]:
    """Done within UNDO_FOR, in part at least, and not being undone or undone."""
    undone = Verdict.objects.filter(deed=Verdict.Deed.UNDO).filter(
        Q(finished_at=None) | Q(error="", stopped_by="")
    )
    return Verdict.objects.filter(
        deed__in=Verdict.UNDOABLE, done__gt=0, finished_at__gt=timezone.now() - UNDO_FOR
    ).exclude(pk__in=undone.values("undoes"))


@transaction.atomic
def ask_to_undo(verdict_id: int, *, author: str, reason: str) -> Verdict | None:
    """Begins at once. None where it can't be undone, or somebody does already."""
    verdict = undoable().select_for_update().filter(pk=verdict_id).first()
    if verdict is None:
        return None
    undoing = Verdict.objects.create(
        deed=Verdict.Deed.UNDO,
        undoes=verdict,
        chosen=BLANK,
        author=author,
        reason=reason,
        found=verdict.decided.count(),
        begins_at=timezone.now(),
    )
    audit.record(author, "deciding about many undone", str(verdict.pk), reason=reason)
    JOB.start_on_commit(undoing)
    return undoing


@transaction.atomic
def stop(verdict_id: int, *, author: str) -> bool:
    """Undone where it has not begun; else the rest is left. False when it was over already."""
    unfinished = Verdict.objects.filter(pk=verdict_id, finished_at=None)
    # Without the worker's token, on purpose: it wins over whoever is at it.
    if not unfinished.update(finished_at=timezone.now(), stopped_by=author, chosen=BLANK):
        return False
    audit.record(author, "deciding about many stopped", str(verdict_id))
    return True


def carry_out(verdict_id: int) -> None:
    """Go on with it. May be called twice, and at once: one of them does it."""
    JOB.run(verdict_id, work_through)


def sweep() -> None:
    """Begin what is due, take up what stopped, and give up what keeps stopping."""
    JOB.sweep()


def work_through(verdict: Verdict) -> None:
    stop_at = time.monotonic() + BUDGET_S
    while decide_next(verdict):
        if time.monotonic() > stop_at:
            return JOB.hand_back(verdict)
    audit.record(verdict.author, "many decided", str(verdict.pk), done=verdict.done)


@transaction.atomic
def decide_next(verdict: Verdict) -> bool:
    """One of them. False when there are no more, and it is finished."""
    left = rows_of(verdict).filter(pk__gt=verdict.last_id)
    # `action` is read anew under the submission's lock.
    submission: Submission | None = left.select_related("ask__campaign").order_by("pk").first()
    if submission is None:
        JOB.advance(verdict, finished_at=timezone.now(), chosen=BLANK)
        return False
    is_undo = verdict.deed == Verdict.Deed.UNDO
    result = undo(verdict, submission) if is_undo else decide(verdict, submission)
    # In one transaction with the deed: after a crash nobody is told twice.
    JOB.advance(
        verdict,
        last_id=submission.pk,
        done=verdict.done + result.is_done,
        letters_gone=verdict.letters_gone + result.gone,
        tries=0,
    )
    return True


def rows_of(verdict: Verdict) -> QuerySet[Submission]:
    if verdict.deed != Verdict.Deed.UNDO:
        return Chosen.from_json(verdict.chosen).rows()
    decided = Decided.objects.filter(verdict=verdict.undoes_id)
    found: QuerySet[Submission] = Submission.objects.filter(pk__in=decided.values("submission"))
    return found


def forget_old() -> None:
    """What can be undone no more needs no memory of what each was; nightly."""
    over = Verdict.objects.filter(finished_at__lt=timezone.now() - UNDO_FOR)
    Decided.objects.filter(verdict__in=over).delete()
