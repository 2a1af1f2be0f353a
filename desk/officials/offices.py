"""Offices of our own: attorneys general, parole boards, school boards, companies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from desk.access import needs
from desk.officials.office_forms import ChangeOfficeForm, OfficeForm
from desk.sorting import Column, Table
from legislators.by_hand.offices import NewOffice, add_office, end_office, hear_abroad, serve_zips
from legislators.holders import holders_of
from legislators.models import CustomOffice

COLUMNS = [
    Column("office", gettext_lazy("Office"), by=lambda row: str(row["office"]).lower()),
    Column("holder", gettext_lazy("Holder"), by=lambda row: holder_of(row)),
    Column("serves", gettext_lazy("Serves"), by=lambda row: row["office"].serves),
    # Those that ended stand last.
    Column("ends", gettext_lazy("Ends"), by=lambda row: row["is_over"]),
]


def holder_of(row: dict[str, Any]) -> str | None:
    """Their name, small; None where nobody is known."""
    return row["term"].legislator.name.lower() if row["term"] else None


@require_safe
@needs("manage_officials")
def offices(request: HttpRequest) -> HttpResponse:
    """All of them, those that ended last."""
    rows = CustomOffice.objects.select_related("seat__jurisdiction").annotate(
        number_of_zips=Count("zips")
    )
    holders, today = holders_of([row.seat_id for row in rows]), timezone.localdate()
    listed = [
        {
            "office": row,
            "term": holders.get(row.seat_id),
            "is_over": bool(row.ended_on and row.ended_on <= today),
        }
        for row in rows
    ]
    context = Table(request, COLUMNS, usual="ends").by_number(listed)
    return render(request, "desk/officials/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_officials")
def new_office(request: HttpRequest) -> HttpResponse:
    """422 for what cannot be one; every word typed is still there then."""
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        office = add(form.new, author=request.user.get_username())
        waits = _("Added. How it is reached is used once another person approves it.")
        messages.success(request, waits if form.ways else _("Added."))
        return redirect("desk:custom_office", office.pk)
    return render(
        request,
        "desk/officials/office_new.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@transaction.atomic
def add(new: NewOffice, *, author: str) -> CustomOffice:
    """Make it, and write it down."""
    office = add_office(new, author=author)
    audit.record(
        author,
        "office added",
        f"seat {office.seat_id}",
        name=new.name,
        serves=new.serves,
        state=new.state,
        zips=len(new.zips),
        holder=new.holder.name if new.holder else "",
        source=new.holder.source if new.holder else "",
    )
    return office


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_officials")
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its ZIP codes, and the day on which it ends. 422 for what cannot be so."""
    row = get_object_or_404(CustomOffice.objects.select_related("seat__jurisdiction"), pk=pk)
    zips = sorted(row.zips.values_list("zip", flat=True))
    form = ChangeOfficeForm(
        request.POST if request.method == "POST" else None,
        serves=row.serves,
        initial={
            "zips": " ".join(zips),
            "ended_on": row.ended_on,
            "takes_abroad": row.takes_abroad,
        },
    )
    if form.is_valid():
        change(row, form, author=request.user.get_username())
        messages.success(request, _("Kept."))
        return redirect("desk:custom_office", row.pk)
    context = {
        "office": row,
        "seat": row.seat,
        "form": form,
        "term": holders_of([row.seat_id]).get(row.seat_id),
        "number_of_zips": len(zips),
    }
    return render(
        request, "desk/officials/office.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def change(row: CustomOffice, form: ChangeOfficeForm, *, author: str) -> None:
    """Keep what was typed, and write it down."""
    zips, ended_on = form.cleaned_data.get("zips"), form.cleaned_data["ended_on"]
    if zips is not None:
        serve_zips(row, zips)
    hear_abroad(row, takes_abroad=form.cleaned_data["takes_abroad"])
    end_office(row, on=ended_on)
    audit.record(
        author,
        "office changed",
        f"seat {row.seat_id}",
        name=row.seat.district,
        ended_on=ended_on,
        takes_abroad=form.cleaned_data["takes_abroad"],
        zips=len(zips or ()),
    )
