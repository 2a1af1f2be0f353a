"""What a supporter allows: dated lines with the wording shown.

The newest line per purpose is what counts.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from campaigns.models import Campaign
from supporters import journal
from supporters.journal import Deed
from supporters.models import Consent, Supporter, Suppression

# Allowed for one campaign at a time; everything else holds whatever page it was said on.
OF_A_CAMPAIGN = (Consent.Purpose.UPDATES,)


def grant(
    supporter: Supporter,
    purpose: str,
    wording: str,
    *,
    language: str = "en",
    campaign: Campaign | None = None,
    channel: str = "web",
) -> Consent:
    """Write down a permission with the words that stood beside the box."""
    return Consent.objects.create(
        supporter=supporter,
        purpose=purpose,
        granted=True,
        wording=wording,
        language=language,
        campaign=campaign,
        channel=channel,
    )


@transaction.atomic
def end(supporter: Supporter, purpose: str, *, channel: str = "web") -> None:
    """Write down that a permission ended. Ending what was never granted writes nothing.

    What is of a campaign ends for every campaign. Raises journal.CannotNote.
    """
    ending = granted_for(supporter, purpose)
    if ending:
        journal.note(Deed.CONSENT_ENDED, person=supporter.public_id, purpose=purpose)
    for campaign in ending:
        Consent.objects.create(
            supporter=supporter,
            purpose=purpose,
            granted=False,
            wording="",
            campaign_id=campaign,
            channel=channel,
        )


def is_granted(supporter: Supporter, purpose: str) -> bool:
    """Whether the newest line grants it, of some campaign at least; False where there is none."""
    return bool(granted_for(supporter, purpose))


def granted_among(supporters: Collection[int], purpose: str) -> set[int]:
    """Of supporters with these ids, those of whom `is_granted` is true. One query."""
    found = Supporter.objects.filter(Exists(granting(purpose)), pk__in=supporters)
    return set(found.values_list("pk", flat=True))


def granted_for(supporter: Supporter, purpose: str) -> list[int | None]:
    """The campaigns for which the newest line grants it; [None] for what is of no campaign."""
    newest: dict[int | None, bool] = {}
    lines = Consent.objects.filter(supporter=supporter, purpose=purpose).order_by("id")
    for campaign, granted in lines.values_list("campaign", "granted"):
        newest[campaign if purpose in OF_A_CAMPAIGN else None] = granted
    return [campaign for campaign, granted in newest.items() if granted]


def allowing(purpose: str, campaign: Campaign | None = None) -> QuerySet[Supporter]:
    """Supporters who still allow it, whose mailbox answered, who are grown and who are not
    suppressed. `campaign`: for what is of one.
    """
    suppressed = Suppression.objects.in_force().filter(mailbox=OuterRef("mailbox"))
    return (
        Supporter.objects.grown()
        .proven()
        .filter(Exists(granting(purpose, campaign.pk if campaign else None)))
        .exclude(Exists(suppressed))
    )


def granting(purpose: str, campaign: int | None = None) -> QuerySet[Consent]:
    """Of the supporter asked about, a line that grants it and that none after it takes back.

    Without a campaign, what is of one is granted where it is of some campaign at least.
    """
    lines = Consent.objects.filter(purpose=purpose)
    # Two conditions that an index answers, where the newest line of each had to be sorted out.
    later = {"supporter": OuterRef("supporter"), "pk__gt": OuterRef("pk")}
    if campaign:
        lines = lines.filter(campaign=campaign)
    elif purpose in OF_A_CAMPAIGN:
        # Of a campaign that was deleted nothing becomes any more.
        lines = lines.exclude(campaign=None)
        later["campaign"] = OuterRef("campaign")
    return lines.filter(~Exists(lines.filter(**later)), supporter=OuterRef("pk"), granted=True)


def newest(purpose: str, column: str, campaign: Campaign | None = None) -> Subquery:
    """That column of each supporter's newest line for a purpose, to annotate supporters with; NULL
    where nobody ever asked them. `campaign`: for what is of one.
    """
    # A line is never changed: whoever takes a yes back adds one, and the newest holds.
    lines = Consent.objects.filter(supporter=OuterRef("pk"), purpose=purpose)
    if campaign:
        lines = lines.filter(campaign=campaign)
    return Subquery(lines.order_by("-id").values(column)[:1])
