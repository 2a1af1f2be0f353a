"""Where a campaign was carried from and to, as the public may know."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns import words
from campaigns.models import Campaign, Carry
from legislators.state_words import state_name


@dataclass(frozen=True)
class Relative:
    campaign: Campaign
    title: str
    state: str


@dataclass(frozen=True)
class Lineage:
    source: Relative | None = None
    carried_to: list[Relative] = field(default_factory=list)


def lineage(campaign: Campaign, *, with_drafts: bool = False) -> Lineage:
    """One step each way. Of the others only those with a public page, unless `with_drafts`. Two
    queries, and one more for what there is.
    """
    visible = Campaign.objects.all() if with_drafts else Campaign.objects.public()
    visible = visible.prefetch_related("words")
    came = Carry.objects.filter(campaign=campaign, source__in=visible).first()
    went = Carry.objects.filter(source=campaign, campaign__in=visible).order_by("at", "id")
    rows = list(went)
    wanted = {row.campaign_id for row in rows}
    if came and came.source_id:
        wanted.add(came.source_id)
    known = {one.pk: one for one in visible.filter(pk__in=wanted)} if wanted else {}
    source = known.get(came.source_id or 0) if came else None
    return Lineage(
        relative(source, came.from_state) if source and came else None,
        [relative(known[row.campaign_id], row.to_state) for row in rows],
    )


def relative(campaign: Campaign, state: str) -> Relative:
    return Relative(campaign, words.of(campaign).title or campaign.slug, state_name(state))
