"""Who of our supporters can act in a campaign: whose seats its letters and calls go to.

By the districts that were last looked up (desk.supporters.districts).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left

from actions.alerts.audience import Reasons
from campaigns import targeting
from campaigns.models import Ask, Campaign
from desk.models import SupporterDistrict
from legislators.models import Chamber, CustomZip, Seat
from legislators.states import UNITED_STATES


@dataclass
class Reached:
    """Where people live whom these seats represent."""

    everywhere: bool = False
    states: set[str] = field(default_factory=set)
    districts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Layer -> divisions."""
    states_in_part: set[str] = field(default_factory=set)
    """Whose districts these are."""
    offices: list[int] = field(default_factory=list)
    """Our own offices that serve some ZIP codes: their seats."""

    def add(self, seat: Seat) -> None:
        state = str(seat.jurisdiction_id)
        if seat.serves_everybody or (seat.serves_whole_state and state == UNITED_STATES.code):
            self.everywhere = True
        elif seat.serves_whole_state:
            self.states.add(state)
        elif seat.chamber == Chamber.CUSTOM:
            self.offices.append(seat.pk)
        elif seat.layer:
            self.districts[seat.layer].add(seat.division)
            self.states_in_part.add(state)


def reached(campaign: Campaign) -> Reached | None:
    """None where it asks nobody in particular to be written to or called: everybody can sign."""
    asks = list(campaign.asks.filter(kind__in=Ask.TARGETED))
    if not asks:
        return None
    found = Reached()
    for ask in asks:
        for seat in targeting.seats(ask).select_related("jurisdiction"):
            found.add(seat)
    return found


def reasons(campaign: Campaign, *, unsure_too: bool) -> Reasons:
    """Why somebody cannot act in it, as actions.alerts.audience has reasons."""
    where = reached(campaign)
    if where is None or where.everywhere:
        return []
    sure, perhaps = _in_reach(where)
    if unsure_too:
        return [("elsewhere", ~(sure | perhaps))]
    return [("unsure", perhaps & ~sure), ("elsewhere", ~sure)]


def _in_reach(where: Reached) -> tuple[Q, Q]:
    """Who is surely represented by one of the seats, and who may be."""
    in_the_us = Q(country="US")
    zips = CustomZip.objects.filter(office__seat__in=where.offices, zip=Left(OuterRef("zip"), 5))
    sure = (in_the_us & Q(state__in=where.states)) | Q(Exists(zips))
    known = SupporterDistrict.objects.filter(
        supporter=OuterRef("pk"), layer__in=list(where.districts)
    )
    # Nobody looked them up yet, or their address was not found.
    perhaps = in_the_us & Q(state__in=where.states_in_part) & ~Q(Exists(known))
    for layer, divisions in where.districts.items():
        theirs = SupporterDistrict.objects.filter(supporter=OuterRef("pk"), layer=layer)
        inside = Q(Exists(theirs.filter(division__in=divisions)))
        # A ZIP in several districts: wherever in it they live, it has to be one of these.
        sure |= inside & ~Q(Exists(theirs.exclude(division__in=divisions)))
        perhaps |= inside
    return sure, perhaps
