"""When an address takes no mail: two different people wrote to it, and each time its own server said that nobody is there.

One refusal may be one person's trouble. A policy against us (5.7.z), a full mailbox or a message too large says nothing about the address.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from worker import addresses
from worker.models import Attempt, DeadAddress, State

PEOPLE = 2
REMEMBERED = timedelta(days=30)
RECENT = timedelta(hours=1)
NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
NOBODY_CODES = {550, 551, 553}
NOBODY_WORDS = re.compile(
    r"no such (user|mailbox|recipient|address|person)|(user|mailbox|recipient|address) (is )?(unknown|not found)"
    r"|unknown (user|mailbox|recipient|address|local)|no mailbox here|(user|mailbox|account|recipient) .{0,60}does ?n[o']t exist"
    r"|invalid (mailbox|recipient)",
    re.IGNORECASE,
)
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def weigh_recent() -> int:
    """Look at what failed within the last hour. Returns how many addresses take no mail from now on. May run twice, and at once."""
    recent = Q(delivery__state=State.FAILED, delivery__settled_at__gt=Now() - RECENT)
    suspects = {attempt.delivery.recipient.lower() for attempt in refusals(recent & ~Q(delivery__writer_key=""))}
    return sum(weigh(address) for address in sorted(suspects - addresses.dead(suspects)))


def weigh(address: str) -> bool:
    """Whether the evidence against this address has just become enough."""
    since_it_was_mended = DeadAddress.objects.filter(address=address.lower()).values_list("revived_at", flat=True).first()
    about = Q(delivery__recipient__iexact=address, delivery__state=State.FAILED, delivery__settled_at__gt=Now() - REMEMBERED)
    if since_it_was_mended:
        about &= Q(at__gt=since_it_was_mended)
    told = refusals(about & ~Q(delivery__writer_key=""))
    if len({attempt.delivery.writer_key for attempt in told}) < PEOPLE:
        return False
    return addresses.condemn(address, because=told[-1].answer)


def refusals(which: Q) -> list[Attempt]:
    """The last words on real letters, where those words say that nobody is there."""
    lines = Attempt.objects.filter(which, state=State.FAILED, delivery__channel="email", delivery__rehearsal=False)
    lines = lines.exclude(answer="").select_related("delivery").defer("delivery__message")
    return [line for line in lines.order_by("at", "pk") if nobody_there(line.code, line.answer)]


def nobody_there(code: int | None, answer: str) -> bool:
    """Whether a server's words are about an address that nobody has."""
    said = ENHANCED.search(answer)
    if said:
        return said[0] in NOBODY
    return code in NOBODY_CODES and bool(NOBODY_WORDS.search(answer))
