"""Submissions that look wrong, set aside until a person has looked.

The page never told whoever sent them; their mailbox did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from actions.models import Burst, Submission
from actions.screening.quarantine import may_appeal
from actions.screening.quarantine import refuse as refuse_submission
from actions.screening.quarantine import release as release_submission
from actions.screening.why_quarantined import THREAT
from actions.typed_numbers import typed_number
from campaigns import words
from desk.access import needs
from desk.models import Verdict
from desk.quarantine import verdicts
from desk.quarantine.chosen import Chosen, ConditionsForm
from desk.sorting import Column, Table
from supporters.models import Supporter

VERDICTS_SHOWN = 5
COLUMNS = [
    # Appeals first: somebody answered from that mailbox and waits. Then the oldest.
    Column("who", gettext_lazy("Who"), by="appealed_at"),
    Column("what", gettext_lazy("What")),
    Column("why", gettext_lazy("Why"), by="quarantined_because"),
    Column("since", gettext_lazy("Since"), by="created_at"),
    Column("decide", gettext_lazy("Decide")),
]


class ManyForm(forms.Form):
    """About those ticked or all that match."""

    deed = forms.ChoiceField(choices=[(deed, deed) for deed in verdicts.DEEDS])
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=3,
        max_length=300,
        help_text=gettext_lazy("Kept with your name, for whoever asks later."),
    )


@needs("see_supporters")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits, narrowed to what the address line says. Minors are decided on without a name."""
    conditions = ConditionsForm(request.GET)
    matching = conditions.chosen().matching()
    full = matching.select_related("ask__campaign").prefetch_related("ask__campaign__words")
    table = Table(request, COLUMNS, usual="who").by_number(full)
    people = Supporter.objects.filter(key__in=[row.supporter_key for row in table["rows"]])
    minors = set(people.filter(is_minor=True).values_list("key", flat=True))
    shown = [described(submission, minors) for submission in table["rows"]]
    latest = list(Verdict.objects.all()[:VERDICTS_SHOWN])
    context = table | {
        "rows": shown,
        "form": conditions,
        "is_narrowed": any(request.GET.get(name) for name in conditions.fields),
        "at_once": matching.exclude(quarantined_because=THREAT).count(),
        "has_threats": any(row["is_threat"] for row in shown),
        "bursts": Burst.objects.lasting(timezone.now()).order_by("began_at"),
        "verdicts": latest,
        "is_going": any(row.finished_at is None for row in latest),
        "now": timezone.now(),
    }
    return render(request, "desk/quarantine/list.html", context)


def described(submission: Submission, minors: set[str]) -> dict[str, Any]:
    """One row; `minors` are keys of supporters."""
    return {
        "submission": submission,
        "campaign": words.of(submission.ask.campaign).title,
        "words": own_words(submission),
        "is_threat": submission.quarantined_because == THREAT,
        "is_minor": submission.entry.get("is_minor") or submission.supporter_key in minors,
    }


@require_POST
@needs("see_supporters")
def many(request: HttpRequest) -> HttpResponse:
    """First how many and what will happen; noted only when that page's button is pressed. 422
    without a reason there, or when nothing was ticked.
    """
    chosen, form = chosen_in(request), ManyForm(request.POST)
    found = chosen.rows().count()
    if not found:
        messages.warning(request, _("Nothing was chosen: tick some, or all that match."))
        return redirect("desk:quarantine")
    if "confirmed" in request.POST and form.is_valid():
        verdicts.ask_for(
            form.cleaned_data["deed"],
            chosen,
            author=request.user.get_username(),
            reason=form.cleaned_data["reason"],
        )
        return redirect(f"{reverse('desk:quarantine')}#verdicts")
    is_asked_first = "confirmed" not in request.POST
    context = {
        "form": ManyForm(initial={"deed": request.POST.get("deed")}) if is_asked_first else form,
        "deed": "refuse" if request.POST.get("deed") == "refuse" else "release",
        "found": found,
        "answered": chosen.rows().filter(appealed_at__isnull=False).count(),
        "chosen": chosen,
        "minutes": int(verdicts.GRACE.total_seconds() // 60),
    }
    return render(
        request, "desk/quarantine/many.html", context, status=200 if is_asked_first else 422
    )


def chosen_in(request: HttpRequest) -> Chosen:
    """Those ticked, or all of now that match; the confirming page repeats what was counted."""
    conditions = ConditionsForm(request.POST)
    if "all" not in request.POST or not conditions.is_valid():
        # A condition that fits nothing any more must not mean everything, nor must no tick: 0 is
        # nobody's.
        ids = {typed_number(one) for one in request.POST.getlist("one")}
        return Chosen(ids=tuple(sorted(one for one in ids if one)) or (0,))
    chosen = conditions.chosen()
    newest = chosen.matching().order_by("-pk").values_list("pk", flat=True).first() or 0
    return replace(chosen, up_to=typed_number(request.POST.get("up_to", "")) or newest)


@require_POST
@needs("see_supporters")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo it before it begins; afterwards leave the rest as it is."""
    if not verdicts.stop(pk, author=request.user.get_username()):
        messages.warning(request, _("Nothing was changed: it was over already."))
    return redirect(f"{reverse('desk:quarantine')}#verdicts")


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
    written = [submission.own_words, *submission.edited_statements]
    return "\n\n".join(text for text in written if text)


def _quarantined(public_id: UUID) -> Submission:
    """Somebody else may have decided a moment ago: then it is gone from here, and a 404 says so."""
    return get_object_or_404(
        Submission.objects.select_related("ask__campaign"),
        public_id=public_id,
        state=Submission.State.QUARANTINED,
    )
