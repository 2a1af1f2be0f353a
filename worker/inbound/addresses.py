"""Addresses that take no mail any more: nothing is sent there until a person has looked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Now

from worker.models import DeadAddress


def dead(addresses: Iterable[str]) -> set[str]:
    """Which of these (lower case) are known to take no mail. One query."""
    return set(
        DeadAddress.objects.filter(
            address__in={address.lower() for address in addresses}, revived_at=None
        ).values_list("address", flat=True)
    )


def condemn(address: str, *, because: str) -> bool:
    """From now on nothing goes there. False if that was known."""
    found = {"because": because[:2000]}
    row, is_new = DeadAddress.objects.get_or_create(address=address.lower(), defaults=found)
    was_revived = DeadAddress.objects.filter(pk=row.pk).exclude(revived_at=None)
    return is_new or bool(was_revived.update(**found, found_at=Now(), revived_at=None))


def revive(address: str) -> bool:
    """A person knows that it takes mail. False if nobody doubted it.

    Whoever calls writes the audit line and releases what waits.
    """
    return bool(
        DeadAddress.objects.filter(address=address.lower(), revived_at=None).update(
            revived_at=Now()
        )
    )
