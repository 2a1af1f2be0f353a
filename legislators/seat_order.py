"""In which order an answer names its seats."""

from __future__ import annotations

import re

from legislators.models import Chamber, Seat

_ORDER = [
    Chamber.US_SENATE,
    Chamber.US_HOUSE,
    Chamber.GOVERNOR,
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
    Chamber.PRESIDENT,
    Chamber.CUSTOM,
]


def seat_order(seat: Seat) -> tuple[object, ...]:
    """Sorts seats as an answer has them: the nation's, the state's, each by district."""
    # So that district 9 comes before 10, and 33A before 33B.
    numbers = [
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.split(r"(\d+)", seat.district)
        if part
    ]
    return (_ORDER.index(Chamber(seat.chamber)), seat.jurisdiction_id, numbers, seat.position)
