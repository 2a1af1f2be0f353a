"""What the other side, or somebody here, has said of a letter: each is in exactly one of these."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from actions.models import Letter, Route
from worker.models import State


class Evidence(TextChoices):
    """In the order of the page."""

    ACCEPTED = "accepted", _("Accepted by the office's mail server")
    CONGRESS = "congress", _("Taken by Congress's message system")
    MAILED = "mailed", _("Printed and mailed")
    REHEARSED = "rehearsed", _("Rehearsed only")
    UNDER_WAY = "under_way", _("On their way")
    WAITING = "waiting", _("Waiting for confirmation, or for somebody here")
    DOUBT = "doubt", _("In doubt")
    REFUSED = "refused", _("Refused, bounced or given up")
    STOPPED = "stopped", _("Stopped before they left")
    BY_HAND = "by_hand", _("Only the supporter can bring them")
    ROSTER = "roster", _("Waiting for a roster that says who holds the seat")
    EMPTY = "empty", _("To an empty seat")


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
