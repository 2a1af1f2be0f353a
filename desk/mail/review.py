"""Letters that the final check kept here because their seat or its address changed while they
waited, or may have and no roster told in time.

By seat: a person decides about each or all of them, with a reason.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from actions.followup import holder_changed
from actions.models import Letter
from actions.typed_numbers import typed_number
from campaigns import words
from desk.access import needs
from legislators.holders import holders_of, in_turnover
from legislators.models import Seat, Term

SEATS_ON_A_PAGE = 20
LETTERS_SHOWN = 50
DEEDS = {
    "forward": gettext_lazy("written anew"),
    "as_is": gettext_lazy("sent as they were"),
    "stop": gettext_lazy("stopped"),
}


class DecideForm(forms.Form):
    deed = forms.ChoiceField(choices=[(name, name) for name in DEEDS])
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=500)


@require_safe
@needs("see_outbox")
def review(request: HttpRequest) -> HttpResponse:
    """The longest waiting seat first."""
    return _show(request)


@require_POST
@needs("hold_deliveries")
def decide(request: HttpRequest, seat_id: int) -> HttpResponse:
    """About the letters ticked, or all of this seat. 422 without a reason or a letter."""
    seat = get_object_or_404(Seat, pk=seat_id)
    form, chosen = DecideForm(request.POST), request.POST.getlist("letter")
    # Asked anew: what somebody decided a moment ago is not among them, whatever was ticked.
    letters = holder_changed.in_review().filter(seat=seat)
    # "All" is what waits now, also what the page had no room for.
    if "all" not in request.POST:
        letters = letters.filter(pk__in=[typed_number(pk) for pk in chosen])
    if not form.is_valid() or not (chosen or "all" in request.POST):
        return _show(request, wrong=seat.pk, form=form, status=422)
    deed, reason = form.cleaned_data["deed"], form.cleaned_data["reason"]
    author = request.user.get_username()
    done = _do(deed, seat, letters, author=author, reason=reason)
    audit.record(
        author, f"letters reviewed: {deed}", f"seat {seat.pk}", reason=reason, letters=done
    )
    said = ngettext("%(number)d letter: %(deed)s.", "%(number)d letters: %(deed)s.", done)
    messages.success(request, said % {"number": done, "deed": DEEDS[deed]})
    return redirect("desk:review")


def _do(deed: str, seat: Seat, letters: QuerySet[Letter], *, author: str, reason: str) -> int:
    if deed == "forward":
        return holder_changed.forward(seat, letters, author=author, reason=reason)
    return (
        holder_changed.let_go(letters, author=author)
        if deed == "as_is"
        else holder_changed.stop(letters, author=author, reason=reason)
    )


def _show(
    request: HttpRequest, *, wrong: int = 0, form: DecideForm | None = None, status: int = 200
) -> HttpResponse:
    seats = (
        holder_changed.in_review()
        .values("seat")
        .annotate(number=Count("pk"), since=Min("delivery__posted_at"))
        .order_by("since", "seat")
    )
    page = Paginator(seats, SEATS_ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = {row["seat"]: row["number"] for row in page.object_list}
    rows = Seat.objects.select_related("jurisdiction").in_bulk(list(numbers))
    holders = holders_of(list(numbers))
    new_terms = in_turnover(rows.values(), holders)
    groups = [
        _group(rows[pk], holders.get(pk), number) | {"new_term": new_terms.get(pk)}
        for pk, number in numbers.items()
    ]
    context = {
        "groups": groups,
        "page": page,
        "total": holder_changed.in_review().count(),
        "wrong": wrong,
        "form": form or DecideForm(),
    }
    return render(request, "desk/review.html", context, status=status)


def _group(seat: Seat, term: Term | None, number: int) -> dict[str, Any]:
    """One seat with the first of its letters; who wrote them is no business of this page."""
    letters = (
        holder_changed.in_review()
        .filter(seat=seat)
        .select_related("delivery", "action__ask__campaign")
        .defer("delivery__message")
    )
    shown = list(
        letters.prefetch_related("action__ask__campaign__words").order_by(
            "delivery__posted_at", "pk"
        )[:LETTERS_SHOWN]
    )
    return {
        "seat": seat,
        "term": term,
        "number": number,
        "letters": [(letter, words.of(letter.action.ask.campaign).title) for letter in shown],
        "is_cut": number > len(shown),
    }
