"""How Redis is: it may be away, and it may be there and take nothing."""

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.retry import Retry

OK, FULL, DOWN = "ok", "full", "down"


def state() -> str:
    """OK; FULL where it answers and refuses to write (its memory or disk is full, or it is a
    replica); else DOWN. Within two seconds, over a connection of its own.
    """
    try:
        with Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=1,
            socket_timeout=1,
            retry=Retry(NoBackoff(), 0),
        ) as redis:
            redis.set("take-action:takes-writes", 1, ex=10)
    except ResponseError:
        return FULL
    except RedisError:
        return DOWN
    return OK
