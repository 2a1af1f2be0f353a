"""Two records that may be one person: somebody gave a name or mailbox that is another record's
(actions.correcting). People here say whether they are one.
"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from actions.models import SameKey
from desk.access import needs
from desk.sorting import Column, Table
from supporters.looks import subject_of

COLUMNS = [
    Column("who", gettext_lazy("Who")),
    Column("other", gettext_lazy("Perhaps the same as")),
    Column("gave", gettext_lazy("They gave")),
    Column("since", gettext_lazy("Since"), by="pk", falls=True),
    Column("decide", gettext_lazy("Decide")),
]


def open_pairs() -> QuerySet[SameKey]:
    """Grown people, and records that stand for somebody: the others nobody here merges."""
    # On both sides: the key of one that went into another leads to a record that is listed itself.
    rows: QuerySet[SameKey] = SameKey.objects.filter(settled_at=None)
    grown = {"is_minor": False, "merged_into": None}
    for side in ("supporter", "other"):
        rows = rows.filter(**{f"{side}__{name}": value for name, value in grown.items()})
    return rows.select_related("supporter", "other")


@require_safe
@needs("see_supporters")
def pairs(request: HttpRequest) -> HttpResponse:
    """Those that nobody has decided."""
    page = Table(request, COLUMNS, usual="-since").by_key(open_pairs())
    return render(request, "desk/person/pairs.html", page)


@require_POST
@needs("see_supporters")
def are_two(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two people, and stay two records."""
    pair = get_object_or_404(open_pairs(), pk=pk)
    with transaction.atomic():
        # It stays, settled: the same two do not come back with the next try.
        SameKey.objects.filter(pk=pk).update(settled_at=timezone.now())
        audit.record(
            request.user.get_username(),
            "said to be two people",
            subject_of(pair.supporter),
            other=pair.other_id,
        )
    messages.success(request, _("Noted: two people."))
    return redirect("desk:supporter_pairs")
