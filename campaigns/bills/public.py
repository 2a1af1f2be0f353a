"""Which bills have a page that everybody may read: those of an issue, and those of a campaign that
the public has seen. Kept in a column, so that a list of a page's length asks for no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from campaigns.models import Bill, Campaign, CampaignBill

IS_OF_ISSUE = Exists(Bill.issues.through.objects.filter(bill=OuterRef("pk")))
IS_OF_CAMPAIGN = Exists(
    CampaignBill.objects.filter(bill=OuterRef("pk")).exclude(campaign__state=Campaign.State.DRAFT)
)


def look_again(bills: Iterable[int] | None = None) -> int:
    """After what these (default: all) belong to has changed. How many came or went.

    Twice is once; the release before this one launches campaigns and looks at no bill, so that the
    whole is looked over every hour too.
    """
    rows = Bill.objects.all() if bills is None else Bill.objects.filter(pk__in=list(bills))
    wanted = Q(IS_OF_ISSUE) | Q(IS_OF_CAMPAIGN)
    came = rows.filter(wanted, is_public=False).update(is_public=True)
    went = rows.filter(is_public=True).exclude(wanted).update(is_public=False)
    return int(came + went)
