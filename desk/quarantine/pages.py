"""Submissions that look wrong, set aside until a person has looked; and others like them.

The page never told whoever sent them; their mailbox did.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from actions.models import Burst, Letter, Submission
from actions.screening.marks import name_of_network
from actions.screening.quarantine import may_appeal
from actions.screening.quarantine import refuse as refuse_submission
from actions.screening.quarantine import release as release_submission
from actions.screening.why_quarantined import THREAT
from desk.access import needs
from desk.models import Verdict
from desk.quarantine import verdicts
from desk.quarantine.chosen import Chosen
from desk.quarantine.conditions import ConditionsForm, as_fields
from desk.quarantine.rows import described, loaded
from desk.sorting import Column, Table

VERDICTS_SHOWN = 5
# Of those that count: the newest, and their number.
SAMPLE = 20
COLUMNS = [
    # Appeals first: somebody answered from that mailbox and waits. Then the oldest.
    Column("who", gettext_lazy("Who"), by="appealed_at"),
    Column("what", gettext_lazy("What")),
    Column("why", gettext_lazy("Why"), by="quarantined_because"),
    Column("since", gettext_lazy("Since"), by="created_at"),
    Column("decide", gettext_lazy("Decide")),
]


@needs("see_supporters")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits, narrowed to what the address line says. Minors are decided on without a name."""
    form = ConditionsForm(request.GET)
    chosen = form.chosen()
    matching = chosen.matching()
    table = Table(request, COLUMNS, usual="who").by_number(loaded(matching))
    shown = described(table["rows"])
    latest = list(Verdict.objects.select_related("undoes")[:VERDICTS_SHOWN])
    context = table | {
        "rows": shown,
        **narrowing(form, chosen),
        "at_once": matching.exclude(quarantined_because=THREAT).count(),
        "has_threats": any(row["is_threat"] for row in shown),
        "bursts": Burst.objects.lasting(timezone.now()).order_by("began_at"),
        "verdicts": latest,
        "undoable": set(verdicts.undoable().values_list("pk", flat=True)),
        "is_going": any(row.finished_at is None for row in latest),
        "now": timezone.now(),
    }
    return render(request, "desk/quarantine/list.html", context)


@needs("see_supporters")
def counted(request: HttpRequest) -> HttpResponse:
    """What waits for its mailbox and what counts, to set some of it aside. Nothing without a
    condition: this is no list of supporters.
    """
    form = ConditionsForm(request.GET, counted=True)
    chosen = form.chosen()
    context = narrowing(form, chosen)
    if context["is_narrowed"]:
        context |= sample(chosen)
    return render(request, "desk/quarantine/counted.html", context)


def narrowing(form: ConditionsForm, chosen: Chosen) -> dict[str, Any]:
    """The conditions, as both lists show and repeat them."""
    return {
        "form": form,
        "chosen": chosen,
        "conditions": as_fields(chosen),
        "is_narrowed": chosen.is_narrowed,
        "network": name_of_network(chosen.network),
    }


def sample(chosen: Chosen) -> dict[str, Any]:
    """How many there are, what has come of them, and the newest."""
    matching = chosen.matching()
    counting = matching.filter(state=Submission.State.CONFIRMED)
    return {
        "total": matching.count(),
        "counting": counting.count(),
        "gone": Letter.objects.left().filter(action__in=counting.values("action")).count(),
        "rows": described(list(loaded(matching).order_by("-pk")[:SAMPLE])),
        "sample": SAMPLE,
    }


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


def _quarantined(public_id: UUID) -> Submission:
    """Somebody else may have decided a moment ago: then it is gone from here, and a 404 says so."""
    return get_object_or_404(
        Submission.objects.select_related("ask__campaign"),
        public_id=public_id,
        state=Submission.State.QUARANTINED,
    )
