"""Segments: conditions that are kept under a name, for their owner or for everybody here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from desk.access import needs
from desk.models import Segment
from desk.supporters import filters
from desk.supporters.filters import Filter


class SegmentForm(forms.ModelForm):
    class Meta:
        model = Segment
        fields = ["name", "is_shared"]
        labels = {
            "name": gettext_lazy("Name"),
            "is_shared": gettext_lazy("Shared: everybody who sees supporters may use it"),
        }


@needs("see_supporters")
def segments(request: HttpRequest) -> HttpResponse:
    """Their own and the shared ones, with what they were used for."""
    rows = Segment.objects.open_to(request.user).select_related("owner")
    rows = rows.annotate(used=Count("exports"), used_at=Max("exports__asked_at"))
    shown = [_shown(row, request.user.pk) for row in rows.order_by("name")]
    return render(request, "desk/segments/list.html", {"segments": shown})


def _shown(row: Segment, user_id: int | None) -> dict[str, Any]:
    chosen = Filter.from_json(row.filters)
    return {
        "segment": row,
        "said": chosen.said(),
        "query": chosen.query(),
        "form": SegmentForm(instance=row, auto_id=f"s{row.pk}-%s")
        if row.owner_id == user_id
        else None,
    }


@require_POST
@needs("see_supporters")
def keep(request: HttpRequest) -> HttpResponse:
    """The conditions of the list, under a name; of the same name and owner the later ones stand."""
    form = SegmentForm(request.POST)
    chosen, _faults = filters.without_nonsense(filters.read(QueryDict(request.POST.get("chosen"))))
    if not form.is_valid() or not chosen.told:
        messages.warning(request, _("Give it a name and at least one condition."))
        return redirect("desk:supporters")
    # Read and written anew: what stood in the field besides our conditions is not kept.
    told = form.cleaned_data | {"filters": chosen.as_json()}
    name = told.pop("name")
    with transaction.atomic():
        Segment.objects.update_or_create(owner_id=request.user.pk, name=name, defaults=told)
        audit.record(request.user.get_username(), "segment kept", name, **chosen.as_json())
    messages.success(request, _("Kept as “%(name)s”.") % {"name": name})
    return redirect("desk:segments")


@require_POST
@needs("see_supporters")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, shared or not: its owner's business."""
    segment = get_object_or_404(Segment, pk=pk, owner=request.user)
    form = SegmentForm(request.POST, instance=segment)
    try:
        with transaction.atomic():
            if not form.is_valid():
                raise IntegrityError
            form.save()
    except IntegrityError:
        messages.warning(request, _("Nothing was changed: you have one of that name."))
    return redirect("desk:segments")


@require_POST
@needs("see_supporters")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Exports that were made with it keep their own conditions."""
    segment = get_object_or_404(Segment, pk=pk, owner=request.user)
    with transaction.atomic():
        audit.record(request.user.get_username(), "segment removed", segment.name)
        segment.delete()
    return redirect("desk:segments")
