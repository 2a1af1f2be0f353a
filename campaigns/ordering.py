"""The order of a campaign's asks.

One step at a time and under the campaign's lock, so that two organizers at once lose none.
"""

from __future__ import annotations

from django.db import transaction

from campaigns.models import Ask, Campaign


@transaction.atomic
def raise_up(ask: Ask) -> None:
    """Change places with the ask above; the first one stays."""
    _move(ask, -1)


@transaction.atomic
def lower_down(ask: Ask) -> None:
    """Change places with the ask below; the last one stays."""
    _move(ask, 1)


@transaction.atomic
def remove(ask: Ask) -> None:
    """Take an ask off the list; the others close ranks.

    ProtectedError if somebody has acted on it.
    """
    campaign = Campaign.objects.select_for_update().get(pk=ask.campaign_id)
    ask.delete()
    _number(list(campaign.asks.all()))


def _move(ask: Ask, step: int) -> None:
    campaign = Campaign.objects.select_for_update().get(pk=ask.campaign_id)
    asks = list(campaign.asks.all())
    # Its place as it is now: another organizer may have moved it since this page was drawn.
    old = asks.index(ask)
    new = old + step
    if 0 <= new < len(asks):
        asks[old], asks[new] = asks[new], asks[old]
        _number(asks)


def _number(asks: list[Ask]) -> None:
    for position, ask in enumerate(asks, start=1):
        Ask.objects.filter(pk=ask.pk).exclude(position=position).update(position=position)
