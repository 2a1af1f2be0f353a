"""Supporters whose lookup failed: kept, and finished when it works again."""

from __future__ import annotations

from actions.letters.write import finish
from actions.models import Action

BATCH = 200


def finish_all() -> int:
    """Finish what can be finished, oldest first. Stops at the first failure: lookup is still down.

    The number finished.
    """
    done = 0
    waiting = (
        Action.objects.filter(needs_lookup=True)
        .exclude(state=Action.State.WITHDRAWN)
        .select_related("ask__campaign", "supporter")
    )
    for action in waiting.order_by("pk")[:BATCH]:
        if not finish(action):
            break
        done += 1
    return done
