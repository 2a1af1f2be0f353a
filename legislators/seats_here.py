"""The seats that represent, or may represent, somebody of whom these whereabouts are known, and the
order in which an answer names them.
"""

from __future__ import annotations

import datetime as dt
import re

from legislators.models import LAYERS, Chamber, CustomOffice, Seat
from legislators.seats_at_hand import seats_of
from legislators.states import FRANKLIN, STATES, UNITED_STATES
from legislators.whereabouts import Whereabouts

_ORDER = [
    Chamber.US_SENATE,
    Chamber.US_HOUSE,
    Chamber.GOVERNOR,
    Chamber.LT_GOVERNOR,
    Chamber.ATTORNEY_GENERAL,
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
    Chamber.PRESIDENT,
    Chamber.CUSTOM,
]


def seats_here(here: Whereabouts, on: dt.date, *, nationwide: bool) -> list[Seat]:
    """Those of the candidate districts and of the candidate states as a whole, each with terms,
    legislators and contacts.

    On a layer without a candidate in a state: all of that state's. `nationwide` adds the President,
    and those of our own offices that serve people here.
    """
    divisions = [district.division for district in here.districts()]
    divisions += [_division(state) for state in here.states]
    if nationwide:
        divisions += [UNITED_STATES.division, *_of_our_own(here, on)]
    open_layers = {
        (chamber, state)
        for state in here.states
        for chamber, layer in LAYERS.items()
        if not here.names(layer, state)
    }
    # Read as every chamber in every state; what that brings too many is left out below.
    chambers, states = {each[0] for each in open_layers}, {each[1] for each in open_layers}
    seats = seats_of(divisions, states, chambers)
    drawn = {(district.layer, district.division) for district in here.districts()}
    # The same name may be a district of two layers, or a state and its only district at once.
    return [
        seat
        for seat in seats
        if not seat.layer
        or (seat.layer, seat.division) in drawn
        or not here.names(seat.layer, seat.jurisdiction_id)
    ]


def _of_our_own(here: Whereabouts, on: dt.date) -> list[str]:
    """Their divisions. One query."""
    offices = CustomOffice.objects.open_on(on).serving(here.zip, here.states)
    return list(offices.order_by().values_list("seat__division", flat=True).distinct())


def _division(state: str) -> str:
    return FRANKLIN.division if state == FRANKLIN.code else STATES[state].division


def seat_order(seat: Seat) -> tuple[object, ...]:
    """Sorts seats as an answer has them: the nation's, the state's, each by district."""
    # So that district 9 comes before 10, and 33A before 33B.
    numbers = [
        (int(part), "") if part.isdigit() else (0, part)
        for part in re.split(r"(\d+)", seat.district)
        if part
    ]
    return (_ORDER.index(Chamber(seat.chamber)), seat.jurisdiction_id, numbers, seat.position)
