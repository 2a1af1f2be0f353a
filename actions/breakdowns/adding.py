"""Numbers written down: to what an ask has, this is added or taken away."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.db.models import Q

from actions.breakdowns.facts import Key, Numbers, oldest_hour
from campaigns.models import Ask, Breakdown, Side

AT_ONCE = 500  # values in one IN (...)


def add(ask: Ask, changes: Numbers) -> None:
    """Whoever calls holds the ask (`hold`). A number that comes to nothing has no row."""
    # Hours are kept for some days only: what is older has left the table, or is about to.
    since = oldest_hour()
    changes = Counter(
        {
            key: change
            for key, change in changes.items()
            if change and not (key[0] == Side.HOUR and key[1] < since)
        }
    )
    before = numbers_now(ask, changes)
    # Never below nothing: what drifted is the night's to find.
    after = {key: max(0, before.get(key, 0) + change) for key, change in changes.items()}
    write(ask, after)


def numbers_now(ask: Ask, keys: Numbers) -> dict[Key, int]:
    """What is written of these, by key."""
    found: dict[Key, int] = {}
    for side, group in groupby(sorted(keys), key=lambda key: key[0]):
        values = sorted({value for _, value, _ in group})
        for start in range(0, len(values), AT_ONCE):
            some = values[start : start + AT_ONCE]
            rows = Breakdown.objects.filter(ask=ask, side=side, value__in=some)
            for value, metric, number in rows.values_list("value", "metric", "number"):
                found[side, value, metric] = number
    return found


def write(ask: Ask, numbers: dict[Key, int]) -> None:
    """These and no others."""
    Breakdown.objects.bulk_create(
        [
            Breakdown(ask=ask, side=side, value=value, metric=metric, number=number)
            for (side, value, metric), number in numbers.items()
            if number
        ],
        update_conflicts=True,
        unique_fields=["ask", "side", "value", "metric"],
        update_fields=["number"],
        batch_size=AT_ONCE,
    )
    gone = [key for key, number in numbers.items() if not number]
    for start in range(0, len(gone), AT_ONCE // 5):
        these = Q()
        for side, value, metric in gone[start : start + AT_ONCE // 5]:
            these |= Q(side=side, value=value, metric=metric)
        Breakdown.objects.filter(these, ask=ask).delete()


def hold(ask: Ask) -> None:
    """Nobody else counts this ask until the transaction ends; acting on it goes on."""
    # Not the whole row: a new action's foreign key would have to wait for the count.
    Ask.objects.select_for_update(no_key=True).get(pk=ask.pk)
