"""How a delivery stands, in words: what it became, what it waits for and why, what pauses it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actions.models import Action, Letter
from desk.at_most import count_at_most
from worker.engine import holds
from worker.models import PAPER, Attempt, Delivery, Hold, State, WaitsFor

# Shapes are those of the status badge: waiting, done, trouble, or none.
WORDS = {
    State.WAITING: (_("Waiting"), "waiting"),
    State.QUEUED: (_("In line to leave"), "waiting"),
    State.CLAIMED: (_("About to leave"), "waiting"),
    State.DATA: (_("Being sent"), "waiting"),
    State.SENT: (_("Accepted by the mail server"), "done"),
    State.FAILED: (_("Failed"), "trouble"),
    State.UNCERTAIN: (_("Uncertain: it may have gone"), "trouble"),
    State.CANCELLED: (_("Cancelled"), ""),
}
# On paper the same states mean other things.
ON_PAPER = {
    State.QUEUED: (_("In line to be printed"), "waiting"),
    State.CLAIMED: (_("In a print batch"), "waiting"),
    State.SENT: (_("Printed and mailed"), "done"),
}
# Of a table's columns, where a word must do.
SHORT = {
    State.WAITING: _("Waiting"),
    State.QUEUED: _("In line"),
    State.CLAIMED: _("Leaving"),
    State.DATA: _("Being sent"),
    State.SENT: _("Accepted"),
    State.FAILED: _("Failed"),
    State.UNCERTAIN: _("Uncertain"),
    State.CANCELLED: _("Cancelled"),
}


@dataclass(frozen=True)
class Reason:
    """What deliveries wait for: the column's value, or their action being set aside."""

    words: Any
    which: Q


def is_set_aside() -> Exists:
    """The action it belongs to looks like a machine's, and nobody has decided about it yet."""
    return Exists(
        Letter.objects.filter(delivery=OuterRef("pk"), action__state=Action.State.QUARANTINED)
    )


# By the name that stands in an address line.
SET_ASIDE = "quarantine"
REASONS = {
    "confirmation": Reason(
        _("Waiting for confirmation"), Q(waits_for=WaitsFor.CONFIRMATION, set_aside=False)
    ),
    "review": Reason(_("Waiting for review"), Q(waits_for=WaitsFor.REVIEW)),
    "address": Reason(_("Waiting for an address that takes mail"), Q(waits_for=WaitsFor.ADDRESS)),
    "approval": Reason(_("Waiting for its address to be approved"), Q(waits_for=WaitsFor.APPROVAL)),
    "roster": Reason(_("Waiting for a fresh roster"), Q(waits_for=WaitsFor.ROSTER)),
    SET_ASIDE: Reason(
        _("Waiting: it looks suspicious"),
        Q(waits_for=WaitsFor.CONFIRMATION, set_aside=True),
    ),
}


@dataclass(frozen=True)
class DeliveryStatus:
    """How one delivery stands, as a badge and a sentence."""

    words: Any
    shape: str
    because: str = ""
    """Why it waits or is paused, as it was written down then."""


def state_in_words(state: str, channel: str) -> tuple[Any, str]:
    """What it became, and the shape of that: for a line of evidence."""
    found = ON_PAPER.get(State(state)) if channel == PAPER else None
    return found or WORDS[State(state)]


def waiting_for(reason: str) -> QuerySet[Delivery]:
    """Deliveries that wait for this; `reason` is one of REASONS."""
    waiting: QuerySet[Delivery] = Delivery.objects.filter(state=State.WAITING)
    return waiting.annotate(set_aside=is_set_aside()).filter(REASONS[reason].which)


def count_waiting(rows: QuerySet[Delivery]) -> list[tuple[str, Any, int]]:
    """(name, words, number) of each reason for which some of these wait; numbers stop where nobody
    would count on (desk.at_most).
    """
    annotated = rows.filter(state=State.WAITING).annotate(set_aside=is_set_aside())
    numbers = {name: count_at_most(annotated.filter(one.which)) for name, one in REASONS.items()}
    return [(name, REASONS[name].words, number) for name, number in numbers.items() if number]


def statuses(deliveries: Collection[Delivery]) -> dict[int, DeliveryStatus]:
    """By id, in three queries however many there are."""
    waiting = [row.pk for row in deliveries if row.state == State.WAITING]
    said = last_said(waiting)
    set_aside = set(
        Letter.objects.filter(
            delivery__in=waiting, action__state=Action.State.QUARANTINED
        ).values_list("delivery", flat=True)
    )
    pausing = list(Hold.objects.all()) if any(r.state == State.QUEUED for r in deliveries) else []
    return {row.pk: _status(row, said, set_aside, pausing) for row in deliveries}


def _status(
    delivery: Delivery, said: Mapping[int, str], set_aside: set[int], pausing: list[Hold]
) -> DeliveryStatus:
    words, shape = state_in_words(delivery.state, delivery.channel)
    if delivery.state == State.WAITING:
        reason = SET_ASIDE if delivery.pk in set_aside else delivery.waits_for or "confirmation"
        return DeliveryStatus(REASONS[reason].words, shape, said.get(delivery.pk, ""))
    if delivery.state == State.QUEUED:
        for hold in pausing:
            if holds.covers(hold, delivery):
                return DeliveryStatus(_("Paused"), shape, hold.reason)
    return DeliveryStatus(words, shape)


def last_said(deliveries: Collection[int]) -> dict[int, str]:
    """What was written down when each of them last began to wait."""
    # Oldest first: of several the dictionary keeps the last.
    attempts = Attempt.objects.filter(delivery__in=deliveries, state=State.WAITING)
    return dict(attempts.order_by("pk").values_list("delivery", "answer"))
