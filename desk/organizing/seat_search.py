"""Seats chosen by name: whoever holds them, or what an office of our own is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.offices import office_name
from legislators.holders import office_day
from legislators.models import CustomOffice, Seat, Term

MOST = 20


class NamedSeats(forms.CheckboxSelectMultiple):
    """What is chosen as chips, a field to search by, and what it found."""

    template_name = "desk/widgets/seats.html"
    found: Sequence[tuple[int, str]] = ()
    typed = ""
    is_cut = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        chosen = {str(one) for one in value or ()}
        context = super().get_context(name, [], attrs)
        context["widget"] |= {
            "chips": [(key, label) for key, label in self.choices if str(key) in chosen],
            "found": [(key, label) for key, label in self.found if str(key) not in chosen],
            "typed": self.typed,
            "is_cut": self.is_cut,
            "most": MOST,
        }
        return context


class SeatsField(forms.TypedMultipleChoiceField):
    """Ids of seats. Its form has its choices made by `look`."""

    widget = NamedSeats

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)
        self.error_messages["invalid_choice"] = gettext_lazy("One of these seats is gone.")

    def look(self, chosen: Iterable[Any], typed: str) -> list[tuple[int, str]]:
        """What may be chosen: those that are, and those that were found, which the widget shows
        apart. Four queries at the most.
        """
        ids = [int(one) for one in chosen if str(one).isdecimal() and len(str(one)) < 18]
        mine = labelled(Seat.objects.filter(pk__in=ids))
        found = labelled(matching(typed)[: MOST + 1]) if typed.strip() else labelled(own_offices())
        widget: Any = self.widget
        widget.found, widget.typed, widget.is_cut = found[:MOST], typed, len(found) > MOST
        return [*mine, *(pair for pair in found if pair not in mine)]


def matching(typed: str) -> QuerySet[Seat]:
    """Seats in whose holder's name, title, district or state each of the typed words stands."""
    today = Term.objects.current(office_day())
    wanted = Q()
    for word in typed.split()[:6]:
        held = today.filter(legislator__name__icontains=word)
        wanted &= (
            Q(pk__in=held.values("seat"))
            | Q(district__iexact=word)
            | Q(title__icontains=word)
            | Q(jurisdiction__name__icontains=word)
            | Q(chamber="custom", district__icontains=word)
        )
    ended = CustomOffice.objects.filter(ended_on__lte=office_day())
    return Seat.objects.filter(wanted).exclude(pk__in=ended.values("seat"))


def own_offices() -> QuerySet[Seat]:
    """Those that have not ended, the first of them."""
    offices = CustomOffice.objects.open_on(office_day())
    return Seat.objects.filter(pk__in=offices.values("seat"))[:MOST]


def labelled(seats: QuerySet[Seat]) -> list[tuple[int, str]]:
    """(id, "Ada Smith, State house, Franklin district 3") of each. Two queries."""
    terms = Term.objects.current(office_day()).select_related("legislator")
    rows = seats.select_related("jurisdiction").prefetch_related(
        Prefetch("terms", terms, to_attr="current_terms")
    )
    return [(seat.pk, name_of(seat)) for seat in rows]


def name_of(seat: Seat) -> str:
    """Wants `current_terms`."""
    terms = seat.current_terms  # type: ignore[attr-defined]
    holder = terms[0].legislator.name if terms else _("No known holder")
    return f"{holder}, {office_name(seat)}"
