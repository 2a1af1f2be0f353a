"""The figures of the public page: what is counted, and what somebody here set by hand."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from campaigns.impact.counting import counted
from campaigns.models import Counted, Figure
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.impact.forms import FigureForm
from desk.newer_version import in_turn, meet


@needs("run_campaigns")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Each that is counted with what stands in its place, then the others."""
    rows, numbers = list(Figure.objects.all()), counted()
    instead = {row.instead_of: row for row in rows if row.instead_of}
    context = {
        "counted": [(one.label, numbers.get(one.value), instead.get(one.value)) for one in Counted],
        "by_hand": rows,
    }
    return render(request, "desk/impact/figures.html", context)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Figure)
def figure(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new one, or one that there is. 422 for what cannot be used; then nothing changes."""
    row = Figure() if pk is None else get_object_or_404(Figure, pk=pk)
    meeting = meet(
        request,
        lambda data: FigureForm(data, instance=row),
        Thing(f"figure:{pk or 'new'}"),
    )
    if meeting.may_be_saved:
        save_figure(meeting.form, author=request.user.get_username())
        meeting.forget_draft()
        messages.success(request, _("Saved. The public page shows it from now on."))
        return redirect("desk:figures")
    context = {
        "form": meeting.form,
        "meeting": meeting,
        "opened_with": meeting.opened_with,
        "figure": Figure.objects.filter(pk=pk).first() if pk else None,
    }
    template = "desk/newer_version.html" if meeting.differences else "desk/impact/figure.html"
    return render(request, template, context, status=meeting.status)


@transaction.atomic
def save_figure(form: FigureForm, *, author: str) -> Figure:
    """Save what was typed, with a line that says the number and its source."""
    row: Figure = form.save(commit=False)
    row.labels = form.named()
    before = Figure.objects.filter(pk=row.pk).values_list("number", flat=True).first()
    row.save()
    audit.record(author, "figure set", str(row), before=before, source=row.source)
    return row


@needs("run_campaigns")
@require_POST
@transaction.atomic
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Away from the public page; what was counted stands there again."""
    row = get_object_or_404(Figure.objects.select_for_update(), pk=pk)
    row.delete()
    audit.record(request.user.get_username(), "figure removed", str(row), source=row.source)
    messages.success(request, _("Removed."))
    return redirect("desk:figures")
