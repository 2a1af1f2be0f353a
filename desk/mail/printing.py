"""Letters on paper: what waits for printing, and each batch from its closing to the mailbox, every
step by name.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from actions.letters import paper
from desk.access import needs
from desk.mail.print_files import FILES
from desk.mail.who_reads import RIGHT
from worker.models import PrintBatch, PrintItem
from worker.paper import batches

ON_A_PAGE = 50
WORDS = {
    PrintBatch.State.MAKING: (gettext_lazy("Being set"), "waiting"),
    PrintBatch.State.READY: (gettext_lazy("Ready to print"), "you"),
    PrintBatch.State.PRINTED: (gettext_lazy("Printed, not mailed yet"), "you"),
    PrintBatch.State.MAILED: (gettext_lazy("Mailed"), "done"),
    PrintBatch.State.CANCELLED: (gettext_lazy("Cancelled"), ""),
    PrintBatch.State.FAILED: (gettext_lazy("Could not be set"), "trouble"),
}
OVER = (PrintBatch.State.MAILED, PrintBatch.State.CANCELLED)
# One field for two forms: Django gives each form a copy.
REASON = forms.CharField(
    label=gettext_lazy("Why"),
    min_length=3,
    max_length=300,
    help_text=gettext_lazy("It is kept with your name, for whoever asks later."),
)


class PrintedForm(forms.Form):
    """Nothing to fill in."""


class MailedForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Mailed on"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        if on < timezone.localdate() - dt.timedelta(days=60):
            raise forms.ValidationError(_("This day is more than two months ago."))
        return on


class VoidForm(forms.Form):
    sequence = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=99_999)
    reason = REASON


class CancelForm(forms.Form):
    reason = REASON


FORMS: dict[str, type[forms.Form]] = {
    "printed": PrintedForm,
    "mailed": MailedForm,
    "void": VoidForm,
    "cancel": CancelForm,
}
OFFERED: dict[str, tuple[str, ...]] = {
    PrintBatch.State.MAKING: ("cancel",),
    PrintBatch.State.READY: ("printed", "void", "cancel"),
    PrintBatch.State.PRINTED: ("mailed", "void", "cancel"),
    PrintBatch.State.FAILED: ("cancel",),
}


@needs("see_outbox")
def printing(request: HttpRequest) -> HttpResponse:
    """What waits, and what became of what was closed."""
    count = Count("items", filter=Q(items__voided_at=None))
    until = Min("items__delivery__expires_at", filter=Q(items__voided_at=None))
    found = PrintBatch.objects.annotate(letters=count, until=until, over=Q(state__in=OVER))
    # Whatever somebody still has to do stands first, however old it is.
    rows: list[Any] = list(found.order_by("over", "-pk")[:ON_A_PAGE])
    for row in rows:
        row.words, row.shape = WORDS[PrintBatch.State(row.state)]
        row.is_overdue = bool(not row.over and row.until and row.until < timezone.now())
    context = {
        "batches": rows,
        "waiting": batches.waiting(rehearsal=False).count(),
        "practising": batches.waiting(rehearsal=True).count(),
        "at_most": batches.AT_MOST,
        "is_offered": paper.is_offered(),
        "by_lob": settings.PAPER_BY == paper.LOB,
        "nobody_prints": not settings.PAPER_BY,
        "has_address": paper.return_address() is not None,
    }
    return render(request, "desk/printing.html", context)


@require_POST
@needs("hold_deliveries")
def close(request: HttpRequest) -> HttpResponse:
    """Make a batch of what waits; a rehearsal, if the form says so."""
    author, rehearsal = request.user.get_username(), "rehearsal" in request.POST
    # Not in one transaction with its line in the log: closing looks at each letter, outside of any.
    batch = batches.close(author=author, rehearsal=rehearsal)
    if batch is None:
        messages.warning(
            request, _("Nothing waits to be printed: somebody may just have closed a batch.")
        )
        return redirect("desk:printing")
    audit.record(
        author,
        "print batch closed",
        f"batch {batch.pk}",
        letters=batch.items.count(),
        rehearsal=rehearsal,
    )
    return redirect("desk:print_batch", batch.pk)


@needs("see_outbox")
def print_batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: its letters, its files, and what may be done to it now."""
    return _show(request, get_object_or_404(PrintBatch, pk=number))


