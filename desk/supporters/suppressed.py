"""Mailboxes that get no mail from us: which, why and since when, and lifting what a person may
lift.

A mailbox is kept as a hash: it is found by typing its address, and named where we know its owner.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from desk.access import needs
from desk.sorting import Column, Table
from supporters.forms import EmailField
from supporters.models import Supporter, Suppression
from supporters.people import mailbox_of
from supporters.suppressions import LIFTABLE, lift

COLUMNS = [
    Column("mailbox", gettext_lazy("Mailbox")),
    Column("why", gettext_lazy("Why")),
    Column("since", gettext_lazy("Since"), by="pk", falls=True),
    Column("lift", gettext_lazy("Lift")),
]


class FindForm(forms.Form):
    email = EmailField(required=False)


class LiftForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=200)


@needs("see_supporters")
def suppressed(request: HttpRequest) -> HttpResponse:
    """Newest first; or the one of an address that somebody typed (never in an address line)."""
    return show(request, LiftForm())


@require_POST
@needs("see_supporters")
def lift_suppression(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to this mailbox again. 422 without a reason, 404 for what only its owner may change."""
    may_be_lifted = Suppression.objects.in_force().filter(reason__in=LIFTABLE)
    suppression = get_object_or_404(may_be_lifted, pk=pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return show(request, form, failed=pk, status=422)
    with transaction.atomic():
        if lift(suppression):
            audit.record(
                request.user.get_username(),
                "suppression lifted",
                f"mailbox {suppression.mailbox[:12]}",
                was=suppression.reason,
                because=form.cleaned_data["reason"],
            )
    return redirect("desk:suppressed")


def show(
    request: HttpRequest, form: LiftForm, *, failed: int = 0, status: int = 200
) -> HttpResponse:
    """The list, with this form at the row whose lifting failed."""
    find = FindForm(request.POST if "email" in request.POST else None)
    rows: QuerySet[Suppression] = Suppression.objects.in_force()
    is_found = find.is_valid() and bool(find.cleaned_data["email"])
    if is_found:
        rows = rows.filter(mailbox=mailbox_of(find.cleaned_data["email"]))
    page = Table(request, COLUMNS, usual="-since").by_key(rows)
    context: dict[str, Any] = page | {
        "find": find,
        "form": form,
        "failed": failed,
        "is_found": is_found,
        "shown": with_owners(page["rows"]),
        "numbers": numbers(),
    }
    return render(request, "desk/suppressed.html", context, status=status)


def with_owners(rows: list[Suppression]) -> list[dict[str, Any]]:
    """Who is known of each mailbox, without the young. One query."""
    owners = defaultdict(list)
    known = Supporter.objects.grown().filter(mailbox__in=[row.mailbox for row in rows])
    for supporter in known.order_by("pk"):
        owners[supporter.mailbox].append(supporter)
    return [
        {"row": row, "owners": owners[row.mailbox], "may_be_lifted": row.reason in LIFTABLE}
        for row in rows
    ]


def numbers() -> list[tuple[str, int]]:
    """How many for each reason, the most first."""
    counted = Suppression.objects.in_force().values_list("reason").annotate(n=Count("pk"))
    return [(str(Suppression.Reason(reason).label), n) for reason, n in counted.order_by("-n")]
