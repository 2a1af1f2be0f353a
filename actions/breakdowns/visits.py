"""Views and starts: sums of strangers, never a stranger.

Kept in Redis for a minute, as numbers by hour, source and language; then added to the breakdowns.
No cookie, address or identifier is read or kept. Redis may be lost, and a job may die: then up to
a minute is missing, but nothing is counted twice.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter, defaultdict
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis import Redis, RedisError

from actions.breakdowns.adding import add, hold
from actions.breakdowns.facts import Numbers, hour_of
from campaigns.models import Ask, Breakdown, Metric, Side

KEY = "visits"
# Made-up sources cannot fill the memory, or the tables: what is more is counted without them.
MOST_FIELDS, MOST_SOURCES = 20_000, 200
MANY = "(other)"
REST_S = 5.0
_resting_until = 0.0


def note(ask_id: int, metric: Metric, *, source: str, language: str) -> None:
    """One more. Never raises; a Redis that hangs costs half a second, and then none for a while."""
    global _resting_until
    if time.monotonic() < _resting_until:
        return
    now = timezone.now()
    day = timezone.localtime(now).date().isoformat()
    try:
        redis = counter(settings.REDIS_URL)
        if redis.hlen(KEY) < MOST_FIELDS:
            field = "|".join([str(ask_id), metric, day, hour_of(now), source, language])
            redis.hincrby(KEY, field, 1)
    except RedisError:
        _resting_until = time.monotonic() + REST_S


def flush() -> int:
    """Add what came since the last run. Returns how many asks have other numbers now."""
    redis = counter(settings.REDIS_URL)
    mine = f"{KEY}:{uuid.uuid4().hex}"
    try:
        # Under a name of its own no second job sees it; and gone before it is added, it comes once.
        redis.rename(KEY, mine)
        fields: dict[bytes, bytes] = redis.hgetall(mine)  # type: ignore[assignment]
        redis.delete(mine)
    except RedisError:  # also: nothing came
        return 0
    by_ask: dict[int, Numbers] = defaultdict(Counter)
    for field, number in fields.items():
        ask_id, metric, day, hour, source, language = field.decode().split("|")
        sides = ((Side.DAY, day), (Side.HOUR, hour), (Side.SOURCE, source))
        for side, value in (*sides, (Side.LANGUAGE, language), (Side.WHOLE, "")):
            by_ask[int(ask_id)][side, value, metric] += int(number)
    for ask in Ask.objects.filter(pk__in=by_ask).order_by("pk"):
        add_visits(ask, by_ask[ask.pk])
    return len(by_ask)


@transaction.atomic
def add_visits(ask: Ask, numbers: Numbers) -> None:
    """With no more sources than a person could look at."""
    hold(ask)
    rows = Breakdown.objects.filter(ask=ask, side=Side.SOURCE)
    known = set(rows.values_list("value", flat=True).distinct())
    fitting: Numbers = Counter()
    for (side, value, metric), number in sorted(numbers.items()):
        if side == Side.SOURCE and value not in known:
            value = value if len(known) < MOST_SOURCES else MANY
            known.add(value)
        fitting[side, value, metric] += number
    add(ask, fitting)


@lru_cache(maxsize=2)
def counter(url: str) -> Redis:
    return Redis.from_url(url, retry=None, socket_connect_timeout=0.5, socket_timeout=0.5)
