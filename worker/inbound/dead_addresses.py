"""When an address takes no mail: two different people wrote to it, and each time its own server
said that nobody is there.

One refusal may be one person's trouble. A policy against us (5.7.z), a full mailbox or a message
too large says nothing about the address.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Lower, Now

from worker.inbound import addresses
from worker.models import Attempt, DeadAddress, Delivery, State

PEOPLE = 2
REMEMBERED = timedelta(days=30)
RECENT = timedelta(hours=1)
NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
NOBODY_CODES = {550, 551, 553}
NOBODY_WORDS = re.compile(
    r"no such (user|mailbox|recipient|address|person)|(user|mailbox|recipient|address) (is"
    r" )?(unknown|not found)"
    r"|unknown (user|mailbox|recipient|address|local)|no mailbox"
    r" here|(user|mailbox|account|recipient) .{0,60}does ?n[o']t exist"
    r"|invalid (mailbox|recipient)",
    re.IGNORECASE,
)
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def weigh_recent() -> int:
    """Look at what failed within the last hour.

    Returns how many addresses take no mail from now on. May run twice, and at once.
    """
    recent = Q(delivery__state=State.FAILED, delivery__settled_at__gt=Now() - RECENT)
    return weigh(
        {line.delivery.recipient.lower() for line in refusals(recent & ~Q(delivery__writer_key=""))}
    )


def weigh(suspects: set[str]) -> int:
    """Condemn those of these (lower case) against which the evidence has become enough.

    Four queries and one for each that is condemned.
    """
    suspects = suspects - addresses.dead(suspects)
    mended_at = dict(
        DeadAddress.objects.filter(address__in=suspects).values_list("address", "revived_at")
    )
    told: dict[str, list[Attempt]] = {}
    for line in refusals(against(suspects)) if suspects else []:
        address = line.delivery.recipient.lower()
        if not (since := mended_at.get(address)) or line.at > since:
            told.setdefault(address, []).append(line)
    guilty = [
        lines
        for lines in told.values()
        if len({line.delivery.writer_key for line in lines}) >= PEOPLE
    ]
    return sum(
        addresses.condemn(lines[0].delivery.recipient, because=lines[-1].answer) for lines in guilty
    )


def against(suspects: set[str]) -> Q:
    lately = Q(delivery__state=State.FAILED, delivery__settled_at__gt=Now() - REMEMBERED) & ~Q(
        delivery__writer_key=""
    )
    spelled = Delivery.objects.annotate(lower=Lower("recipient")).filter(
        lower__in=suspects, state=State.FAILED, settled_at__gt=Now() - REMEMBERED
    )
    return lately & Q(delivery__in=spelled.values("pk"))


def refusals(which: Q) -> list[Attempt]:
    """The last words on real letters, where those words say that nobody is there."""
    lines = Attempt.objects.filter(
        which, state=State.FAILED, delivery__channel="email", delivery__rehearsal=False
    )
    lines = lines.exclude(answer="").select_related("delivery").defer("delivery__message")
    return [line for line in lines.order_by("at", "pk") if nobody_there(line.code, line.answer)]


def nobody_there(code: int | None, answer: str) -> bool:
    """Whether a server's words are about an address that nobody has."""
    said = ENHANCED.search(answer)
    if said:
        return said[0] in NOBODY
    return code in NOBODY_CODES and bool(NOBODY_WORDS.search(answer))
