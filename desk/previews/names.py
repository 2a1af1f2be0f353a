"""Whom a letter or a call is shown to: a legislator whom the ask addresses, by name."""

from __future__ import annotations

from django.db.models import QuerySet

from campaigns import targeting
from campaigns.models import Ask
from legislators.holders import office_day
from legislators.models import Term

# To choose from while typing; any other name is found as well.
OFFERED = 300


def holders_addressed(ask: Ask, name: str = "") -> QuerySet[Term]:
    """Who holds a seat that this ask addresses, by name; `name` keeps those who are called so."""
    terms = Term.objects.current(office_day()).filter(seat__in=targeting.seats(ask))
    named = terms.filter(legislator__name__icontains=name.strip())
    return named.select_related("seat__jurisdiction", "legislator").order_by("legislator__name")


def names_offered(ask: Ask) -> list[str]:
    """For the field in which one is chosen."""
    names = holders_addressed(ask).values_list("legislator__name", flat=True)
    return list(dict.fromkeys(names[:OFFERED]))
