"""Offices whose e-mail address takes no mail.

Whoever finds a better one, or knows that it works, sends on the letters that wait.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from actions.followup import corrected_address, dead_address_tasks
from desk.access import needs
from desk.mail.ladder_forms import AddressForm
from desk.mail.seat_page import found_seat, show_seat
from legislators.by_hand.contacts import type_in
from legislators.holders import holders_of
from legislators.models import Contact, Seat
from worker.inbound import dead_addresses

ON_A_PAGE = 50
# What a page may take; the rest waits for another press.
BUDGET_S = 15


@require_safe
@needs("see_outbox")
def addresses(request: HttpRequest) -> HttpResponse:
    """Those for which the most letters wait come first."""
    page = Paginator(dead_address_tasks.tasks(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/addresses.html",
        {"tasks": page.object_list, "page": page, "total": page.paginator.count},
    )


@require_POST
@needs("manage_officials")
def correct(request: HttpRequest, seat_id: int) -> HttpResponse:
    """422 for what is no address, or for a seat that nobody is known to hold.

    One that no roster publishes for them waits for a second person (desk/officials/approvals.py).
    """
    seat, form, author = found_seat(seat_id), AddressForm(request.POST), request.user.get_username()
    if not form.is_valid():
        return show_seat(request, seat, correction=form, status=422)
    address, reason = form.cleaned_data["address"], form.cleaned_data["reason"]
    contact = remember(seat, address, author=author, reason=reason)
    if contact is None:
        return show_seat(request, seat, correction=form, status=422)
    if not contact.is_usable:
        messages.success(
            request, _("The address is kept. Letters go there once another person approves it.")
        )
        return redirect("desk:seat", seat.pk)
    # After the address is committed: it stays kept however far this gets.
    sent = corrected_address.send_on(seat, author=author, reason=reason, budget_s=BUDGET_S)
    audit.record(author, "letters sent on", f"seat {seat.pk}", letters=sent)
    left = corrected_address.waiting_for_address().filter(seat=seat).count()
    said = (
        ngettext(
            "The address is kept. %d letter goes there.",
            "The address is kept. %d letters go there.",
            sent,
        )
        % sent
    )
    more = (
        ngettext("%d still waits: press once more.", "%d still wait: press once more.", left) % left
        if sent and left
        else ""
    )
    messages.success(request, f"{said} {more}".strip())
    return redirect("desk:seat", seat.pk)


@transaction.atomic
def remember(seat: Seat, address: str, *, author: str, reason: str) -> Contact | None:
    """This is their address, and it takes mail. None where nobody is known to sit there."""
    term = holders_of([seat.pk]).get(seat.pk)
    if term is None:
        return None
    contact = type_in(term.legislator, Contact.Kind.EMAIL, address, author=author, reason=reason)
    # What was typed may be the old address, which works after all.
    if contact.is_usable:
        dead_addresses.revive(address)
    audit.record(
        author,
        "address mended",
        f"seat {seat.pk}",
        address=address,
        reason=reason,
        approved_by=contact.approved_by,
    )
    return contact
