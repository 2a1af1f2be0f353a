"""Which bills a campaign is about, in order: the first is the one that letters name."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from campaigns.bills import public
from campaigns.bills.naming import normalized
from campaigns.models import Bill, Campaign, CampaignBill


def find_or_add(
    identifier: str, *, jurisdiction: str = "", stance: str = "", is_demo: bool = False
) -> Bill:
    """The bill that is surely meant: the only one of that name there with this stance. Else a new
    one, without a session.
    """
    name = normalized(identifier)
    known = Bill.objects.filter(jurisdiction=jurisdiction, normalized=name, is_demo=is_demo)
    found = list(known[:2]) if jurisdiction else []
    if len(found) == 1 and found[0].stance == stance:
        return found[0]
    return Bill.objects.create(
        jurisdiction=jurisdiction,
        identifier=identifier,
        normalized=name,
        stance=stance,
        is_demo=is_demo,
    )


@transaction.atomic
def attach(campaign: Campaign, bill: Bill) -> None:
    """At the end of its list; twice is once."""
    links = locked(campaign)
    if bill.pk not in [link.bill_id for link in links]:
        link = CampaignBill(campaign=campaign, bill=bill)
        renumber(campaign, [*links, link])
        public.look_again([bill.pk])


@transaction.atomic
def detach(campaign: Campaign, bill: Bill) -> None:
    links = locked(campaign)
    CampaignBill.objects.filter(campaign=campaign, bill=bill).delete()
    renumber(campaign, [link for link in links if link.bill_id != bill.pk])
    public.look_again([bill.pk])


@transaction.atomic
def put_first(campaign: Campaign, bill: Bill) -> None:
    """Letters name it from now on; the others keep their order."""
    links = locked(campaign)
    renumber(campaign, sorted(links, key=lambda link: link.bill_id != bill.pk))


@transaction.atomic
def tell_campaigns(bill: Bill) -> None:
    """After a change of the bill itself: what its campaigns repeat of it."""
    for campaign in Campaign.objects.filter(bill_links__bill=bill):
        repeat(campaign)


def locked(campaign: Campaign) -> list[CampaignBill]:
    # Two at once would take one place.
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    return list(CampaignBill.objects.filter(campaign=campaign).select_related("bill"))


def renumber(campaign: Campaign, links: Sequence[CampaignBill]) -> None:
    for position, link in enumerate(links, start=1):
        link.position = position
        link.save()
    repeat(campaign)


def repeat(campaign: Campaign) -> None:
    """The old columns say what the first bill says, for the release before this one."""
    link = CampaignBill.objects.filter(campaign=campaign).select_related("bill").first()
    text, stance = (link.bill.identifier, link.bill.stance) if link else ("", "")
    Campaign.objects.filter(pk=campaign.pk).update(bill_text=text, stance_text=stance)
    campaign.bill_text, campaign.stance_text = text, stance
    # It remembered another one (cached_property).
    campaign.__dict__.pop("first_bill", None)
