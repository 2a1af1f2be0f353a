"""Who sponsors a bill: picked from the roster by a search, and whoever an import left in doubt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.typed_numbers import typed_number
from campaigns.bills import keeping
from campaigns.bills.matching import sitting
from campaigns.models import Bill, BillSponsor
from desk.access import needs
from legislators.models import Legislator, Term

FOUND_AT_MOST = 20
ROLES = BillSponsor.Role.values


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def sponsors(request: HttpRequest, pk: int) -> HttpResponse:
    """`for`: the row in doubt that a search is for, if it is for one."""
    bill = get_object_or_404(Bill, pk=pk)
    if request.method == "POST":
        change(request, bill)
        return redirect("desk:bill_sponsors", pk)
    rows = list(bill.sponsors.select_related("legislator"))
    doubted = next((row for row in rows if str(row.pk) == request.GET.get("for")), None)
    typed = request.GET.get("q", doubted.name if doubted else "").replace("\0", "")
    query = " ".join(typed.split())[:80]
    found = list(search(bill, query)[: FOUND_AT_MOST + 1]) if query else []
    seats = seats_of(bill, [row.legislator_id for row in rows if row.legislator_id])
    context: dict[str, Any] = {
        "bill": bill,
        "rows": [(row, seats.get(row.legislator_id or 0)) for row in rows],
        "doubted": doubted,
        "query": query,
        "found": found[:FOUND_AT_MOST],
        "is_more": len(found) > FOUND_AT_MOST,
        "on_it": {row.legislator_id for row in rows},
    }
    return render(request, "desk/bills/sponsors.html", context)


def change(request: HttpRequest, bill: Bill) -> None:
    """One press: put somebody on it, say who a name is, or take a row off."""
    author = request.user.get_username()
    row = bill.sponsors.filter(pk=typed_number(request.POST.get("row"))).first()
    person = Legislator.objects.filter(pk=typed_number(request.POST.get("legislator"))).first()
    role = request.POST.get("role", "")
    if request.POST.get("do") == "remove" and row:
        keeping.remove_sponsor(row, author=author)
        messages.success(request, _("%s is taken off.") % row.name)
    elif row and person:
        keeping.say_who(row, person, author=author)
        messages.success(request, _("%s it is.") % person.name)
    elif person and role in ROLES:
        keeping.add_sponsor(bill, person, role, author=author)
        messages.success(request, _("%s stands on it.") % person.name)


def search(bill: Bill, query: str) -> QuerySet[Term]:
    """Those who sit where the bill is, by each word of a name."""
    found = sitting(bill.jurisdiction)
    for word in query.split():
        found = found.filter(legislator__name__icontains=word)
    return found.order_by("legislator__family_name", "legislator__name")


def seats_of(bill: Bill, people: list[int]) -> dict[int, Term]:
    return {term.legislator_id: term for term in sitting(bill.jurisdiction, people=people)}
