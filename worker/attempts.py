"""Many letters change state at once, and an attempt says so of each."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from worker.models import Attempt, Delivery, State

AT_ONCE = 1000


@transaction.atomic
def move(
    rows: "QuerySet[Delivery]",
    to: State,
    *,
    author: str,
    answer: str = "",
    code: int | None = None,
    skip_locked: bool = False,
    **changes: Any,
) -> list[int]:
    """Change these rows' state and say so in an Attempt each.

    Returns the ids that really moved, all or nothing.
    """
    # In one order, so that two who move the same rows cannot wait for each other. `of`: whatever a
    # filter joins stays unlocked.
    ids = list(
        rows.select_for_update(skip_locked=skip_locked, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        Delivery.objects.filter(pk__in=some).update(state=to, **changes)
        Attempt.objects.bulk_create(
            [
                Attempt(delivery_id=pk, at=Now(), state=to, code=code, answer=answer, author=author)
                for pk in some
            ]
        )
    return ids
