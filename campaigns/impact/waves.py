"""How wins moved: each campaign with those that were carried from it, and the laws that came of
them, as the public may know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from campaigns import brand, words
from campaigns.bills.looks import LAW
from campaigns.models import Bill, Campaign, CampaignWords, Carry
from campaigns.pages.state_map import place_names

# A page is no archive.
MOST = 400
MOST_WAVES = 24


class Step(NamedTuple):
    """A campaign in one state, and where it went from there."""

    campaign: Campaign
    words: CampaignWords
    code: str
    state: str
    laws: list[Bill]
    """Ours, that became law or were adopted."""
    next: list[Step]

    @property
    def is_won(self) -> bool:
        return self.campaign.state == Campaign.State.WON

    def everyone(self) -> Iterator[Step]:
        """This one and all that came of it, each before those that came of it."""
        yield self
        for step in self.next:
            yield from step.everyone()


class Wave(NamedTuple):
    root: Step

    @property
    def steps(self) -> list[Step]:
        return list(self.root.everyone())

    @property
    def states(self) -> int:
        return len({step.code for step in self.steps})

    @property
    def laws(self) -> list[tuple[Step, Bill]]:
        return [(step, bill) for step in self.steps for bill in step.laws]


class Event(NamedTuple):
    on: dt.date
    kind: str
    """ "began", "carried", "law" or "won"."""
    step: Step
    came_from: Step | None = None
    bill: Bill | None = None


def waves() -> list[Wave]:
    """Those with most laws first, then the widest. Five queries, whatever there is."""
    public = Campaign.objects.public()
    if not brand.shown().is_demo:
        public = public.filter(is_demo=False)
    ids = public.order_by().values("pk")
    rows = list(Carry.objects.filter(campaign__in=ids, source__in=ids).order_by("-at")[:MOST])
    if not rows:
        return []
    wanted = {pk for row in rows for pk in (row.campaign_id, row.source_id) if pk}
    found = public.filter(pk__in=wanted).prefetch_related("words").with_bills()
    campaigns = {campaign.pk: campaign for campaign in found}
    carried = {row.campaign_id for row in rows}
    first = {row.source_id: row.from_state for row in rows if row.source_id not in carried}
    # The oldest first, as they went.
    rows.reverse()
    names = place_names()
    made = [Wave(step(campaigns, rows, names, pk or 0, code)) for pk, code in first.items()]
    made.sort(key=lambda wave: (-len(wave.laws), -len(wave.steps), wave.root.campaign.slug))
    return made[:MOST_WAVES]


def step(
    campaigns: Mapping[int, Campaign],
    rows: list[Carry],
    names: Mapping[str, str],
    pk: int,
    code: str,
) -> Step:
    campaign = campaigns[pk]
    bills = [link.bill for link in campaign.bill_links.all()]
    return Step(
        campaign,
        words.of(campaign),
        code,
        names.get(code, code),
        [bill for bill in bills if bill.stance == "pro" and bill.stage in LAW.stages],
        # A campaign is carried from one that was there before: they never go round in a circle.
        [
            step(campaigns, rows, names, row.campaign_id, row.to_state)
            for row in rows
            if row.source_id == pk
        ],
    )


def by_year(found: list[Wave]) -> list[tuple[int, list[Event]]]:
    """What happened, the newest year first, each year from its beginning."""
    happened = [event for wave in found for event in events(wave.root)]
    happened.sort(key=lambda event: (event.on, event.kind))
    years = sorted({event.on.year for event in happened}, reverse=True)
    return [(year, [event for event in happened if event.on.year == year]) for year in years]


def events(one: Step, came_from: Step | None = None) -> Iterator[Event]:
    """Of a step and all that came of it; what has no day is left out."""
    campaign = one.campaign
    if campaign.launched_at:
        kind = "carried" if came_from else "began"
        yield Event(campaign.launched_at.date(), kind, one, came_from)
    for bill in one.laws:
        if bill.stage_on:
            yield Event(bill.stage_on, "law", one, came_from, bill)
    if one.is_won and not one.laws and campaign.closed_at:
        yield Event(campaign.closed_at.date(), "won", one, came_from)
    for following in one.next:
        yield from events(following, one)
