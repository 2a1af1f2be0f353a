"""Settling doubt by asking: a chamber of Congress that knows a DeliveryId again says whether it has
the message.

The same document goes under the same DeliveryId. 409 means that it was there all along; an
acceptance means that it was not, and is now. Either way the office has it once. Lob is asked what
it has under the delivery's reference, and only what it has not is handed over
(worker.channels.lob). Only a chamber that is known to answer so is asked (docs/safety.md 3.1: what
is in doubt is never sent again); everything else in doubt waits for evidence or a person.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from worker import channels
from worker.channels import ChannelError, Interrupted, lob
from worker.channels.cwc import offices
from worker.engine.deliver import patiently
from worker.engine.final_check import objections
from worker.engine.transitions import Outcome, turn
from worker.models import Delivery, State
from worker.queued_letter import QueuedLetter, queued_letters

AT_ONCE = 20
# What was interrupted may still be at work over there: first let it come to its end.
REST = timedelta(minutes=5)
NEXT_ASKED_AFTER = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(days=3)
ASKED = {
    "cwc": "Asked again under the same DeliveryId",
    "lob": "Looked up by the delivery's reference",
}


def ask_about_doubt() -> int:
    """Ask about what is in doubt.

    Returns how many were settled; the others stay in doubt and are asked about later.

    What must not go any more (taken back, or whose seat has another holder) is left to a person:
    asking could deliver it.
    """
    mine = doubtful()
    # None when nobody could look: then nothing is asked, and all of it comes up again later.
    stays = objections([letter for letter, _token in mine])
    return sum(
        settle_by_asking(letter, token)
        for letter, token in mine
        if stays is not None and letter.pk not in stays
    )


def in_doubt() -> QuerySet[Delivery]:
    """Paused letters are not asked about: asking could deliver them."""
    # Only who is known to recognize what it has already: others would deliver it twice.
    known = [c for c in ("house", "senate") if getattr(settings, f"CWC_{c.upper()}_KNOWS_REPEATS")]
    lanes = [f"cwc:{chamber}" for chamber in known]
    if lob.is_configured():
        lanes.append("lob")
    rows = (
        Delivery.objects.not_paused()
        .permitted(enabled=settings.DELIVERY_ENABLED)
        .filter(channel__in=["cwc", "lob"], lane__in=lanes, state=State.UNCERTAIN, rehearsal=False)
    )
    rested = rows.filter(settled_at__lt=Now() - REST, settled_at__gt=Now() - GIVES_UP_AFTER)
    return rested.filter(Q(lease_until=None) | Q(lease_until__lt=Now()))


@transaction.atomic
def doubtful() -> list[tuple[QueuedLetter, str]]:
    """Ours to ask about.

    A chamber that cannot tell now is asked about this one again in an hour.
    """
    token = uuid.uuid4().hex
    free = in_doubt().select_for_update(skip_locked=True, of=("self",))
    rows = queued_letters(free, most=AT_ONCE)
    # Its state stays uncertain: the lease only puts off its next turn.
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        claim=token, lease_until=Now() + NEXT_ASKED_AFTER
    )
    return [(row, token) for row in rows]


def settle_by_asking(letter: QueuedLetter, token: str) -> bool:
    """No transaction is open here. An answer that says nothing about this message leaves no trace.

    A document that is refused now was refused then, unless the office itself closed meanwhile: then
    nobody knows.
    """
    try:
        receipt = channels.named(letter.channel).send(letter)
        outcome = Outcome(
            letter, State.SENT, f"{ASKED[letter.channel]}: {receipt.answer}", receipt.code
        )
    except ChannelError as error:
        # An office that closed meanwhile refuses everything, also what it had taken before.
        is_closed = letter.channel == "cwc" and not offices.takes_messages(letter.recipient)
        if is_closed or not error.permanent:
            return False
        outcome = Outcome(
            letter, State.FAILED, f"{ASKED[letter.channel]}: {error.answer}", error.code
        )
    except Interrupted:
        return False
    patiently(lambda: turn(outcome, None, token))
    return True
