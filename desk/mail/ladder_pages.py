"""Which ways letters take: a ladder for each chamber, and a seat's own where an office wants
another order. Each change has its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from actions.followup import corrected_address
from actions.letters import ladders, paper
from actions.letters.ladders import RouteFacts
from actions.models import Ladder, Route
from desk.access import needs
from legislators.congress import CHAMBERS, office_code
from legislators.contacts import Reach, reach
from legislators.holders import holders_of
from legislators.models import Chamber, Seat, Term
from legislators.states import state_code
from worker.channels.mime import BadMessage, squeeze, wire_address

FOUND_AT_MOST = 30
KEPT = gettext_lazy("Kept with your name, for whoever asks later.")
ORDER = [
    gettext_lazy("First"),
    gettext_lazy("Second"),
    gettext_lazy("Third"),
    gettext_lazy("Fourth"),
    gettext_lazy("Fifth"),
]


def routes_for(chamber: str) -> list[Route]:
    """Those that can make sense there."""
    elsewhere = {Route.NONE} if chamber in CHAMBERS else {Route.NONE, Route.CWC}
    return [route for route in Route if route not in elsewhere]


class LadderForm(forms.Form):
    """A place for each route, which works without scripts; one left without a place is never
    used.
    """

    def __init__(self, chamber: str, routes: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        possible = routes_for(chamber)
        places = [
            ("", _("Not used")),
            *((str(n), words) for n, words in enumerate(ORDER[: len(possible)], start=1)),
        ]
        for route in possible:
            initial = str(list(routes).index(route) + 1) if route in routes else ""
            self.fields[route] = forms.ChoiceField(
                label=route.label, choices=places, required=False, initial=initial
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why"), min_length=3, max_length=300, help_text=KEPT
        )

    def clean(self) -> dict[str, Any]:
        taken = [
            place for name, place in self.cleaned_data.items() if name in Route.values and place
        ]
        if not taken:
            raise forms.ValidationError(_("Use at least one way."))
        if len(set(taken)) < len(taken):
            raise forms.ValidationError(_("Two ways stand at the same place: give each its own."))
        return self.cleaned_data

    @property
    def routes(self) -> list[str]:
        placed = {
            name: place
            for name, place in self.cleaned_data.items()
            if name in Route.values and place
        }
        return sorted(placed, key=lambda name: int(placed[name]))


class AddressForm(forms.Form):
    """`address`: another one, or one that works after all."""

    address = forms.CharField(label=gettext_lazy("E-mail address"), max_length=254)
    reason = forms.CharField(
        label=gettext_lazy("How you know"), min_length=3, max_length=300, help_text=KEPT
    )

    def clean_address(self) -> str:
        try:
            return wire_address(self.cleaned_data["address"])
        except BadMessage as bad:
            raise forms.ValidationError(str(bad)) from bad


@require_safe
@needs("see_outbox")
def ways(request: HttpRequest) -> HttpResponse:
    """Every chamber's ladder, seats with one of their own, and a way to find any seat."""
    query = squeeze(request.GET.get("q", ""))[:80]
    rows = {ladder.chamber: ladder for ladder in Ladder.objects.filter(seat=None)}
    of_chambers = {
        chamber: rows[chamber].routes if chamber in rows else ladders.DEFAULTS[chamber]
        for chamber in Chamber
    }
    own = (
        Ladder.objects.exclude(seat=None)
        .select_related("seat__jurisdiction")
        .order_by("-changed_at")
    )
    found = list(search(query)[:FOUND_AT_MOST]) if query else []
    holders = holders_of([seat.pk for seat in found])
    context = {
        "chambers": [
            (chamber, rows.get(chamber), ladder_in_words(routes))
            for chamber, routes in of_chambers.items()
        ],
        "own": [(ladder, ladder_in_words(ladder.routes)) for ladder in own],
        "query": query,
        "found": [(seat, holders.get(seat.pk)) for seat in found],
        "at_most": FOUND_AT_MOST,
    }
    return render(request, "desk/ways.html", context)


