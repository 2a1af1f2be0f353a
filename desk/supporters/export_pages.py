"""Pages for asking for an export, watching it and taking it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import proofs
from accounts.models import User
from campaigns.models import Ask
from desk.access import needs
from desk.models import Export
from desk.sorting import Column, Table
from desk.supporters import export_job
from desk.supporters.filters import CONSENTS, NEWSLETTER, SelectionForm
from desk.supporters.sheets import SHEETS


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("What is it for?"),
        min_length=8,
        max_length=200,
        help_text=_(
            "Written down for good beside your name and the number of rows. Example: printing"
            " invitations for the May meeting."
        ),
    )


COLUMNS = [
    Column("asked", _("Asked"), by="pk", falls=True),
    Column("by", _("By"), by="author__name"),
    Column("purpose", _("Purpose"), by="purpose"),
    Column("rows", _("Rows"), by="rows_done", is_number=True, falls=True),
    Column("state", _("State"), by="state"),
]


class ExportForm(PurposeForm, SelectionForm):
    """The consent filter is on unless somebody turns it off."""

    consent = forms.ChoiceField(
        label=_("To the newsletter"),
        choices=CONSENTS,
        initial=NEWSLETTER,
        help_text=_("Who took a yes back is in no list."),
    )
    field_order = ("campaign", "state", "consent", "purpose")

    def filters(self) -> dict[str, Any]:
        return self.selection().as_json()


class PetitionExportForm(PurposeForm):
    ask = forms.ModelChoiceField(
        Ask.objects.filter(kind=Ask.Kind.PETITION), widget=forms.HiddenInput
    )

    def filters(self) -> dict[str, Any]:
        return {"ask": self.cleaned_data["ask"].pk}


FORMS: dict[str, type[ExportForm] | type[PetitionExportForm]] = {
    "supporters": ExportForm,
    "petition": PetitionExportForm,
}


@needs("export_supporters")
def exports(request: HttpRequest) -> HttpResponse:
    """What was exported, by whom and why, and the form for another."""
    # What the list was narrowed to comes along in the address.
    form = ExportForm(initial=request.GET.dict() or None)
    return render(request, "desk/exports.html", {"form": form} | exported(request))


def exported(request: HttpRequest) -> dict[str, Any]:
    """The table of what was exported."""
    table = Table(request, COLUMNS, usual="-asked", at=reverse("desk:exports"))
    return table.by_number(Export.objects.select_related("author"))


@require_POST
@needs("export_supporters")
def new_export(request: HttpRequest) -> HttpResponse:
    """First the number of rows; asked for only when that page's button is pressed."""
    kind = "petition" if request.POST.get("kind") == "petition" else "supporters"
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        if kind == "petition":
            return render(request, "desk/export_confirm.html", {"form": form}, status=422)
        context = {"form": form} | exported(request)
        return render(request, "desk/exports.html", context, status=422)
    filters = form.filters()
    if not proofs.is_fresh(request):
        return proofs.ask_again(back_to_form(request, kind, form))
    # Nothing is noted yet: the person sees how many people the list would hold.
    if "confirmed" not in request.POST:
        context = {
            "form": form,
            "kind": kind,
            "rows": SHEETS[kind].count(filters),
            "carried": _carried(form),
        }
        return render(request, "desk/export_confirm.html", context)
    export = export_job.ask_for_export(
        request.user,  # type: ignore[arg-type]
        kind=kind,
        filters=filters,
        purpose=form.cleaned_data["purpose"],
    )
    return redirect("desk:export", export.public_id)


@needs("export_supporters")
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One export: how far it is, or its file. Anybody who exports may look."""
    found = get_object_or_404(Export.objects.select_related("author"), public_id=public_id)
    context = {
        "export": found,
        "is_mine": found.author_id == request.user.pk,
        "is_going": found.state in (Export.State.WAITING, Export.State.RUNNING),
    }
    return render(request, "desk/export.html", context)


@require_POST
@needs("export_supporters")
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever may export may stop one, whoever asked for it: they see the same rows."""
    found = get_object_or_404(Export, public_id=public_id)
    if not export_job.stop(found, author=request.user.get_username()):
        messages.warning(request, _("Nothing was changed: it was over already."))
    return redirect("desk:export", public_id)


@require_POST
@needs("export_supporters")
def download(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Only for whoever asked for it: they stated the purpose.

    A POST, so that no history or preview holds a working link.
    """
    found = get_object_or_404(Export, public_id=public_id)
    if found.author_id != request.user.pk:
        raise PermissionDenied
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:export", args=[public_id]))
    try:
        return handed_out(found, request.user)  # type: ignore[arg-type]
    except export_job.Expired:
        return render(
            request,
            "desk/export.html",
            {"export": found, "is_mine": True, "is_gone": True},
            status=410,
        )


def handed_out(found: Export, to: User) -> StreamingHttpResponse:
    """Its file, with the line in the audit log before its first byte. Raises Expired."""
    content = export_job.hand_out(found, to)
    answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="{found.kind}-{timezone.localdate(found.asked_at)}.csv"'
    )
    answer["X-Content-SHA256"] = found.sha256
    return answer


def back_to_form(request: HttpRequest, kind: str, form: PurposeForm) -> str:
    """The page with what was typed: a list was asked for, and nobody was named in it."""
    if kind == "petition":
        return reverse("desk:petition", args=[form.cleaned_data["ask"].pk])
    typed = {name: value for name, value in _carried(form) if value}
    return f"{reverse('desk:exports')}?{urlencode(typed)}"


def _carried(form: forms.Form) -> list[tuple[str, str]]:
    """What the confirmation page repeats in hidden fields."""
    return [(name, form.data.get(name, "")) for name in form.fields]
