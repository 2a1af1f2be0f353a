"""What made-up people allowed, with the wording that stood beside the box, and the few who took it
back.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery

from actions.models import Action
from demo.taking import Taken
from supporters.models import Consent

PUBLIC_NAME = "Show my first name and place on this page"
TAKEN_BACK = 0.04


def write(taken: Sequence[Taken], dice: random.Random) -> None:
    """As actions.confirm writes it: granted when the mailbox answered."""
    rows = [
        row
        for one in taken
        if one.action.confirmed_at
        for row in of_one(one.action, one.action.confirmed_at, dice)
    ]
    # In order of time: of several lines the newest is the one with the highest id
    # (supporters.consent).
    rows.sort(key=lambda row: row.at)
    # Noted here, since making them overwrites `at` with today.
    ended = [(row, row.at) for row in rows if not row.granted]
    Consent.objects.bulk_create(rows, batch_size=500)
    backdate(ended)


def backdate(ended: list[tuple[Consent, dt.datetime]]) -> None:
    """The database wrote down today."""
    answered = Action.objects.filter(
        supporter=OuterRef("supporter"), ask__campaign=OuterRef("campaign")
    ).exclude(confirmed_at=None)
    at = answered.order_by("-confirmed_at").values("confirmed_at")[:1]
    Consent.objects.filter(campaign__is_demo=True).update(at=Subquery(at))
    for row, left_at in ended:
        row.at = left_at
    Consent.objects.bulk_update([row for row, _ in ended], ["at"])


def of_one(action: Action, at: dt.datetime, dice: random.Random) -> Iterator[Consent]:
    if action.newsletter_wording:
        yield grant(action, Consent.Purpose.NEWSLETTER, action.newsletter_wording, at)
        if dice.random() < TAKEN_BACK:
            left_at = at + dt.timedelta(minutes=5)
            yield Consent(
                supporter=action.supporter,
                purpose=Consent.Purpose.NEWSLETTER,
                granted=False,
                channel="mail-link",
                at=left_at,
            )
    for purpose, wording in action.permissions.items():
        yield grant(action, purpose, wording, at)
    if action.name_is_public:
        yield grant(action, Consent.Purpose.PUBLIC_NAME, PUBLIC_NAME, at)


def grant(action: Action, purpose: str, wording: str, at: dt.datetime) -> Consent:
    campaign, language = action.ask.campaign, action.language
    return Consent(
        supporter=action.supporter,
        purpose=purpose,
        granted=True,
        wording=wording,
        language=language,
        campaign=campaign,
        at=at,
    )
