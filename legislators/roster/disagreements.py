"""Where a second source names other holders than the one we believe: that one fills the seats, the
other's word is kept and shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from legislators.models import Disagreement, Seat, Source, Term
from legislators.roster.holdings import Holding
from legislators.roster.names import family_names

District = tuple[str, str]  # chamber, division


def weigh(
    holdings: Iterable[Holding], other: Source, believed: Source, pairs: set[tuple[str, str]]
) -> list[Disagreement]:
    """Compare what a second source says of these chambers (state, chamber) with our terms; returns
    those that stand now.

    People are the same when the last word of their names is, up to a hyphen: sources differ in the
    rest and in accents.
    """
    theirs: dict[District, list[str]] = defaultdict(list)
    for holding in holdings:
        theirs[holding.chamber, holding.division].append(holding.name)
    ours, seats = _ours(pairs, other.as_of)
    differing = {
        place for place in seats if family_names(ours[place]) != family_names(theirs.get(place, []))
    }
    standing = {}
    for row in Disagreement.objects.filter(other=other, settled_on=None):
        place = (row.chamber, row.division)
        if (row.jurisdiction_id, row.chamber) in pairs and place not in differing:
            Disagreement.objects.filter(pk=row.pk).update(settled_on=timezone.localdate())
        else:
            standing[place] = row
    return [
        _note(
            seats[place], ours[place], theirs.get(place, []), other, believed, standing.get(place)
        )
        for place in sorted(differing)
    ]


def _ours(
    pairs: set[tuple[str, str]], on: dt.date
) -> tuple[dict[District, list[str]], dict[District, Seat]]:
    holders: dict[District, list[str]] = defaultdict(list)
    # The first position last: of a district's seats the dictionary keeps that one to stand for all.
    rows = Seat.objects.filter(jurisdiction__in={state for state, _ in pairs}).order_by("-position")
    seats = {
        (seat.chamber, seat.division): seat
        for seat in rows
        if (seat.jurisdiction_id, seat.chamber) in pairs
    }
    terms = Term.objects.current(on).filter(seat__jurisdiction__in={state for state, _ in pairs})
    for chamber, division, name in terms.values_list(
        "seat__chamber", "seat__division", "legislator__name"
    ):
        holders[chamber, division].append(name)
    return holders, seats


def _note(
    seat: Seat,
    ours: list[str],
    theirs: list[str],
    other: Source,
    believed: Source,
    row: Disagreement | None,
) -> Disagreement:
    row = row or Disagreement(
        chamber=seat.chamber, division=seat.division, other=other, noticed_on=timezone.localdate()
    )
    row.jurisdiction_id, row.district = seat.jurisdiction_id, seat.district
    row.believed, row.believed_as_of, row.believed_says = (
        believed,
        believed.as_of,
        ", ".join(sorted(ours))[:300],
    )
    row.other_as_of, row.other_says = other.as_of, ", ".join(sorted(theirs))[:300]
    row.save()
    return row
