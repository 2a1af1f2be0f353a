"""The numbers a page shows, read from tallies only: what a job counted at most a few seconds
ago.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Sum

from campaigns.models import Ask, Campaign, Issue, Tally
from legislators.prepared import Prepared

KEPT_S = 10
FIELDS = ("verified", "pending", "unverified", "anonymous", "self_reported", "on_paper")
STEPS = (
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
)


OF_ASKS = Prepared(lambda asks: Tally.objects.filter(ask__in=asks).values_list(*FIELDS))


@dataclass(frozen=True)
class Count:
    """`total` is what the progress bar shows: verified people and anonymous young voices.

    `unverified` stands apart: nobody's mailbox has said that it was them; and so does `on_paper`.
    """

    verified: int = 0
    pending: int = 0
    unverified: int = 0
    anonymous: int = 0
    self_reported: int = 0
    on_paper: int = 0
    least_goal: int = 100

    @property
    def total(self) -> int:
        return self.verified + self.anonymous

    @property
    def goal(self) -> int:
        """The campaign's own goal until it is nearly reached, then the next round number by
        itself.
        """
        # At nine tenths, so that a bar is never full while people still sign.
        if self.total < self.least_goal * 0.9:
            return self.least_goal
        return next(
            (step for step in STEPS if step > self.least_goal and self.total < step * 0.9),
            (self.total // 1_000_000 + 1) * 1_000_000,
        )

    @property
    def percent(self) -> int:
        return min(100, self.total * 100 // self.goal)


def of_ask(ask: Ask) -> Count:
    """One ask's numbers, against its campaign's goal."""
    by_state = OF_ASKS.rows([ask.pk])
    sums = dict(zip(FIELDS, map(sum, zip(*by_state, strict=True)), strict=False))
    return Count(**sums, least_goal=ask.campaign.goal)


def of_campaign(campaign: Campaign) -> Count:
    """All its asks added up."""
    sums = {name: Sum(name, default=0) for name in FIELDS}
    of_all = Tally.objects.filter(ask__campaign=campaign).aggregate(**sums)
    return Count(**of_all, least_goal=campaign.goal)


def by_campaign(campaigns: Iterable[Campaign]) -> dict[int, Count]:
    """Counts by campaign id, all asks added up: one query, whatever the number of campaigns."""
    campaigns = list(campaigns)
    rows: Any = (
        Tally.objects.filter(ask__campaign__in=campaigns)
        .values("ask__campaign")
        .annotate(**{name: Sum(name) for name in FIELDS})
    )
    sums = {row.pop("ask__campaign"): row for row in rows}
    return {
        # Nobody has acted yet: there is no tally, and all is zero.
        campaign.pk: Count(**sums.get(campaign.pk, {}), least_goal=campaign.goal)
        for campaign in campaigns
    }


def so_far(issue: Issue | None = None) -> int:
    """The totals of all public campaigns, or of an issue's, added up; at most ten seconds old, as
    the pages are that say it. One query, or none.
    """
    key = f"so-far:{issue.pk if issue else 'all'}"
    found: int | None = cache.get(key)
    if found is None:
        tallies = Tally.objects.exclude(ask__campaign__state=Campaign.State.DRAFT)
        if issue:
            tallies = tallies.filter(ask__campaign__issue=issue)
        sums = tallies.aggregate(
            **{name: Sum(name, default=0) for name in ("verified", "anonymous")}
        )
        found = Count(**sums).total
        cache.set(key, found, KEPT_S)
    return found
