"""Pages for asking for an export, watching it and taking it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import proofs
from accounts.models import User
from actions.typed_numbers import typed_number
from desk.access import needs
from desk.exports import approval, handing_out, job
from desk.exports.columns import column_of
from desk.models import Export, Segment
from desk.sorting import Column, Table
from desk.supporters import filters
from desk.supporters.filters import Filter
from supporters import purposes

TYPES = {
    Export.Format.CSV: "text/csv; charset=utf-8",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLE = [
    Column("asked", gettext_lazy("Asked"), by="pk", falls=True),
    Column("by", gettext_lazy("By"), by="author__name"),
    Column("purpose", gettext_lazy("Purpose"), by="purpose"),
    Column("rows", gettext_lazy("Rows"), by="rows_done", is_number=True, falls=True),
    Column("state", gettext_lazy("State"), by="state"),
]


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("Why, in your own words"),
        min_length=8,
        max_length=200,
        help_text=gettext_lazy(
            "Written down for good beside your name and the number of rows. Example: printing"
            " invitations for the May meeting."
        ),
    )


class ExportForm(PurposeForm):
    """`chosen`: conditions as an address line says them; a segment's stand instead."""

    purpose_key = forms.ChoiceField(
        label=gettext_lazy("What is it for?"),
        choices=lambda: [
            ("", gettext_lazy("Choose")),
            *((each.key, each.label) for each in purposes.closed_list()),
        ],
        help_text=gettext_lazy(
            "It decides who is in the list, by what they said yes to, and which columns there are."
        ),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=gettext_lazy("Segment"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    format = forms.ChoiceField(label=gettext_lazy("File"), choices=Export.Format.choices)
    is_bare = forms.BooleanField(
        label=gettext_lazy("No apostrophe before ZIP codes and phone numbers"),
        required=False,
        help_text=gettext_lazy("For another program. Excel would take the zero off 02139."),
    )
    chosen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)
    field_order = ("purpose_key", "purpose", "segment", "format", "is_bare")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["segment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Segment.objects.open_to(user).order_by("name")

    def chosen_filter(self) -> Filter:
        """Call after is_valid()."""
        if segment := self.cleaned_data["segment"]:
            return Filter.from_json(segment.filters)
        return read(self.cleaned_data["chosen"])


@needs("export_supporters")
def exports(request: HttpRequest) -> HttpResponse:
    """What was exported, by whom and why, and the form for another."""
    # What the list was narrowed to comes along in the address.
    told = {name: request.GET.get(name, "") for name in ("purpose_key", "purpose", "segment")}
    chosen, _faults = filters.without_nonsense(filters.read(request.GET))
    form = ExportForm(initial=told | {"chosen": chosen.query()}, user=request.user)
    return shown(request, form, chosen)


def shown(
    request: HttpRequest, form: ExportForm, chosen: Filter, *, status: int = 200
) -> HttpResponse:
    table = Table(request, TABLE, usual="-asked", at=reverse("desk:exports"))
    noted = Export.objects.exclude(state=Export.State.DRAFT).select_related("author")
    context = {"form": form, "filters": chosen.said()} | table.by_number(noted)
    return render(request, "desk/exports.html", context, status=status)


@needs("export_supporters")
def new_export(request: HttpRequest) -> HttpResponse:
    """A draft, with the number of its rows; asked for only when that page's button is pressed."""
    # Whoever opens the address of a form that came back begins anew.
    if request.method != "POST":
        return redirect("desk:exports")
    form = ExportForm(request.POST, user=request.user)
    if not form.is_valid():
        return shown(request, form, read(request.POST.get("chosen", "")), status=422)
    told = form.cleaned_data
    if not proofs.is_fresh(request):
        # Back to the page with what was typed: a list was asked for, and nobody was named in it.
        back = urlencode({name: told[name] for name in ("purpose_key", "purpose")})
        return proofs.ask_again(f"{reverse('desk:exports')}?{back}&{told['chosen']}")
    export = job.draft(
        request.user,  # type: ignore[arg-type]
        purpose_key=told["purpose_key"],
        reason=told["purpose"],
        chosen=form.chosen_filter(),
        format=told["format"],
        is_bare=told["is_bare"],
        segment=told["segment"],
    )
    return redirect("desk:export", export.public_id)


def read(line: str) -> Filter:
    return filters.without_nonsense(filters.read(QueryDict(line)))[0]


@needs("export_supporters")
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One export: what it would hold, how far it is, or its file. Anybody who exports may look."""
    return one(request, _found(public_id))


def one(request: HttpRequest, found: Export, *, status: int = 200) -> HttpResponse:
    is_mine = found.author_id == request.user.pk
    context = about(found) | {
        "export": found,
        "is_mine": is_mine,
        "is_refreshed": found.is_going or not found.is_counted,
        "may_approve": approval.may_approve(found, request.user),  # type: ignore[arg-type]
        "begins_at": approval.waits_until(found) if found.state == "approval" else None,
        "needs_second": found.state == "draft" and found.is_counted and approval.is_needed(found),
        "is_gone": status == 410,
        "starts_left": handing_out.STARTS - found.link_starts,
    }
    return render(request, "desk/export.html", context, status=status)


def about(found: Export) -> dict[str, Any]:
    """Its filter, purpose and columns in words."""
    context: dict[str, Any] = {"filters": Filter.from_json(found.filters).said()}
    try:
        purpose = purposes.purpose(found.purpose_key)
    except purposes.UnknownPurpose:
        return context
    places = {name: place for place, name in enumerate(found.columns, start=1)}
    order = sorted(purpose.columns, key=lambda name: places.get(name, len(purpose.columns)))
    return context | {
        "purpose": purpose,
        "columns": [column_of(name).label for name in found.columns],
        "choices": [(name, column_of(name).label, places.get(name, "")) for name in order],
    }


@require_POST
@needs("export_supporters")
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its author has read what it would hold."""
    found = _mine(request, public_id)
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:export", args=[public_id]))
    offered = purposes.purpose(found.purpose_key).columns
    if not job.begin(found, typed_columns(request.POST, offered)):
        messages.warning(request, _("Nothing was begun: choose a column, or see how it stands."))
    return redirect("desk:export", public_id)


def typed_columns(typed: QueryDict, offered: Sequence[str]) -> list[str]:
    """Names in the order of the numbers beside them; without one a column is left out."""
    # What is no number leaves its column out, and so does a zero.
    places = {name: typed_number(typed.get(f"at_{name}", "")) for name in offered}
    wanted = [(place, name) for name, place in places.items() if place]
    # Of two with one number the earlier of ours comes first.
    return [name for _place, name in sorted(wanted, key=lambda pair: pair[0])]


@require_POST
@needs("export_supporters")
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person, who proves who they are as the first one did."""
    found = _found(public_id)
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:export", args=[public_id]))
    if not job.approve(found, request.user):  # type: ignore[arg-type]
        messages.warning(request, _("Nothing was changed: it waits for nobody."))
    return redirect("desk:export", public_id)


@require_POST
@needs("export_supporters")
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever may export may stop one, whoever asked for it: they see the same rows."""
    if not job.stop(_found(public_id), author=request.user.get_username()):
        messages.warning(request, _("Nothing was changed: it was over already."))
    return redirect("desk:export", public_id)


@require_POST
@needs("export_supporters")
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A link for whoever asked for it: they stated the purpose. It is followed at once."""
    found = _mine(request, public_id)
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:export", args=[public_id]))
    try:
        token = handing_out.make_link(found, request.user)  # type: ignore[arg-type]
    except handing_out.Gone:
        return one(request, found, status=410)
    return redirect("desk:export_file", public_id, token)


@require_http_methods(["GET"])
@needs("export_supporters")
def file(request: HttpRequest, public_id: UUID, token: str) -> HttpResponseBase:
    """The link: of no use to anybody else, and to nobody once the last byte is sent."""
    found = _mine(request, public_id)
    try:
        return handed_out(found, token, request.user)  # type: ignore[arg-type]
    except handing_out.Gone:
        return one(request, found, status=410)


def handed_out(found: Export, token: str, to: User) -> StreamingHttpResponse:
    """Its file, with the line in the audit log before its first byte. Raises Gone."""
    content = handing_out.start(found, token, to)
    answer = StreamingHttpResponse(content, content_type=TYPES[Export.Format(found.format)])
    day = timezone.localdate(found.asked_at)
    answer["Content-Disposition"] = f'attachment; filename="{found.kind}-{day}.{found.format}"'
    answer["X-Content-SHA256"] = found.sha256
    return answer


def _found(public_id: UUID) -> Export:
    return get_object_or_404(
        Export.objects.select_related("author", "approved_by", "segment"), public_id=public_id
    )


def _mine(request: HttpRequest, public_id: UUID) -> Export:
    found = _found(public_id)
    if found.author_id != request.user.pk:
        raise PermissionDenied
    return found
