"""Every number once more, from the rows: what differs is said, and counted anew."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from accounts import audit
from actions.breakdowns.adding import hold
from actions.breakdowns.building import KEPT, begin_again
from actions.breakdowns.facts import Key, oldest_hour
from actions.breakdowns.following import changed_people, follow
from actions.breakdowns.true_numbers import true_numbers
from actions.models import Ledger
from campaigns.models import Ask, Breakdown, Metric, Side
from worker.queue import call

log = logging.getLogger(__name__)
TASK = "actions.tasks.check_numbers"
AUTHOR = "take-action"
IN_THE_LOG = 5  # of the numbers that differ


def check_each() -> int:
    """One task for each ask, since a busy one takes its time. Returns how many."""
    whole = list(Ledger.objects.filter(is_whole=True).values_list("pk", flat=True))
    call(TASK, [(pk,) for pk in whole])
    return len(whole)


def check(ask: Ask) -> dict[Key, tuple[int, int]]:
    """The numbers that were wrong: as written, as the rows say. Then the ask is counted anew."""
    Breakdown.objects.filter(ask=ask, side=Side.HOUR, value__lt=oldest_hour()).delete()
    first = differences(ask)
    # People act meanwhile: what has drifted differs by the same in a second look.
    wrong = {
        key: pair
        for key, pair in (differences(ask) if first else {}).items()
        if key in first and gap(first[key]) == gap(pair)
    }
    if wrong:
        said = [f"{' '.join(key)}: {a}, not {b}" for key, (a, b) in sorted(wrong.items())]
        log.error("Numbers of ask %s had drifted (%d): %s", ask.pk, len(wrong), said[:IN_THE_LOG])
        audit.record(AUTHOR, "numbers.drift", f"ask:{ask.pk}", numbers=len(wrong))
        Ledger.objects.filter(ask=ask).update(drifted_at=timezone.now())
        begin_again(ask)
    return wrong


def gap(pair: tuple[int, int]) -> int:
    return pair[0] - pair[1]


@transaction.atomic
def differences(ask: Ask) -> dict[Key, tuple[int, int]]:
    """After following what changed until now."""
    hold(ask)
    ledger = Ledger.objects.get(ask=ask)
    follow(ask, changed_people(ask, ledger.counted_at))
    rows = Breakdown.objects.filter(ask=ask).exclude(
        # Counted whole at each recount, and never followed.
        metric__in=(*KEPT, Metric.ANONYMOUS, Metric.ON_PAPER)
    )
    written = {
        (side, value, metric): n
        for side, value, metric, n in rows.values_list("side", "value", "metric", "number")
    }
    true = true_numbers(ask)
    return {
        key: (written.get(key, 0), true.get(key, 0))
        for key in written.keys() | true.keys()
        if written.get(key, 0) != true.get(key, 0)
    }
