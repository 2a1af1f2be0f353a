"""The list of supporters, for people with the right to see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from desk.access import needs
from desk.sorting import Column, Table
from desk.supporters.filters import ANYONE, Selection, SelectionForm

COLUMNS = [
    Column("name", _("Name")),
    Column("email", _("E-mail")),
    Column("place", _("Place")),
    Column("newsletter", _("Newsletter")),
    # Its key: the table grows without end, and has this index.
    Column("since", _("Since"), by="pk", falls=True),
]


@needs("see_supporters")
def supporters(request: HttpRequest) -> HttpResponse:
    """Newest first, paged by key."""
    # Looking begins wider than exporting, where the careful choice is preset.
    form = SelectionForm(request.GET or {"consent": ANYONE})
    selection = form.selection() if form.is_valid() else Selection()
    chosen = selection.supporters()
    page = Table(request, COLUMNS, usual="-since").by_key(chosen)
    context = page | {
        "form": form,
        "people": page["rows"],
        "total": chosen.count(),
        "query": selection.query(),
    }
    return render(request, "desk/supporters.html", context)
