"""What the attempts of one delivery show, and what came back about it, in words that claim no more
than they show; and for how long a letter may wait.

Every question here wants `attempts` loaded, `notes` wants `returns`.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from worker.inbound.returns import BOUNCE, PROOF
from worker.models import PAPER, Attempt, Delivery, Return, State, WaitsFor

# After this long without a bounce the words change; never to "delivered".
BOUNCES_WITHIN = dt.timedelta(hours=48)
# A letter that waits for a person longer than this is late; and one in doubt, that nobody could
# settle.
REVIEWED_WITHIN = dt.timedelta(hours=24)
SETTLED_WITHIN = dt.timedelta(hours=72)
# What a letter waits for that nobody here can hurry: its writer, and a roster.
NOT_OURS = (WaitsFor.CONFIRMATION, WaitsFor.ROSTER)
# Who stopped a letter when no person did.
OURSELVES, THE_WRITER = "take-action", "supporter"
# What Congress's systems answer when they are only busy.
NOT_NOW = (408, 429, 503)


def has_ended(delivery: Delivery) -> bool:
    """We bring it there no more."""
    return delivery.state in (State.FAILED, State.CANCELLED)


def is_late(delivery: Delivery) -> bool:
    """It waits for a person, and too long for its writer to go on waiting."""
    now = timezone.now()
    if delivery.state == State.WAITING and delivery.waits_for not in NOT_OURS:
        last = last_attempt(delivery)
        return last is not None and last.at < now - REVIEWED_WITHIN
    if delivery.state == State.CLAIMED and delivery.channel == PAPER:
        return delivery.expires_at < now
    if delivery.state == State.UNCERTAIN and delivery.settled_at:
        return delivery.settled_at < now - SETTLED_WITHIN
    return False


def ended_silently(delivery: Delivery) -> bool:
    """No peer said the last word: a person did, or the time ran out."""
    last = last_attempt(delivery)
    return last is not None and last.state == delivery.state and last.code is None


def came_back(delivery: Delivery) -> bool:
    """A mail server took it, and it bounced later."""
    attempts = attempts_of(delivery)
    if delivery.channel != "email" or not attempts:
        return False
    # Failed after it was sent can only mean that it came back.
    return attempts[-1].author == BOUNCE or any(one.state == State.SENT for one in attempts)


def proved_later(delivery: Delivery) -> bool:
    """It was in doubt until something came back that only a letter that left can cause."""
    last = last_attempt(delivery)
    return last is not None and last.author == PROOF and delivery.state == State.SENT


def ran_out(delivery: Delivery) -> bool:
    """The last peer to speak said "not now", or nobody spoke, until the time was over."""
    last = last_attempt(delivery)
    if last is None or last.state != State.FAILED:
        return False
    if last.code is None:
        # The sweep also ends what was never tried, and what workers died of: nobody refused those.
        return last.author == "sweep" and delivery.attempts_made > 0 and not delivery.crashes
    return 400 <= last.code < 500 if delivery.channel == "email" else last.code in NOT_NOW


def is_senate(delivery: Delivery) -> bool:
    """Of a delivery to Congress's own systems: to an office of the Senate, not of the House."""
    return delivery.recipient.startswith("S")


def their_words(delivery: Delivery | None) -> str:
    """The peer's own words at the last step, if a peer spoke."""
    if delivery is None:
        return ""
    spoke = [
        one.answer
        for one in attempts_of(delivery)
        if one.answer and (one.code or one.author == BOUNCE)
    ]
    return spoke[-1] if spoke else ""


def last_attempt(delivery: Delivery) -> Attempt | None:
    """None before the first."""
    return next(reversed(attempts_of(delivery)), None)


def attempts_of(delivery: Delivery) -> list[Attempt]:
    """In the order in which they were made."""
    return list(delivery.attempts.all())


def notes(delivery: Delivery | None) -> list[tuple[str, dt.datetime]]:
    """A sentence for each kind of thing that came back, the first time it did; a failure stands in
    the state. Wants `returns` loaded.
    """
    first: dict[str, Return] = {}
    for row in delivery.returns.all() if delivery else []:
        first.setdefault(row.kind, row)
    return [(words, row.at) for row in first.values() if (words := return_in_words(row.kind))]


def return_in_words(kind: str) -> str:
    """Blank for what is no news of its own."""
    return {
        Return.Kind.DELAYED: _(
            "The mail server there tells us that it takes longer, and goes on trying."
        ),
        Return.Kind.DELIVERED: _("The office’s own mail server says that it was delivered."),
        Return.Kind.AUTO_REPLY: _("The office’s own system answered automatically."),
        Return.Kind.REPLY: _(
            "Somebody answered, to an address of ours that nobody reads. They were told to write to"
            " you."
        ),
    }.get(Return.Kind(kind), "")
