"""Submissions that look wrong, set aside until a person has looked.

The page never told whoever sent them; their mailbox did.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import audit
from actions.models import Burst, Submission
from actions.screening.quarantine import may_appeal
from actions.screening.quarantine import refuse as refuse_submission
from actions.screening.quarantine import release as release_submission
from actions.screening.why_quarantined import THREAT
from campaigns import words
from desk.access import needs
from supporters.models import Supporter

ON_A_PAGE = 50


@needs("see_supporters")
def quarantine(request: HttpRequest) -> HttpResponse:
    """Appeals first: somebody answered from that mailbox and waits. Then the oldest.

    Minors are decided on without a name.
    """
    set_aside = Submission.objects.filter(state=Submission.State.QUARANTINED)
    full = set_aside.select_related("ask__campaign").prefetch_related("ask__campaign__words")
    rows = list(full.order_by(F("appealed_at").asc(nulls_last=True), "pk")[:ON_A_PAGE])
    people = Supporter.objects.filter(key__in=[row.supporter_key for row in rows])
    minors = set(people.filter(is_minor=True).values_list("key", flat=True))
    shown = [
        {
            "submission": submission,
            "campaign": words.of(submission.ask.campaign).title,
            "words": own_words(submission),
            "is_threat": submission.quarantined_because == THREAT,
            "is_minor": submission.entry.get("is_minor") or submission.supporter_key in minors,
        }
        for submission in rows
    ]
    page = {
        "rows": shown,
        "total": set_aside.count(),
        "has_threats": any(row["is_threat"] for row in shown),
        "bursts": Burst.objects.lasting(timezone.now()).order_by("began_at"),
    }
    return render(request, "desk/quarantine.html", page)


@require_POST
@needs("see_supporters")
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person vouches for it: it counts, and its letters leave as those of any other."""
    with transaction.atomic():
        submission = _quarantined(public_id)
        because = submission.quarantined_because
        release_submission(submission)
        audit.record(
            request.user.get_username(),
            "action released",
            str(public_id),
            because=because,
        )
    return redirect("desk:quarantine")


@require_POST
@needs("see_supporters")
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It does not count, and its mailbox is told. The second time is final."""
    author = request.user.get_username()
    with transaction.atomic():
        submission = _quarantined(public_id)
        refuse_submission(submission)
        because = submission.quarantined_because
        is_final = not may_appeal(submission)
        audit.record(author, "action refused", str(public_id), because=because, is_final=is_final)
    return redirect("desk:quarantine")


def own_words(submission: Submission) -> str:
    """What they wrote themselves: our own statement is theirs once they changed it."""
    changed = submission.statement if submission.statement_edited else ""
    return "\n\n".join(text for text in (submission.own_words, changed) if text)


def _quarantined(public_id: UUID) -> Submission:
    """Somebody else may have decided a moment ago: then it is gone from here, and a 404 says so."""
    return get_object_or_404(
        Submission.objects.select_related("ask__campaign"),
        public_id=public_id,
        state=Submission.State.QUARANTINED,
    )
