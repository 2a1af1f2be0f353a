"""Whom an update goes to: signers who asked to hear what becomes of its campaign."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from actions.models import Action
from campaigns.models import Campaign
from supporters import consent
from supporters.models import Consent, Supporter


def readers(campaign: Campaign) -> QuerySet[Supporter]:
    """Grown, of a mailbox that answered and takes mail, with an action that counts, and with the
    consent for this campaign. A tick beside the newsletter is none.
    """
    # Who took their action back no longer belongs to it, whatever they had ticked.
    acted = Action.objects.counted().filter(supporter=OuterRef("pk"), ask__campaign=campaign)
    # The first condition is the index's (Consent.Meta); `allowing` then reads their newest lines.
    asked = Consent.objects.filter(campaign=campaign, purpose=Consent.Purpose.UPDATES, granted=True)
    return (
        consent.allowing(Consent.Purpose.UPDATES, campaign)
        .filter(Exists(acted), pk__in=asked.values("supporter"))
        .order_by("pk")
    )


def mailboxes(campaign: Campaign) -> int:
    """To how many mailboxes it goes: a household that shares one gets one mail."""
    return readers(campaign).order_by().values("mailbox").distinct().count()
