"""A bill as people say it, read as one of Congress's own.

A state's bill never goes to Congress as if it were one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from campaigns.models import Ask
from legislators.models import CONGRESS as CHAMBERS
from legislators.states import UNITED_STATES

# The longer spellings first: the first that fits is taken, and "s" fits them all.
KINDS = (
    r"h\.?\s?con\.?\s?res|h\.?\s?j\.?\s?res|h\.?\s?amdt|h\.?\s?res|h\.?\s?r"
    r"|s\.?\s?con\.?\s?res|s\.?\s?j\.?\s?res|s\.?\s?amdt|s\.?\s?res|s"
)
SAID = re.compile(
    rf"\s*(?P<kind>{KINDS})(?P<dot>\.?)\s?(?P<number>[1-9][0-9]{{0,5}})\b", re.IGNORECASE | re.ASCII
)
# As Open States and people write a Congress: "119", "119th Congress".
CONGRESS = re.compile(r"\s*([1-9][0-9]{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class FederalBill:
    """`kind` without dots, in small letters: hr, s, hjres …"""

    congress: int
    kind: str
    number: int


def federal_bill(ask: Ask) -> FederalBill | None:
    """The campaign's bill, if it is surely one of Congress.

    Where its jurisdiction is not told: written with its dots it is ("H.R. 5", "S. 17"); without
    them it could be a state's ("HR 5", "S17"), unless the ask writes to nobody but Congress.
    Without a session it belongs to the Congress that sat when the campaign was launched.
    """
    bill = ask.campaign.first_bill
    jurisdiction = bill.jurisdiction if bill else ""
    # At the front only: "H.R. 5, the Clean Water Act" is a bill with its name.
    said = SAID.match(ask.campaign.bill)
    if not said or jurisdiction not in ("", UNITED_STATES.code):
        return None
    has_dots = "." in said["kind"] + said["dot"]
    if not (jurisdiction or has_dots or writes_only_to_congress(ask)):
        return None
    launched = ask.campaign.launched_at or timezone.now()
    session = CONGRESS.match(bill.session) if bill else None
    return FederalBill(
        int(session[1]) if session else congress_on(launched.date()),
        re.sub(r"[.\s]", "", said["kind"]).lower(),
        int(said["number"]),
    )


def writes_only_to_congress(ask: Ask) -> bool:
    """An ask without rules, or with a rule that names no chamber, does not."""
    rules = [rule for rule in ask.rules.all() if not rule.excludes]
    return bool(rules) and all(
        # Only Congress's committees are known.
        rule.committees or (rule.chambers and set(rule.chambers) <= set(CHAMBERS))
        for rule in rules
    )


def congress_on(day: dt.date) -> int:
    """The number of the Congress that sits on a day: a new one every odd year, from the 3rd of
    January.
    """
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1
