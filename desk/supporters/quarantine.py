"""Actions that look wrong, set aside until a person has looked.

The page never told whoever sent them; their mailbox did.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import audit
from actions import take
from actions.models import Action
from campaigns import words
from desk.access import needs

ON_A_PAGE = 50


@needs("see_supporters")
def quarantine(request: HttpRequest) -> HttpResponse:
    """Appeals first: somebody answered from that mailbox and waits. Then the oldest.

    Minors are decided on without a name.
    """
    set_aside = Action.objects.filter(state=Action.State.QUARANTINED)
    full = set_aside.select_related("supporter", "ask__campaign").prefetch_related(
        "ask__campaign__words"
    )
    rows = full.order_by(F("appealed_at").asc(nulls_last=True), "pk")[:ON_A_PAGE]
    shown = [
        {
            "action": action,
            "campaign": words.of(action.ask.campaign).title,
            "is_minor": _is_minor(action),
        }
        for action in rows
    ]
    return render(request, "desk/quarantine.html", {"rows": shown, "total": set_aside.count()})


@require_POST
@needs("see_supporters")
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person vouches for it: it counts, and its letters leave as those of any other."""
    with transaction.atomic():
        action = _quarantined(public_id)
        take.release(action)
        audit.record(
            request.user.get_username(),
            "action released",
            str(public_id),
            because=action.quarantined_because,
        )
    return redirect("desk:quarantine")


@require_POST
@needs("see_supporters")
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    author = request.user.get_username()
    with transaction.atomic():
        action = _quarantined(public_id)
        take.withdraw(action, author=author, reason="refused after a person looked")
        audit.record(author, "action refused", str(public_id), because=action.quarantined_because)
    return redirect("desk:quarantine")


def _quarantined(public_id: UUID) -> Action:
    """Somebody else may have decided a moment ago: then it is gone from here, and a 404 says so."""
    return get_object_or_404(
        Action.objects.select_for_update(), public_id=public_id, state=Action.State.QUARANTINED
    )


def _is_minor(action: Action) -> bool:
    # An unconfirmed action's age is with its entry, not with the supporter (docs/decisions/0008).
    return bool(action.supporter.is_minor or action.entry.get("is_minor"))
