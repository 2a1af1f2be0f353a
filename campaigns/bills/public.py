"""Which bills have a page that everybody may read: those of an issue, and those of a campaign that
the public has seen. Kept in a column, so that a list of a page's length asks for no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from campaigns.models import Bill, Campaign, CampaignBill

DRAFT = Campaign.State.DRAFT
IS_OF_ISSUE = Exists(Bill.issues.through.objects.filter(bill=OuterRef("pk")))
IS_OF_CAMPAIGN = Exists(
    CampaignBill.objects.filter(bill=OuterRef("pk")).exclude(campaign__state=DRAFT)
)


def look_again(bills: Iterable[int] | None = None) -> int:
    """After what these (default: all) belong to has changed; a public campaign's bills belong to
    its issue. How many came or went.

    Twice is once; the release before this one launches campaigns and looks at no bill, so that the
    whole is looked over every hour too.
    """
    rows, links = Bill.objects.all(), CampaignBill.objects.exclude(campaign__state=DRAFT)
    if bills is not None:
        chosen = list(bills)
        rows, links = rows.filter(pk__in=chosen), links.filter(bill__in=chosen)
    pairs = set(links.values_list("bill", "campaign__issue"))
    of_issue = Bill.issues.through
    of_issue.objects.bulk_create(
        [of_issue(bill_id=bill, issue_id=issue) for bill, issue in pairs], ignore_conflicts=True
    )
    wanted = Q(IS_OF_ISSUE) | Q(IS_OF_CAMPAIGN)
    came = rows.filter(wanted, is_public=False).update(is_public=True)
    went = rows.filter(is_public=True).exclude(wanted).update(is_public=False)
    return int(came + went)
