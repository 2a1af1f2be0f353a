"""Who holds which seat on a day, for many seats at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from legislators.models import Term


def holders_of(
    seats: Collection[int] | QuerySet[Any, Any], on: dt.date | None = None
) -> dict[int, Term]:
    """By the seat's id; a seat that nobody is known to hold is missing. One query.

    Of two at once the later one, as lookup has it.
    """
    terms = (
        Term.objects.current(on or timezone.localdate())
        .filter(seat__in=seats)
        .select_related("legislator")
    )
    return {
        term.seat_id: term for term in terms.order_by(F("started_on").asc(nulls_first=True), "pk")
    }
