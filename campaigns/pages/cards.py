"""Campaigns at a glance, as several pages show them (`campaigns/_card.html`)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from campaigns import counts, words
from campaigns.models import Campaign


def with_words(campaigns: Any) -> QuerySet[Campaign]:
    """A fixed number of queries for whatever a card shows."""
    found: QuerySet[Campaign] = campaigns.select_related("issue").with_bills()
    return found.prefetch_related("words", "issue__words", "asks")


def cards(campaigns: QuerySet[Campaign] | list[Campaign]) -> list[dict[str, Any]]:
    campaigns = list(campaigns)
    tallied = counts.by_campaign(campaigns)
    return [
        {
            "campaign": campaign,
            "words": words.of(campaign),
            "issue_words": words.of(campaign.issue),
            "asks": campaign.asks.all(),
            "count": tallied[campaign.pk],
        }
        for campaign in campaigns
    ]
