"""Views and forms begun in the month of the demonstration: as many as bring so many people."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from django.db.models import Sum

from actions.breakdowns.facts import Numbers
from actions.breakdowns.visits import add_visits
from campaigns.models import Ask, Breakdown, Metric, Side

# Of a hundred who look at such a page some twenty act; of those who begin most go on.
VIEWS_FOR_ONE, STARTS_FOR_ONE = (4.0, 6.5), (1.15, 1.6)


def make(asks: Iterable[Ask], dice: random.Random) -> None:
    """After the counts, of which they are made. Sums of nobody, as real ones are."""
    for ask in asks:
        numbers: Numbers = Counter()
        for metric, bounds in ((Metric.VIEWS, VIEWS_FOR_ONE), (Metric.STARTS, STARTS_FOR_ONE)):
            # Hours are kept for three days only: theirs come with real visitors.
            for side in (Side.DAY, Side.SOURCE, Side.LANGUAGE):
                for value, people in acted(ask, side):
                    numbers[side, value, metric] = round(people * dice.uniform(*bounds))
            days = [n for (side, _, of), n in numbers.items() if (side, of) == (Side.DAY, metric)]
            numbers[Side.WHOLE, "", metric] = sum(days)
            even_out(numbers, metric)
        add_visits(ask, numbers)


def acted(ask: Ask, side: str) -> list[tuple[str, int]]:
    """How many people, by the values of this side; in their order, so that dice fall alike."""
    rows = Breakdown.objects.filter(
        ask=ask, side=side, metric__in=[Metric.VERIFIED, Metric.PENDING]
    )
    return list(
        rows.values("value").annotate(n=Sum("number")).order_by("value").values_list("value", "n")
    )


def even_out(numbers: Numbers, metric: str) -> None:
    """Sources, and languages, come to as many as all days: the largest of each takes the rest."""
    whole = numbers[Side.WHOLE, "", metric]
    for side in (Side.SOURCE, Side.LANGUAGE):
        parts = {key: n for key, n in numbers.items() if (key[0], key[2]) == (side, metric)}
        if parts:
            largest = max(parts, key=lambda key: parts[key])
            numbers[largest] = max(0, numbers[largest] + whole - sum(parts.values()))
