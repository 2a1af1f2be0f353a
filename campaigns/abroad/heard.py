"""Where people outside the United States are heard: nobody there represents them."""

from __future__ import annotations

from django.db.models import Q

from campaigns import targeting
from campaigns.models import Ask
from legislators.models import EXECUTIVES, Chamber
from legislators.states import UNITED_STATES


def seats_that_hear(ask: Ask) -> list[int]:
    """Ids of the seats to which somebody abroad may write or call; none where its campaign does not
    invite them.

    The President and the Vice President, the executives of a single state, and the offices of our
    own that read letters from abroad. Never a legislator.
    """
    if not ask.campaign.invites_abroad:
        return []
    hears = Q(chamber__in=EXECUTIVES) | Q(custom__takes_abroad=True)
    rows = list(
        targeting.seats(ask)
        .filter(hears)
        .order_by("pk")
        .values_list("pk", "chamber", "jurisdiction")
    )
    # One letter to every governor of the country is none that any of them would read.
    states = {state for _pk, chamber, state in rows if is_of_a_state(chamber, state)}
    return [
        pk
        for pk, chamber, state in rows
        if len(states) < 2 or chamber == Chamber.CUSTOM or not is_of_a_state(chamber, state)
    ]


def is_of_a_state(chamber: str, state: str) -> bool:
    return chamber in EXECUTIVES and state != UNITED_STATES.code
