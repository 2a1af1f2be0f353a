"""One after the other, at a distance that all processes keep together.

Without Redis nobody can know the distance: closed.
"""

import time
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from redis import Redis, RedisError

from worker.channels import ChannelError

PATIENCE_S = 5.0
A_WHILE = timedelta(seconds=30)


def wait(key: str, *, per_second: float) -> None:
    """Return when it is this one's turn.

    Raises ChannelError when the turn does not come in a few seconds, or Redis is away.
    """
    gap_ms = max(1, round(1000 / per_second))
    give_up_at = time.monotonic() + PATIENCE_S
    try:
        # Whoever sets the key has the turn; it lasts for one distance, and everybody else waits.
        while not keeper(settings.REDIS_URL).set(f"pace:{key}", 1, px=gap_ms, nx=True):
            if time.monotonic() > give_up_at:
                raise ChannelError(
                    "Too many are waiting for this way out.", endpoint=True, pause=A_WHILE
                )
            time.sleep(gap_ms / 1000 / 2)
    except RedisError as error:
        raise ChannelError(
            f"Redis is away, so the pace cannot be kept: {type(error).__name__}", endpoint=True
        ) from error


@lru_cache(maxsize=2)
def keeper(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
