"""Which seats sponsor a bill: sponsors are people, targets are seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from campaigns.models import Bill, BillSponsor
from legislators.holders import office_day
from legislators.models import Term

SPONSOR, COSPONSOR = BillSponsor.Role.SPONSOR.value, BillSponsor.Role.COSPONSOR.value
NEITHER = "neither"


def held_by_sponsors(
    bills: Iterable[Bill | int], roles: Iterable[str] = (), *, on: dt.date | None = None
) -> Q:
    """For a queryset of seats: those whose holder on that day (default: today) stands on one of
    these bills in one of these roles (default: in any).

    Part of one query. A sponsor whom the roster does not know holds no seat here.
    """
    names = BillSponsor.objects.filter(bill__in=list(bills), legislator__isnull=False)
    if wanted := list(roles):
        names = names.filter(role__in=wanted)
    terms = Term.objects.current(on or office_day()).filter(
        legislator__in=names.values("legislator")
    )
    return Q(pk__in=terms.values("seat"))
