"""What the other side, or somebody here, has said of a letter: each is in exactly one of these."""

from __future__ import annotations

from django.db.models import TextChoices

from actions.models import Letter, Route
from worker.models import State


class Evidence(TextChoices):
    """In the order in which it is told (desk.numbers.cuts says each in words)."""

    ACCEPTED = "accepted"
    CONGRESS = "congress"
    MAILED = "mailed"
    REHEARSED = "rehearsed"
    UNDER_WAY = "under_way"
    WAITING = "waiting"
    DOUBT = "doubt"
    REFUSED = "refused"
    STOPPED = "stopped"
    BY_HAND = "by_hand"
    ROSTER = "roster"
    EMPTY = "empty"


OF_A_STATE = {
    State.QUEUED: Evidence.UNDER_WAY,
    State.CLAIMED: Evidence.UNDER_WAY,
    State.DATA: Evidence.UNDER_WAY,
    State.WAITING: Evidence.WAITING,
    State.UNCERTAIN: Evidence.DOUBT,
    State.FAILED: Evidence.REFUSED,
}
SENT_BY = {
    "email": Evidence.ACCEPTED,
    "cwc": Evidence.CONGRESS,
    "paper": Evidence.MAILED,
    "lob": Evidence.MAILED,
}


def evidence_of(
    route: str,
    awaits_roster: object,
    state: str | None,
    channel: str | None,
    rehearsal: bool | None,
) -> Evidence:
    """Of a letter by its route and its current delivery, if it has one (else None)."""
    if state == State.SENT:
        return Evidence.REHEARSED if rehearsal else SENT_BY.get(channel or "", Evidence.ACCEPTED)
    if state in OF_A_STATE:
        return OF_A_STATE[State(state)]
    if route in Letter.BY_HAND:
        return Evidence.BY_HAND
    if route == Route.NONE:
        return Evidence.ROSTER if awaits_roster else Evidence.EMPTY
    return Evidence.STOPPED
