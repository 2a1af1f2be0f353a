"""One of many: what is decided about it, and how that is undone."""

from __future__ import annotations

from typing import NamedTuple

from actions.models import Submission
from actions.screening.quarantine import refuse, release
from actions.screening.set_aside import set_aside, take_back_refusal
from actions.screening.why_quarantined import TOGETHER
from desk.models import Decided, Verdict


class Result(NamedTuple):
    """Whether anything changed, and how many of its letters had left."""

    is_done: bool
    gone: int = 0


def decide(verdict: Verdict, submission: Submission) -> Result:
    """In the caller's transaction; what it was before is kept."""
    Decided.objects.get_or_create(
        verdict=verdict,
        submission=submission,
        defaults={"before": submission.state, "because": submission.quarantined_because},
    )
    if verdict.deed == Verdict.Deed.ASIDE:
        because = f"{TOGETHER}, no. {verdict.pk}"
        return Result(True, set_aside(submission, because, author=verdict.author))
    (release if verdict.deed == Verdict.Deed.RELEASE else refuse)(submission)
    return Result(True)


def undo(undoing: Verdict, submission: Submission) -> Result:
    """As it was before; what was decided about it since, by a person or by its writer, stands."""
    verdict = undoing.undoes
    assert verdict is not None
    before = submission.state
    if verdict.deed == Verdict.Deed.ASIDE:
        if submission.quarantined_because == f"{TOGETHER}, no. {verdict.pk}":
            release(submission)
    elif verdict.deed == Verdict.Deed.REFUSE:
        take_back_refusal(submission)
    else:
        because = Decided.objects.get(verdict=verdict, submission=submission).because
        gone = set_aside(submission, because, author=undoing.author)
        return Result(submission.state != before, gone)
    return Result(submission.state != before)