def search(query: str) -> QuerySet[Seat]:
    """By a holder's name, or by state and district: "Smith", "MD 30B", "Maryland 30B"."""
    first, _space, rest = query.partition(" ")
    by_holder = (
        Term.objects.current(timezone.localdate())
        .filter(legislator__name__icontains=query)
        .values("seat")
    )
    wanted = Q(pk__in=by_holder)
    if state := state_code(query):
        wanted |= Q(jurisdiction=state)
    elif (state := state_code(first) or (first.upper() if len(first) == 2 else "")) and rest:
        there = Term.objects.current(timezone.localdate()).filter(
            legislator__name__icontains=rest, seat__jurisdiction=state
        )
        wanted |= Q(jurisdiction=state) & (
            Q(district__iexact=rest) | Q(pk__in=there.values("seat"))
        )
    return (
        Seat.objects.filter(wanted)
        .select_related("jurisdiction")
        .order_by("jurisdiction__name", "chamber", "district", "position")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hold_deliveries")
def ladder(request: HttpRequest, chamber: str) -> HttpResponse:
    if chamber not in Chamber.values:
        raise Http404
    row = Ladder.objects.filter(chamber=chamber, seat=None).first() or Ladder(
        chamber=chamber, routes=ladders.DEFAULTS[Chamber(chamber)]
    )
    form = LadderForm(chamber, row.routes, request.POST if request.method == "POST" else None)
    if form.is_valid():
        keep(row, form, author=request.user.get_username())
        messages.success(request, _("Saved. Letters that are written from now on go this way."))
        return redirect("desk:ways")
    context = {
        "form": form,
        "chamber": Chamber(chamber).label,
        "row": row,
        "has_paper": paper.is_offered(),
    }
    return render(request, "desk/ladder.html", context, status=422 if form.errors else 200)


@require_safe
@needs("see_outbox")
def seat_ways(request: HttpRequest, seat_id: int) -> HttpResponse:
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
        return redirect("desk:seat_ways", seat.pk)
    form = LadderForm(seat.chamber, row.routes if row else [], request.POST)
    if not form.is_valid():
        return show_seat(request, seat, form=form, status=422)
    keep(row or Ladder(chamber=seat.chamber, seat=seat, routes=[]), form, author=author)
    messages.success(request, _("Saved. Letters that are written from now on go this way."))
    return redirect("desk:seat_ways", seat.pk)


@transaction.atomic
def keep(row: Ladder, form: LadderForm, *, author: str) -> None:
    before = list(row.routes)
    row.routes, row.note, row.changed_by, row.changed_at = (
        form.routes,
        form.cleaned_data["reason"],
        author,
        timezone.now(),
    )
    row.save()
    subject = f"seat {row.seat_id}" if row.seat_id else row.chamber
    audit.record(
        author, "ladder changed", subject, before=before, after=row.routes, reason=row.note
    )


def found_seat(seat_id: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("jurisdiction"), pk=seat_id)


def show_seat(
    request: HttpRequest,
    seat: Seat,
    *,
    form: LadderForm | None = None,
    mend: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    term = holders_of([seat.pk]).get(seat.pk)
    contact = reach(term.legislator) if term else None
    facts = ladders.facts_for_seats([seat], contact.emails if contact else ())
    own = Ladder.objects.filter(seat=seat).first()
    emails = [(email, trouble(email, facts)) for email in contact.emails] if contact else []
    context = {
        "seat": seat,
        "term": term,
        "own": own,
        "steps": steps(seat, contact, facts),
        "emails": emails,
        "waiting": corrected_address.waiting().filter(seat=seat).count(),
        "form": form or LadderForm(seat.chamber, facts.ladder(seat)),
        "mend": mend or AddressForm(),
    }
    return render(request, "desk/seat_ways.html", context, status=status)


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
    if contact is None:
        return _("Nobody is known to hold this seat.")
    if route == Route.CWC:
        return (
            _("Not set up here, or this office takes no messages.")
            if office_code(seat)
            else _("This seat is none of Congress.")
        )
    if route == Route.EMAIL:
        return _("No address that takes mail.") if contact.emails else _("No address is known.")
    if route == Route.PAPER:
        return (
            _("No postal address is known.") if facts.by_paper else _("Nobody prints letters here.")
        )
    return {
        Route.ASSISTED: _("Neither a form nor a site is known."),
        Route.CALL: _("No number is known."),
    }[Route(route)]


def trouble(email: str, facts: RouteFacts) -> str:
    if not ladders.in_wire_form(email):
        return corrected_address.MALFORMED
    return _("It takes no mail any more.") if email.lower() in facts.dead else ""


def ladder_in_words(routes: Sequence[str]) -> str:
    return " → ".join(str(Route(route).label) for route in routes if route in Route.values)
