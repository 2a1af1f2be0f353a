"""Congress by its own names: the code of an office, which belongs to the seat and not to the person
in it.
"""

from __future__ import annotations

from legislators.models import Chamber, Seat

CHAMBERS = (Chamber.US_HOUSE, Chamber.US_SENATE)


def office_code(seat: Seat) -> str:
    """H + state + district (00 at large), or S + state + 0 + class; "" for seats outside Congress,
    or a senator's whose class is unknown.

    American Samoa's office is HAQ00 although its people live in AS.
    """
    if seat.chamber == Chamber.US_HOUSE and seat.district.isdecimal():
        state = "AQ" if seat.jurisdiction_id == "AS" else seat.jurisdiction_id
        return f"H{state}{int(seat.district):02}"
    if seat.chamber == Chamber.US_SENATE and seat.label in ("Class 1", "Class 2", "Class 3"):
        return f"S{seat.jurisdiction_id}0{seat.label[-1]}"
    return ""
