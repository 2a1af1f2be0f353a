"""An office as our letters and pages see it: who holds its seat, and what both are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from legislators.holders import in_turnover, office_day
from legislators.lookup import Place
from legislators.models import Chamber, Seat, Term
from legislators.new_terms import NewTerm


def office_name(seat: Seat) -> str:
    """In the reader's language. Wants `jurisdiction` loaded."""
    if seat.chamber == Chamber.CUSTOM:
        return seat.district
    # Two seats of one chamber, which are two offices.
    if seat.chamber == Chamber.PRESIDENT and seat.label:
        second = _("Vice President")
        return f"{second}, {seat.jurisdiction.name}"
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


def is_for_whoever_comes(place: Place) -> bool:
    """A new term has begun and nobody is known to sit there: a letter is addressed when a roster
    says who does (actions.followup.awaits_roster).
    """
    return place.holder is None and place.status == "turnover"


def has_reader(place: Place) -> bool:
    """Whether a letter there is for somebody. A vacant seat's and an unknown one's is not."""
    return place.holder is not None or is_for_whoever_comes(place)


def place_of(seat: Seat, term: Term | None, *, new_term: NewTerm | None = None) -> Place:
    """The place a letter goes to, once its seat is known: nobody looked up an address for it.

    `new_term`: the seat is in turnover (legislators.holders), and `term` its last known holder's.
    """
    # "held" is the API's word for a seat that somebody sits in.
    status = "held" if term else "vacant"
    return Place(
        seat=seat,
        holder=term,
        status="turnover" if new_term else status,
        certain=True,
        method="",
        radius_m=0,
        edition="",
        reason="",
    )


def place_today(seat: Seat) -> Place:
    """With whoever sits there today. Wants the seat's terms as `with_holders` loads them."""
    [place] = places_today([seat])
    return place


def places_today(seats: Sequence[Seat]) -> list[Place]:
    """The same for several, in the order given; no query while none of their new terms has
    begun.
    """
    holders = {seat.pk: term for seat in seats if (term := next(iter(seat.terms.all()), None))}
    new_terms = in_turnover(seats, holders)
    return [place_of(seat, holders.get(seat.pk), new_term=new_terms.get(seat.pk)) for seat in seats]


def turnover_in_words(place: Place) -> str:
    """For whoever is to write or call there themselves; "" where it is known who sits there."""
    if place.status != "turnover":
        return ""
    if place.holder is None:
        return _("A new term has begun, and we do not know yet who holds this seat.")
    return _(
        "A new term has begun: this seat may have changed hands, and our roster does not say so"
        " yet. Ask who sits there now."
    )


def places_by_id(seats: Collection[int]) -> list[Place]:
    """Those with these ids, in that order. Three queries more than `places_today`."""
    rows = Seat.objects.filter(pk__in=seats).select_related("jurisdiction")
    found = {seat.pk: seat for seat in rows.prefetch_related(with_holders(""))}
    return places_today([found[pk] for pk in seats if pk in found])


def with_holders(path: str) -> Prefetch[Any]:
    """For a queryset: whoever holds the seat at `path` ("seat__") today, with their contacts."""
    today = Term.objects.current(office_day())
    return Prefetch(
        f"{path}terms",
        today.select_related("legislator").prefetch_related("legislator__contacts"),
    )
