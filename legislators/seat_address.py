"""E-mail addresses that belong to a seat and not to a person: sd09@ohiosenate.gov.

Whoever holds the seat reads them, so a letter there may go while nobody knows who that is. In the
rosters of 5 August 2026 Indiana, Louisiana and Ohio have them: h9@, hse049@, sen01@, rep43@, sd05@.
"""

from __future__ import annotations

import re

from legislators.models import Chamber, Seat

_WORDS = {
    Chamber.STATE_UPPER: "s|sd|sen|senate|senator|district|dist",
    Chamber.STATE_LOWER: "h|hd|hse|house|rep|ad|ld|assembly|district|dist",
    Chamber.STATE_UNICAMERAL: "ld|leg|sen|senator|district|dist",
    Chamber.DC_COUNCIL: "ward",
}
_MAILBOXES = {
    Chamber.GOVERNOR: ("governor", "gov", "office.of.governor"),
    Chamber.LT_GOVERNOR: ("ltgov", "lt.gov", "lt.governor", "ltgovernor"),
    Chamber.ATTORNEY_GENERAL: ("attorney.general", "attorneygeneral", "oag", "ag"),
}
_SHORTEST_NAME = 3  # an initial is in any address


def belongs_to_seat(email: str, seat: Seat, holder_name: str) -> bool:
    """Its name is the chamber and the number of the district ("governor" for a governor), and no
    part of the holder's name is in it.
    """
    address = email.strip().lower()
    mailbox = address.partition("@")[0]
    names = re.findall(rf"[^\W\d_]{{{_SHORTEST_NAME},}}", holder_name.lower())
    if any(name in address for name in names):
        return False
    if seat.chamber in _MAILBOXES:
        return mailbox in _MAILBOXES[Chamber(seat.chamber)]
    words = _WORDS.get(Chamber(seat.chamber))
    found = words and re.fullmatch(rf"(?:{words})[._-]?0*(\d\w*)", mailbox)
    district = seat.district.lower().removeprefix("ward ").lstrip("0")
    return bool(found and district and found[1] == district)
