"""The numbers of letters follow what became of them, which moves no action."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from actions.breakdowns.adding import AT_ONCE, hold
from actions.breakdowns.following import NOBODY, follow
from actions.models import Cursor, Ledger, Letter
from campaigns.models import Ask
from worker.models import Attempt, Delivery

MOST = 20_000  # rows in one run; the next goes on
# A transaction that was open meanwhile may still bring older ids: they are read again for so long.
SETTLED = dt.timedelta(seconds=60)


def follow_letters() -> int:
    """Letters of which something was written down since the last run, or that were posted anew.

    Returns how many asks have other numbers now. May run twice, and at once.
    """
    moved, positions = set(), {}
    # Each transition leaves an attempt, but being posted leaves none.
    for model, time, column in ((Attempt, "at", "delivery"), (Delivery, "posted_at", "pk")):
        name = model._meta.model_name or ""
        begun = Cursor.objects.filter(name=name).values_list("position", flat=True).first()
        if begun is None:  # ledgers are built from what is here now
            positions[name] = settled_before(model, time)
            continue
        rows = list(
            model._default_manager.filter(pk__gt=begun)
            .order_by("pk")
            .values_list("pk", time, column)[:MOST]
        )
        moved |= {delivery for _, _, delivery in rows}
        since = timezone.now() - SETTLED
        positions[name] = max((pk for pk, at, _ in rows if at < since), default=begun)
    changed = sum(map(bool, (follow_some(ask, people) for ask, people in writers(moved))))
    for name, position in positions.items():
        Cursor.objects.update_or_create(name=name, defaults={"position": position})
    return changed


def settled_before(model: type[Model], time: str) -> int:
    since = timezone.now() - SETTLED
    older = model._default_manager.filter(**{f"{time}__lt": since}).order_by("-pk")
    return older.values_list("pk", flat=True).first() or 0


def writers(deliveries: set[int]) -> list[tuple[int, set[str]]]:
    """By ask, whose letters are in these deliveries; asks of which nothing is written are left."""
    found: dict[int, set[str]] = defaultdict(set)
    wanted = sorted(deliveries)
    for start in range(0, len(wanted), AT_ONCE):
        letters = Letter.objects.filter(delivery__in=wanted[start : start + AT_ONCE])
        people = letters.values_list("action__ask", "action__supporter__key", "action")
        for ask, person, action in people:
            found[ask].add(person or f"{NOBODY}{action}")
    # What has no ledger yet is read as it is when it gets one.
    begun = set(Ledger.objects.filter(ask__in=found).values_list("pk", flat=True))
    return sorted((ask, people) for ask, people in found.items() if ask in begun)


@transaction.atomic
def follow_some(ask_id: int, people: set[str]) -> int:
    ask = Ask(pk=ask_id)
    hold(ask)
    return follow(ask, people)
