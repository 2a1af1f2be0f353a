"""Hearing what becomes of a campaign: ended by one click, for every campaign and the whole mailbox.

It is granted with an action (actions.confirm.allow). What already waits in the outbox is looked at
once more before it leaves (actions.updates.final_check).
"""

from __future__ import annotations

from django.db import transaction

from supporters import consent
from supporters.models import Consent, Supporter

BY_LINK = "mail-link"


@transaction.atomic
def leave(supporter: Supporter) -> None:
    """End it for everybody who shares the mailbox: the one who clicked can't be told apart."""
    # Who has none gets no line: ending what was never granted writes nothing.
    for person in Supporter.objects.filter(mailbox=supporter.mailbox):
        consent.end(person, Consent.Purpose.UPDATES, channel=BY_LINK)


@transaction.atomic
def take_up_again(supporter: Supporter) -> None:
    """It was a mistake: what one click ended is granted once more, with the words of before."""
    if supporter.is_minor:
        return
    lines = Consent.objects.filter(supporter=supporter, purpose=Consent.Purpose.UPDATES)
    granted = {line.campaign_id: line for line in lines.filter(granted=True).order_by("pk")}
    still = set(consent.granted_for(supporter, Consent.Purpose.UPDATES))
    for campaign, line in granted.items():
        if campaign not in still:
            consent.grant(
                supporter,
                Consent.Purpose.UPDATES,
                line.wording,
                language=line.language,
                campaign=line.campaign,
                channel=BY_LINK,
            )
