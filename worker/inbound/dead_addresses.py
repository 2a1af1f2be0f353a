"""Addresses that take no mail: nothing is sent there until a person has looked.

An address is dead when two different people wrote to it, and each time its own server said that
nobody is there. One refusal may be one person's trouble.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Lower, Now

from worker.models import Attempt, DeadAddress, Delivery, State
from worker.smtp_status import is_no_such_address

PEOPLE = 2
REMEMBERED = timedelta(days=30)
RECENT = timedelta(hours=1)
KEEPS_NO_WRITER = Q(delivery__writer_key="")


def dead_among(addresses: Iterable[str]) -> set[str]:
    """Which of these are known to take no mail, in lower case. One query."""
    return set(
        DeadAddress.objects.filter(
            address__in={address.lower() for address in addresses}, revived_at=None
        ).values_list("address", flat=True)
    )


def declare_dead(address: str, *, because: str) -> bool:
    """From now on nothing goes there. False if that was known."""
    found = {"because": because[:2000]}
    row, is_new = DeadAddress.objects.get_or_create(address=address.lower(), defaults=found)
    was_revived = DeadAddress.objects.filter(pk=row.pk).exclude(revived_at=None)
    return is_new or bool(was_revived.update(**found, found_at=Now(), revived_at=None))


def revive(address: str) -> bool:
    """A person knows that it takes mail. False if nobody doubted it.

    Whoever calls writes the audit line and releases what waits.
    """
    dead = DeadAddress.objects.filter(address=address.lower(), revived_at=None)
    return bool(dead.update(revived_at=Now()))


def find_recent() -> int:
    """Look at what failed within the last hour.

    Returns how many addresses take no mail from now on. May run twice, and at once.
    """
    recent = Q(delivery__state=State.FAILED, delivery__settled_at__gt=Now() - RECENT)
    lately = refusals(recent & ~KEEPS_NO_WRITER)
    return find_dead({attempt.delivery.recipient.lower() for attempt in lately})


def find_dead(suspects: set[str]) -> int:
    """Declare those of these (lower case) dead against which the evidence has become enough.

    Returns how many. Four queries, and one for each that is.
    """
    suspects = suspects - dead_among(suspects)
    if not suspects:
        return 0
    revived_at = dict(
        DeadAddress.objects.filter(address__in=suspects).values_list("address", "revived_at")
    )
    # What was said before a person knew better counts no more.
    against: dict[str, list[Attempt]] = {}
    for attempt in refusals(of_letters_to(suspects)):
        address = attempt.delivery.recipient.lower()
        since = revived_at.get(address)
        if since is None or attempt.at > since:
            against.setdefault(address, []).append(attempt)
    return sum(
        declare_dead(address, because=attempts[-1].answer)
        for address, attempts in against.items()
        if len({attempt.delivery.writer_key for attempt in attempts}) >= PEOPLE
    )


def of_letters_to(addresses: set[str]) -> Q:
    """Attempts on letters of known writers that failed lately, however the address was spelled."""
    lately = Q(delivery__state=State.FAILED, delivery__settled_at__gt=Now() - REMEMBERED)
    spelled = Delivery.objects.annotate(lower=Lower("recipient")).filter(
        lower__in=addresses, state=State.FAILED, settled_at__gt=Now() - REMEMBERED
    )
    return lately & ~KEEPS_NO_WRITER & Q(delivery__in=spelled.values("pk"))


def refusals(which: Q) -> list[Attempt]:
    """The last words on real letters, where those words say that nobody is there.

    `which` narrows the attempts, and so the deliveries.
    """
    failed = Attempt.objects.filter(
        which, state=State.FAILED, delivery__channel="email", delivery__rehearsal=False
    ).exclude(answer="")
    in_order = failed.select_related("delivery").defer("delivery__message").order_by("at", "pk")
    return [attempt for attempt in in_order if is_no_such_address(attempt.code, attempt.answer)]
