"""An office as our letters and pages see it: who holds its seat, and what both are called."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from legislators.lookup import Place
from legislators.models import Seat, Term
from legislators.office_day import office_day


def office_name(seat: Seat) -> str:
    """In the reader's language. Wants `jurisdiction` loaded."""
    if seat.district and seat.district != "0":
        return _("%(chamber)s, %(state)s district %(district)s") % {
            "chamber": seat.get_chamber_display(),
            "state": seat.jurisdiction.name,
            "district": seat.district,
        }
    return f"{seat.get_chamber_display()}, {seat.jurisdiction.name}"


def holder_name(place: Place) -> str:
    """Empty where nobody is known to sit there."""
    return place.holder.legislator.name if place.holder else ""


def place_of(seat: Seat, term: Term | None) -> Place:
    """The place a letter goes to, once its seat is known: nobody looked up an address for it."""
    return Place(
        seat=seat,
        holder=term,
        # "held" is the API's word for a seat that somebody sits in.
        status="held" if term else "vacant",
        certain=True,
        method="",
        radius_m=0,
        edition="",
        reason="",
    )


def place_today(seat: Seat) -> Place:
    """With whoever sits there today. Wants the seat's terms as `with_holders` loads them."""
    return place_of(seat, next(iter(seat.terms.all()), None))


def with_holders(path: str) -> Prefetch[Any]:
    """For a queryset: whoever holds the seat at `path` ("seat__") today, with their contacts."""
    today = Term.objects.current(office_day())
    return Prefetch(
        f"{path}terms",
        today.select_related("legislator").prefetch_related("legislator__contacts"),
    )
