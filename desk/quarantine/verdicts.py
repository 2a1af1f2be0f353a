"""Many suspicious actions let count or refused together: noted with a count, a reason and a name,
begun after GRACE and worked through in the background (worker.background_job).

Until it begins it can be undone, and nothing has happened. What was decided then has told its
writers by mail, so afterwards it can only be stopped; what is left stays as it is.
"""

from __future__ import annotations

import datetime as dt
import time

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts import audit
from actions.models import Submission
from actions.screening.quarantine import refuse, release
from desk.models import Verdict
from desk.quarantine.chosen import Chosen
from worker.background_job import BackgroundJob

GRACE = dt.timedelta(minutes=10)
DEEDS = {"release": release, "refuse": refuse}
# Nobody starts it: the sweep finds it once its time has come.
JOB = BackgroundJob(
    Verdict,
    task="desk.tasks.carry_out_verdict",
    unfinished=Q(finished_at=None, begins_at__lte=Now()),
    noted_at="begins_at",
    failed={"finished_at": Now()},
    start_within=dt.timedelta(0),
)
# Below the task's time limit; what is left goes on in another.
BUDGET_S = 60


@transaction.atomic
def ask_for(deed: str, chosen: Chosen, *, author: str, reason: str) -> Verdict:
    """`deed` is one of DEEDS. Nothing happens for GRACE."""
    verdict = Verdict.objects.create(
        deed=deed,
        chosen=chosen.as_json(),
        author=author,
        reason=reason,
        found=chosen.rows().count(),
        begins_at=timezone.now() + GRACE,
    )
    audit.record(
        author,
        f"many suspicious actions: {deed}",
        str(verdict.pk),
        reason=reason,
        found=verdict.found,
        **chosen.as_json(),
    )
    return verdict


@transaction.atomic
def stop(verdict_id: int, *, author: str) -> bool:
    """Undone where it has not begun; else the rest is left. False when it was over already."""
    unfinished = Verdict.objects.filter(pk=verdict_id, finished_at=None)
    # Without the worker's token, on purpose: it wins over whoever is at it.
    if not unfinished.update(finished_at=timezone.now(), stopped_by=author):
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
    left = Chosen.from_json(verdict.chosen).rows().filter(pk__gt=verdict.last_id)
    submission: Submission | None = left.select_related("ask__campaign").order_by("pk").first()
    if submission is None:
        JOB.advance(verdict, finished_at=timezone.now())
        return False
    DEEDS[verdict.deed](submission)
    # In one transaction with the deed: after a crash nobody is told twice.
    JOB.advance(verdict, last_id=submission.pk, done=verdict.done + 1, tries=0)
    return True
