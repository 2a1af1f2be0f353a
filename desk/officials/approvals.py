"""What people here typed about how to reach somebody, until a second person approves it.

One login alone must not send a chamber's letters to a mailbox of its choice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from actions.followup import approved_address
from desk.access import needs
from desk.officials import approving
from legislators.by_hand.contacts import NeedsAnother, is_same_person
from legislators.models import Contact, Seat, Term
from worker.channels.mime import squeeze

ON_A_PAGE = 50
IN_USE_SHOWN = 200


@dataclass(frozen=True)
class Pending:
    """One contact to decide about: whose it is, and what speaks against it."""

    contact: Contact
    seats: list[Seat]
    is_own: bool  # the reader typed it
    waiting: int
    others: int  # that many other offices have the same address
    in_use: list[str]  # what is used of this kind until then


@require_safe
@needs("manage_officials")
def approvals(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    rows = Contact.objects.pending().select_related("legislator").order_by("typed_at", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "pending": described(list(page.object_list), reader=request.user.get_username()),
        "page": page,
        "total": page.paginator.count,
        "in_use": Contact.objects.usable()
        .exclude(typed_by="")
        .select_related("legislator")
        .order_by("-approved_at")[:IN_USE_SHOWN],
    }
    return render(request, "desk/officials/approvals.html", context)


def described(contacts: list[Contact], *, reader: str) -> list[Pending]:
    """Five queries, and one more for each contact."""
    people = {contact.legislator_id for contact in contacts}
    terms = Term.objects.filter(legislator__in=people).exclude(ended_on__lte=timezone.localdate())
    seats: dict[int, list[Seat]] = defaultdict(list)
    for term in terms.select_related("seat__jurisdiction"):
        seats[term.legislator_id].append(term.seat)
    values = [contact.value for contact in contacts]
    same = Contact.objects.filter(value__in=values, refused_at=None).order_by()
    owners = dict(same.values_list("value").annotate(Count("legislator", distinct=True)))
    in_use: dict[tuple[int, str], list[str]] = defaultdict(list)
    used = Contact.objects.usable().filter(legislator__in=people).order_by("pk")
    for person, kind, value in used.values_list("legislator", "kind", "value"):
        in_use[person, kind].append(value)
    return [
        Pending(
            contact=contact,
            seats=seats[contact.legislator_id],
            is_own=is_same_person(contact.typed_by, reader),
            waiting=approved_address.waiting_for(contact).count(),
            others=owners.get(contact.value, 1) - 1,
            in_use=in_use[contact.legislator_id, contact.kind],
        )
        for contact in contacts
    ]


@require_POST
@needs("manage_officials")
def approve(request: HttpRequest, contact_id: int) -> HttpResponseBase:
    """403 for whoever typed it; nothing happens if somebody else just decided."""
    try:
        letters = approving.approve(contact_id, by=request.user.get_username())
    except NeedsAnother:
        messages.error(request, _("You typed this one: another person has to approve it."))
        response = approvals(_as_get(request))
        response.status_code = 403
        return response
    if letters is None:
        messages.info(request, _("Somebody has decided about it already."))
    else:
        said = ngettext(
            "Approved. %d letter goes there.", "Approved. %d letters go there.", letters
        )
        messages.success(request, said % letters)
    return redirect("desk:approvals")


@require_POST
@needs("manage_officials")
def refuse(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Also for whoever typed it, who takes it back so, and for what was approved before."""
    reason = squeeze(request.POST.get("reason", ""))[:300]
    done = approving.refuse(contact_id, by=request.user.get_username(), reason=reason)
    said = (
        _("Refused: nothing goes there.") if done else _("Somebody has decided about it already.")
    )
    messages.success(request, said)
    return redirect("desk:approvals")


def _as_get(request: HttpRequest) -> HttpRequest:
    # The list takes no POST, and here it is shown as the answer to one.
    request.method = "GET"
    return request
