"""One office: which way letters take to it today, and why; its address, an order of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from actions.followup import corrected_address, dead_address_tasks
from actions.letters import ladders, paper
from actions.letters.ladders import RouteFacts
from actions.models import Ladder, Route
from desk.access import needs
from desk.mail.ladder_forms import AddressForm, LadderForm
from desk.mail.ladder_pages import save_ladder
from legislators.contacts import Reach, reach
from legislators.holders import holders_of, in_turnover
from legislators.models import OfficeLimit, Seat


@require_safe
@needs("see_outbox")
def seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """How letters get to one office today, and what may be changed about it."""
    return show_seat(request, found_seat(seat_id))


@require_POST
@needs("hold_deliveries")
def seat_ladder(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Its own ladder, or its chamber's again."""
    seat, author = found_seat(seat_id), request.user.get_username()
    row = Ladder.objects.filter(seat=seat).first()
    if "remove" in request.POST:
        with transaction.atomic():
            if row:
                audit.record(author, "ladder removed", f"seat {seat.pk}", before=list(row.routes))
                row.delete()
        messages.success(request, _("It follows its chamber again."))
        return redirect("desk:seat", seat.pk)
    form = LadderForm(seat.chamber, row.routes if row else [], request.POST)
    if not form.is_valid():
        return show_seat(request, seat, form=form, status=422)
    # Without routes, so that the audit log says that there were none of its own.
    save_ladder(row or Ladder(chamber=seat.chamber, seat=seat, routes=[]), form, author=author)
    messages.success(request, _("Saved. Letters that are written from now on go this way."))
    return redirect("desk:seat", seat.pk)


def found_seat(seat_id: int) -> Seat:
    """This seat, or a 404."""
    return get_object_or_404(Seat.objects.select_related("jurisdiction"), pk=seat_id)


def show_seat(
    request: HttpRequest,
    seat: Seat,
    *,
    form: LadderForm | None = None,
    correction: AddressForm | None = None,
    limit_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one office; `form`, `correction` and `limit_form` are what was typed wrong."""
    holders = holders_of([seat.pk])
    term = holders.get(seat.pk)
    contact = reach(term.legislator) if term else None
    facts = ladders.facts_for_seats([seat], contact.emails if contact else ())
    own = Ladder.objects.filter(seat=seat).first()
    emails = [(email, trouble(email, facts)) for email in contact.emails] if contact else []
    context = {
        "seat": seat,
        "term": term,
        "new_term": in_turnover([seat], holders).get(seat.pk),
        "own": own,
        "steps": steps(seat, contact, facts),
        "emails": emails,
        "pending": contact.pending if contact else (),
        "waiting": corrected_address.waiting_for_address().filter(seat=seat).count(),
        "form": form or LadderForm(seat.chamber, facts.ladder(seat)),
        "correction": correction or AddressForm(),
        "limit": OfficeLimit.objects.filter(seat=seat).first(),
        "limit_form": limit_form,
    }
    return render(request, "desk/seat.html", context, status=status)


def steps(seat: Seat, contact: Reach | None, facts: RouteFacts) -> list[dict[str, Any]]:
    """Each route of its ladder: where it leads, or why it does not.

    The first that leads somewhere is the one taken.
    """
    found, taken = [], False
    for route in facts.ladder(seat):
        to = ladders.leads_to(route, seat, contact, facts) if contact else ""
        why = "" if to else why_not(route, seat, contact, facts)
        found.append(
            {"words": Route(route).label, "to": to, "why": why, "is_taken": bool(to) and not taken}
        )
        taken = taken or bool(to)
    return found


def why_not(route: str, seat: Seat, contact: Reach | None, facts: RouteFacts) -> str:
    """Why this route leads nowhere for this seat today."""
    if contact is None:
        return _("Nobody is known to hold this seat.")
    if route == Route.CWC:
        return (
            _("Not set up here, or this office takes no messages.")
            if seat.congress_code
            else _("This seat is none of Congress.")
        )
    if route == Route.EMAIL:
        return _("No address that takes mail.") if contact.emails else _("No address is known.")
    if route == Route.PAPER:
        if not facts.by_paper:
            return _("Nobody prints letters here.")
        # Whoever knows the office can ask it; an envelope to one of two streets is not sent.
        return (
            f"{contact.address}: {paper.why_not_addressed(contact.address)}"
            if contact.address
            else _("No postal address is known.")
        )
    return {
        Route.ASSISTED: _("Neither a form nor a site is known."),
        Route.CALL: _("No number is known."),
    }[Route(route)]


def trouble(email: str, facts: RouteFacts) -> str:
    """What is wrong with this address, blank when it takes mail as far as we know."""
    if not ladders.in_wire_form(email):
        return dead_address_tasks.MALFORMED
    return _("It takes no mail any more.") if email.lower() in facts.dead else ""
