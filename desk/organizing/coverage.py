"""Which ways a campaign's letters would take today, beside what its own check finds; and who came
and went in its seats.
"""

from __future__ import annotations

from actions.letters.coverage import cover
from actions.offices import office_name
from campaigns import targeting, turnover
from campaigns.findings import Finding, named
from campaigns.models import Ask, Campaign, TargetTurnover
from campaigns.preflight import preflight
from legislators.models import Seat

TURNOVERS, SEATS = 5, 30  # as many are shown


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


def turnovers_of(campaign: Campaign) -> list[tuple[TargetTurnover, str, list[dict[str, str]]]]:
    """The last looks at night that found something changed: each in words, and seat by seat."""
    found = TargetTurnover.objects.filter(ask__campaign=campaign).select_related("ask")
    latest = list(found.order_by("-seen_on", "ask__position")[:TURNOVERS])
    seats = {change["seat"] for one in latest for change in one.changes[:SEATS]}
    rows = Seat.objects.filter(pk__in=seats).select_related("jurisdiction")
    offices = {seat.pk: office_name(seat) for seat in rows}
    return [
        (
            one,
            turnover.in_words(one),
            [
                {**change, "office": offices.get(change["seat"], "")}
                for change in one.changes[:SEATS]
            ],
        )
        for one in latest
    ]
