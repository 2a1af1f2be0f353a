"""The list of supporters, for people with the right to see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.access import needs
from desk.paging import page_by_key
from desk.supporters.filters import ANYONE, Selection, SelectionForm


@needs("see_supporters")
def supporters(request: HttpRequest) -> HttpResponse:
    """Newest first, paged by key."""
    # Looking begins wider than exporting, where the careful choice is preset.
    form = SelectionForm(request.GET or {"consent": ANYONE})
    selection = form.selection() if form.is_valid() else Selection()
    chosen = selection.supporters()
    before = request.GET.get("before", "")
    page = page_by_key(chosen.order_by("-pk"), before)
    context = page | {
        "form": form,
        "people": page["rows"],
        "total": chosen.count(),
        "query": selection.query(),
    }
    return render(request, "desk/supporters.html", context)
