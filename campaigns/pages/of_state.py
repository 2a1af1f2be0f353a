"""Which campaigns are about a state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Case, When

from campaigns.bills.numbers import KEPT_S
from campaigns.models import Bill, Campaign, CampaignBill, Carry, TargetRule


def campaigns_of(code: str) -> Any:
    """Public ones about it: by a bill of it, by the state they were carried to, or by whom they
    write to. The live ones first, then the newest.
    """
    of_bills = CampaignBill.objects.filter(bill__jurisdiction=code).order_by()
    carried = Carry.objects.filter(to_state=code).order_by()
    # As text: SQLite knows no containment, and a code stands in its quotes.
    writing = TargetRule.objects.filter(excludes=False, states__icontains=f'"{code}"').order_by()
    # One set of them, not three conditions: PostgreSQL would hold each campaign against each.
    about = of_bills.values("campaign").union(
        carried.values("campaign"), writing.values("ask__campaign")
    )
    is_over = Case(When(state=Campaign.State.LIVE, then=0), default=1)
    found = Campaign.objects.public().filter(pk__in=about)
    return found.order_by(is_over, "-launched_at", "-id")


def campaigns_by_state() -> dict[str, int]:
    """How many public campaigns are about each; at most a minute old."""
    found = cache.get("campaigns-by-state")
    if found is None:
        found = dict(Counter(code for code, _campaign in set(states_of_campaigns())))
        cache.set("campaigns-by-state", found, KEPT_S)
    return dict(found)


def states_of_campaigns() -> Iterable[tuple[str, int]]:
    """(state, campaign), perhaps twice."""
    public = Campaign.objects.public().order_by().values("pk")
    bills = Bill.objects.filter(campaign_links__campaign__in=public).exclude(jurisdiction="")
    yield from bills.order_by().values_list("jurisdiction", "campaign_links__campaign").distinct()
    yield from Carry.objects.filter(campaign__in=public).values_list("to_state", "campaign")
    rules = TargetRule.objects.filter(excludes=False, ask__campaign__in=public).exclude(states=[])
    for named, campaign in rules.values_list("states", "ask__campaign"):
        yield from ((code, campaign) for code in named)
