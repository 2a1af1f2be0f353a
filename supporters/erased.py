"""Tombstones: who was erased, by the keyed hash of mailbox and name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from supporters.models import Erasure


def bury(key: str, at: dt.datetime) -> None:
    """Call it in the transaction of the erasure. The same one twice is once."""
    Erasure.objects.get_or_create(key=key, at=at)


def erased_since(keys: Collection[str], since: dt.datetime) -> set[str]:
    """Which of these keys (supporters.people.key_of) were erased at or after that moment.

    Whoever gives something back that was kept since then, as by undoing a merge or an import,
    leaves these out.
    """
    buried = Erasure.objects.filter(key__in=keys, at__gte=since)
    return set(buried.values_list("key", flat=True))
