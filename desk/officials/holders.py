"""Holders by hand: people here say who holds a seat, or that it is vacant.

No roster undoes that. Where one differs it is listed, and taken over in one press.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from actions.followup import holder_changed
from desk.access import needs
from desk.mail.ladder_pages import FOUND_AT_MOST, search
from desk.officials.forms import HolderForm
from desk.officials.seat_history import how_current, seat_history
from legislators.by_hand import holders as holders_by_hand
from legislators.holders import holders_of
from legislators.models import SaidHolder, Seat
from legislators.roster.holders_by_hand import disagrees, says_the_same
from worker.channels.mime import squeeze


@require_safe
@needs("manage_officials")
def holders(request: HttpRequest) -> HttpResponse:
    """Every seat of which people here say who holds it, and a way to find any other."""
    query = squeeze(request.GET.get("q", ""))[:80]
    found = list(search(query)[:FOUND_AT_MOST]) if query else []
    terms = holders_of([seat.pk for seat in found])
    rows = [described(row) for row in standing()]
    context = {
        "differing": [row for row in rows if row["differs"]],
        "others": [row for row in rows if not row["differs"]],
        "agreeing": sum(bool(row["agrees"]) for row in rows),
        "query": query,
        "found": [(seat, terms.get(seat.pk)) for seat in found],
        "at_most": FOUND_AT_MOST,
    }
    return render(request, "desk/officials/holders.html", context)


def standing() -> list[SaidHolder]:
    """The newest first."""
    rows = SaidHolder.objects.standing().select_related(
        "seat__jurisdiction", "legislator", "roster", "roster_legislator"
    )
    return list(rows)


def described(row: SaidHolder) -> dict[str, Any]:
    """A row with what a roster makes of it."""
    today = timezone.localdate()
    return {
        "said": row,
        "days": facts_in_words(row),
        "differs": disagrees(row),
        "agrees": row.roster_is_newer and says_the_same(row),
        "is_over": row.until is not None and row.until <= today,
        "is_to_come": row.since is not None and row.since > today,
    }


def facts_in_words(row: SaidHolder) -> str:
    """Party and days, as far as they were said."""
    since = _("since %s") % date_format(row.since, "SHORT_DATE_FORMAT") if row.since else ""
    until = _("until %s") % date_format(row.until, "SHORT_DATE_FORMAT") if row.until else ""
    return ", ".join(part for part in (row.party, since, until) if part)


def number_of_differences() -> int:
    """Of how many offices a roster says otherwise than somebody here."""
    return sum(disagrees(row) for row in standing())


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage_officials")
def holder(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Who holds one seat: who does, who said so, and a form to say otherwise. 422 for no holder."""
    seat = get_object_or_404(Seat.objects.select_related("jurisdiction"), pk=seat_id)
    form = HolderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        say(seat, form, author=request.user.get_username())
        said = _(
            "Kept. What you typed about how to reach them waits for another person's approval."
        )
        messages.success(request, said if form.said.ways else _("Kept."))
        return redirect("desk:holder", seat.pk)
    term = holders_of([seat.pk]).get(seat.pk)
    context = {
        "seat": seat,
        "form": form,
        "term": term,
        "how_current": how_current(seat, term) if term else "",
        "row": next((described(row) for row in standing() if row.seat_id == seat.pk), None),
    } | seat_history(seat)
    return render(
        request, "desk/officials/holder.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def say(seat: Seat, form: HolderForm, *, author: str) -> None:
    """Keep what was typed, and write it down."""
    row = holders_by_hand.say(seat, form.said, author=author)
    audit.record(
        author,
        "holder said",
        f"seat {seat.pk}",
        holder=str(row),
        party=row.party,
        since=row.since,
        until=row.until,
        source=row.source,
        ways=sorted(form.said.ways or {}),
    )


@require_POST
@needs("manage_officials")
def take_rosters(request: HttpRequest, said_id: int) -> HttpResponse:
    """The roster's word holds again; nothing happens if somebody else just decided."""
    done = take(said_id, author=request.user.get_username())
    said = _("The roster's word holds.") if done else _("Somebody has decided about it already.")
    messages.success(request, said)
    return redirect("desk:holders")


@require_POST
@needs("manage_officials")
def take_agreeing(request: HttpRequest) -> HttpResponse:
    """Wherever a roster that is as new says the same by now, it takes over."""
    rows = [row for row in standing() if row.roster_is_newer and says_the_same(row)]
    # Each in a transaction of its own: what somebody else decides meanwhile undoes none of the
    # others.
    done = sum(take(row.pk, author=request.user.get_username()) for row in rows)
    said = ngettext("The roster keeps %d seat again.", "The roster keeps %d seats again.", done)
    messages.success(request, said % done)
    return redirect("desk:holders")


@transaction.atomic
def take(said_id: int, *, author: str) -> bool:
    """Whether it did. Letters to the same person under another key stay theirs."""
    row = holders_by_hand.take_rosters(said_id, author=author)
    if row is None:
        return False
    if row.legislator and row.roster_legislator and says_the_same(row):
        holder_changed.same_person(row.seat, row.legislator, row.roster_legislator)
    audit.record(
        author,
        "holder: roster taken",
        f"seat {row.seat_id}",
        said=str(row),
        roster=row.roster_says,
        roster_as_of=row.roster_as_of,
    )
    return True