@require_POST
@needs("hold_deliveries")
def print_deed(request: HttpRequest, number: int) -> HttpResponse:
    """422 for a form that says too little; 409 when the batch no longer stands as this person saw
    it: then nothing was changed.
    """
    batch = get_object_or_404(PrintBatch, pk=number)
    deed = request.POST.get("deed", "")
    # Several forms on one page have a field of the same name: each has ids of its own.
    form = FORMS[deed](request.POST, auto_id=f"{deed}_%s") if deed in FORMS else None
    if form is None or not form.is_valid():
        return _show(request, batch, {deed: form} if form else {}, status=422)
    try:
        done(batch, deed, author=request.user.get_username(), **form.cleaned_data)
    except batches.NotNow:
        return _show(request, get_object_or_404(PrintBatch, pk=number), status=409)
    return redirect("desk:print_batch", number)


@transaction.atomic
def done(batch: PrintBatch, deed: str, *, author: str, **said: Any) -> None:
    """Do it and write it into the audit log, or neither. Raises NotNow."""
    subject = f"batch {batch.pk}"
    if deed == "printed":
        batches.mark_printed(batch.pk)
        audit.record(author, "print batch printed", subject)
    elif deed == "mailed":
        letters = batches.mark_mailed(batch.pk, on=said["on"], author=author)
        audit.record(
            author, "print batch mailed", subject, on=said["on"].isoformat(), letters=letters
        )
    elif deed == "void":
        batches.void(batch.pk, said["sequence"], author=author, reason=said["reason"])
        audit.record(
            author,
            "printed letter voided",
            f"{subject}, number {said['sequence']}",
            reason=said["reason"],
        )
    else:
        letters = batches.cancel(batch.pk, author=author, reason=said["reason"])
        audit.record(
            author, "print batch cancelled", subject, reason=said["reason"], letters=letters
        )


@require_POST
@needs("hold_deliveries", RIGHT)
def print_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A file of the batch.

    A POST, so that no history or preview holds a working link; each is written down.
    """
    batch = get_object_or_404(PrintBatch, pk=number)
    kind = request.POST.get("file", "")
    if kind not in FILES:
        return _show(request, batch, status=422)
    answer = FILES[kind](request, batch)
    if answer is None:
        return _show(request, batch, status=409)
    audit.record(
        request.user.get_username(), "print batch downloaded", f"batch {batch.pk}", file=kind
    )
    return answer


def _show(
    request: HttpRequest,
    batch: PrintBatch,
    filled: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    words, shape = WORDS[PrintBatch.State(batch.state)]
    items = batch.items.select_related("delivery").defer("delivery__message")
    live = items.filter(voided_at=None)
    offered = OFFERED.get(batch.state, ())
    # A form with faults is shown once more; the others begin empty.
    made = {
        name: (filled or {}).get(name)
        or form(initial={"on": timezone.localdate()}, auto_id=f"{name}_%s")
        for name, form in FORMS.items()
    }
    context = {
        "batch": batch,
        "words": words,
        "shape": shape,
        "letters": live.count(),
        "items": live.order_by("sequence")[: batches.AT_MOST],
        "voided": [
            (item, is_to_pull(batch, item))
            for item in items.exclude(voided_at=None).order_by("sequence")
        ],
        "forms": {name: made[name] for name in offered},
        "is_going": batch.state == PrintBatch.State.MAKING,
        "can_print": batch.state in (PrintBatch.State.READY, PrintBatch.State.PRINTED),
        "came_late": status == 409,
    }
    return render(request, "desk/print_batch.html", context, status=status)


def is_to_pull(batch: PrintBatch, item: PrintItem) -> bool:
    """It was printed before it was voided: its sheet lies among the others."""
    is_printed = batch.state == PrintBatch.State.PRINTED and batch.printed_at is not None
    return bool(
        is_printed and item.voided_at and batch.printed_at and item.voided_at > batch.printed_at
    )
