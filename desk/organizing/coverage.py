"""Which ways a campaign's letters would take today, beside what its own check finds."""

from __future__ import annotations

from actions.letters.coverage import cover
from campaigns import targeting
from campaigns.findings import Finding, named
from campaigns.models import Ask, Campaign
from campaigns.preflight import preflight


def all_findings(campaign: Campaign) -> list[Finding]:
    """The campaign's own findings, and after those a line for each letter that says how many seats
    are reached by which way.
    """
    return [
        *preflight(campaign),
        # Without rules there is nobody to count; preflight says so itself.
        *(finding(ask) for ask in campaign.asks.filter(kind=Ask.Kind.LETTER) if ask.rules.exists()),
    ]


def finding(ask: Ask) -> Finding:
    """Worth a look where every letter would be left to its writer."""
    coverage = cover(targeting.seats(ask))
    return Finding(
        coverage.by_us > 0 or not coverage.seats,
        False,
        named(ask, str(coverage)),
        "desk:ask_targets",
        (ask.campaign.slug, ask.pk),
    )


def ways_of(campaign: Campaign) -> list[tuple[Ask, str]]:
    """Each letter of a campaign with its numbers in words."""
    letters = campaign.asks.filter(kind=Ask.Kind.LETTER).prefetch_related("rules", "words")
    return [(ask, str(cover(targeting.seats(ask)))) for ask in letters]
