"""Which ways letters take: a ladder for each chamber, and the offices that have one of their own.

Each change has its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from actions.letters import ladders, paper
from actions.models import Ladder, Route
from desk.access import needs
from desk.mail.ladder_forms import LadderForm
from legislators.holders import holders_of, office_day
from legislators.models import Chamber, Seat, Term
from legislators.states import state_code
from worker.channels.mime import squeeze

FOUND_AT_MOST = 30


@require_safe
@needs("see_outbox")
def all_ladders(request: HttpRequest) -> HttpResponse:
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
    return render(request, "desk/ladders.html", context)


def search(query: str) -> QuerySet[Seat]:
    """By a holder's name, or by state and district: "Smith", "MD 30B", "Maryland 30B"."""
    first, _space, rest = query.partition(" ")
    by_holder = (
        Term.objects.current(office_day()).filter(legislator__name__icontains=query).values("seat")
    )
    # A holder's name; a state, with all its seats; or a state, then a district or a holder there.
    wanted = Q(pk__in=by_holder)
    # The whole text first: "New York" is a state, and no district York of a state New.
    if state := state_code(query):
        wanted |= Q(jurisdiction=state)
    elif (state := state_code(first) or (first.upper() if len(first) == 2 else "")) and rest:
        there = Term.objects.current(office_day()).filter(
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
    """The order of one chamber. Letters written already keep their way; 422 for no order."""
    if chamber not in Chamber.values:
        raise Http404
    # A chamber has no row until somebody changes its order.
    row = Ladder.objects.filter(chamber=chamber, seat=None).first() or Ladder(
        chamber=chamber, routes=ladders.DEFAULTS[Chamber(chamber)]
    )
    form = LadderForm(chamber, row.routes, request.POST if request.method == "POST" else None)
    if form.is_valid():
        save_ladder(row, form, author=request.user.get_username())
        messages.success(request, _("Saved. Letters that are written from now on go this way."))
        return redirect("desk:ladders")
    context = {
        "form": form,
        "chamber": Chamber(chamber).label,
        "row": row,
        "has_paper": paper.is_offered(),
    }
    return render(request, "desk/ladder.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save_ladder(row: Ladder, form: LadderForm, *, author: str) -> None:
    """Save what was typed into a chamber's ladder, or an office's own, and write it down."""
    before = list(row.routes)
    row.routes, row.note = form.routes, form.cleaned_data["reason"]
    row.changed_by, row.changed_at = author, timezone.now()
    row.save()
    subject = f"seat {row.seat_id}" if row.seat_id else row.chamber
    audit.record(
        author, "ladder changed", subject, before=before, after=row.routes, reason=row.note
    )


def ladder_in_words(routes: Sequence[str]) -> str:
    """The ways of a ladder, the best first, with arrows between them."""
    return " → ".join(str(Route(route).label) for route in routes if route in Route.values)
