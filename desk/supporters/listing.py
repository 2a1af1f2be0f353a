"""The list of supporters, for people with the right to see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.access import needs
from desk.supporters.filters import ANYONE, Selection, SelectionForm

ON_A_PAGE = 50


@needs("see_supporters")
def supporters(request: HttpRequest) -> HttpResponse:
    """Newest first, paged by key: page 20,000 costs what page 1 does."""
    form = SelectionForm(request.GET or {"consent": ANYONE})
    selection = form.selection() if form.is_valid() else Selection()
    chosen = selection.supporters()
    page = chosen.order_by("-pk")
    if before := _number(request.GET.get("before", "")):
        page = page.filter(pk__lt=before)
    found = list(page[: ON_A_PAGE + 1])
    context = {
        "form": form,
        "people": found[:ON_A_PAGE],
        "total": chosen.count(),
        "is_first": not before,
        "before": found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None,
        "query": selection.query(),
    }
    return render(request, "desk/supporters.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
