"""Who held a seat, as far as is known, and what people here said of it."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from legislators.holders import in_turnover, office_day
from legislators.models import SaidHolder, Seat, Term
from legislators.new_terms import new_term


def seat_history(seat: Seat) -> dict[str, Any]:
    """`terms` and `sayings`, the newest first."""
    terms = Term.objects.filter(seat=seat).select_related("legislator", "source")
    said = SaidHolder.objects.filter(seat=seat).select_related("legislator", "roster_legislator")
    return {"terms": list(terms.order_by("-pk")), "sayings": list(said)}


def how_current(seat: Seat, term: Term) -> str:
    """A sentence on how long its holder is to be believed, and who would notice that it is over."""
    known = {"day": date_format(term.as_of)}
    if in_turnover([seat], {seat.pk: term}):
        return _(
            "As of %(day)s. A new term has begun since, and no roster here is newer: it may be"
            " somebody else by now."
        ) % (known)
    if term.ended_on:
        return _(
            "As of %(day)s, until %(end)s. From that day on nobody is known here, unless a newer"
            " roster says who follows."
        ) % (known | {"end": date_format(term.ended_on)})
    calendar = new_term(seat)
    if calendar and calendar.first > office_day():
        return _(
            "As of %(day)s. A new term begins on %(first)s: from then on letters wait for a newer"
            " roster."
        ) % (known | {"first": date_format(calendar.first)})
    if calendar:
        return _("As of %(day)s, in the term that began last.") % known
    # Attorneys general above all: elected in some states, appointed in others.
    return _(
        "As of %(day)s. No day is told on which the term ends, and no calendar here knows one:"
        " look once in a while whether it is still theirs."
    ) % (known)
