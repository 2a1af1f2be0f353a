"""What somebody can do with the offices that represent them: the asks of live campaigns that
address any of these seats.
"""

from __future__ import annotations

from typing import Any

from actions.offices import holder_name, office_name
from actions.pages import page_context
from actions.pages.addressees import Found
from campaigns import targeting, words
from campaigns.models import Ask, Campaign
from legislators.lookup import Place


def asks_addressing(found: Found) -> list[dict[str, Any]]:
    """Campaign by campaign, the newest first: its words, whom it would reach, and its asks.

    A seat that may be this person's counts: the campaign asks which is theirs. A constant number
    of queries.
    """
    places = [*found.places, *still_open(found)]
    asks = (
        Ask.objects.filter(campaign__state=Campaign.State.LIVE, kind__in=Ask.TARGETED)
        .select_related("campaign")
        .prefetch_related("rules", "words", "campaign__words")
        .order_by("-campaign__launched_at", "campaign_id", "position", "id")
    )
    addressed = targeting.addressing(asks, [place.seat for place in places])
    campaigns: dict[int, dict[str, Any]] = {}
    for ask in asks:
        if ask.pk not in addressed:
            continue
        campaign = campaigns.setdefault(
            ask.campaign_id,
            {"campaign": ask.campaign, "words": words.of(ask.campaign), "asks": [], "seats": set()},
        )
        campaign["asks"].append({"ask": ask, "url": page_context.ask_url(ask)})
        campaign["seats"] |= addressed[ask.pk]
    for campaign in campaigns.values():
        campaign["reaches"] = reached(campaign.pop("seats"), found)
    return list(campaigns.values())


def still_open(found: Found) -> list[Place]:
    """Of every chamber that no choice has settled."""
    open_chambers = [*found.open_chambers.values(), *found.left_open.values()]
    return [
        place for districts in open_chambers for places in districts.values() for place in places
    ]


def reached(seats: set[int], found: Found) -> list[str]:
    """Whom these seats' letters or calls would reach: names of settled seats, else the chamber."""
    names = [
        holder_name(place) or office_name(place.seat)
        for place in found.places
        if place.seat.pk in seats
    ]
    chambers = [
        str(place.seat.get_chamber_display())
        for place in still_open(found)
        if place.seat.pk in seats
    ]
    return list(dict.fromkeys([*names, *chambers]))
