"""What a supporter allows: dated lines with the wording shown.

The newest line per purpose is what counts.
"""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from campaigns.models import Campaign
from supporters.models import Consent, Supporter, Suppression


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


def end(supporter: Supporter, purpose: str, *, channel: str = "web") -> None:
    """Write down that a permission ended. Ending what was never granted writes nothing."""
    if is_granted(supporter, purpose):
        Consent.objects.create(
            supporter=supporter, purpose=purpose, granted=False, wording="", channel=channel
        )


def is_granted(supporter: Supporter, purpose: str) -> bool:
    """Whether the newest line grants it; False where there is none."""
    newest = Consent.objects.filter(supporter=supporter, purpose=purpose).order_by("-id").first()
    return newest is not None and newest.granted


def allowing(purpose: str) -> QuerySet[Supporter]:
    """Supporters who still allow it, whose mailbox answered, who are grown and who are not
    suppressed.
    """
    suppressed = Suppression.objects.in_force().values("mailbox")
    return (
        Supporter.objects.grown()
        .proven()
        .annotate(allows=newest(purpose, "granted"))
        .filter(allows=True)
        .exclude(mailbox__in=suppressed)
    )


def newest(purpose: str, column: str) -> Subquery:
    """That column of each supporter's newest line for a purpose, to annotate supporters with; NULL
    where nobody ever asked them.
    """
    # A line is never changed: whoever takes a yes back adds one, and the newest holds.
    lines = Consent.objects.filter(supporter=OuterRef("pk"), purpose=purpose)
    return Subquery(lines.order_by("-id").values(column)[:1])
