"""Redis as a cache that may be gone, or full: the site goes on without it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import ResponseError as Refuses
from redis.exceptions import TimeoutError as TooSlow

log = logging.getLogger("config.cache")

REST_S = 5.0
_resting_until = 0.0


class OneClient(RedisCacheClient):
    """Django makes a client for each command, which takes longer than most commands do."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clients: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]


class TolerantRedisCache(RedisCache):
    """Django's Redis cache, empty and forgetful while Redis cannot be reached, or takes nothing.

    After a failure Redis is left alone for a few seconds, so that one dead server costs one request
    one time-out and not every request several. `add` then answers False and `incr` raises
    ValueError: django-ratelimit reads that as "unknown" (RATELIMIT_FAIL_OPEN).
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._class = OneClient

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return forgiving(
            default, lambda: super(TolerantRedisCache, self).get(key, default, version)
        )

    def get_many(self, keys: Any, version: Any = None) -> Any:
        return forgiving({}, lambda: super(TolerantRedisCache, self).get_many(keys, version))

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(forgiving(False, lambda: super(TolerantRedisCache, self).has_key(key, version)))

    def add(self, key: Any, *args: Any, **options: Any) -> bool:
        return bool(
            forgiving(False, lambda: super(TolerantRedisCache, self).add(key, *args, **options))
        )

    def set(self, key: Any, *args: Any, **options: Any) -> None:
        forgiving(None, lambda: super(TolerantRedisCache, self).set(key, *args, **options))

    def set_many(self, data: Any, *args: Any, **options: Any) -> Any:
        return forgiving(
            list(data), lambda: super(TolerantRedisCache, self).set_many(data, *args, **options)
        )

    def touch(self, key: Any, *args: Any, **options: Any) -> bool:
        return bool(
            forgiving(False, lambda: super(TolerantRedisCache, self).touch(key, *args, **options))
        )

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(forgiving(False, lambda: super(TolerantRedisCache, self).delete(key, version)))

    def delete_many(self, keys: Any, version: Any = None) -> None:
        forgiving(None, lambda: super(TolerantRedisCache, self).delete_many(keys, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        count = forgiving(None, lambda: super(TolerantRedisCache, self).incr(key, delta, version))
        if count is None:
            raise ValueError("Redis cannot be reached.")
        return int(count)


def forgiving(default: Any, ask: Callable[[], Any]) -> Any:
    """What `ask` answers, or `default` while Redis is away."""
    global _resting_until
    if time.monotonic() < _resting_until:
        return default
    try:
        return ask()
    # One that is full (its memory, its disk), or only a copy, answers and takes nothing.
    except (Unreachable, TooSlow, Refuses) as trouble:
        _resting_until = time.monotonic() + REST_S
        log.warning(
            "Redis does not serve (%s): going on without it for %.0f s",
            type(trouble).__name__,
            REST_S,
        )
        return default
