"""How long a letter waits before it is tried again."""

import random
from datetime import timedelta

PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
# A full crowd that failed together should not come back together.
JITTER = 0.2


def retry_pause(attempts: int) -> timedelta:
    """The pause after so many attempts that a peer refused for now: 1, 5, 15 minutes, then 1, 3, 6,
    12 hours, and 12 from there on.
    """
    # No secret
    return PAUSES[min(attempts, len(PAUSES)) - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
