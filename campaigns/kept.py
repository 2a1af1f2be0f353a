"""What is made of rows and is the same for everybody, kept in this process for as long as these
rows read the same.

Whatever `make` asks the database is asked again, as it was, at most once in KEPT_UNCHECKED_S: so no
form, job or statement that changes a row has to know that something was made of it. `make` must
make the same of the same answers, for KEPT_AT_MOST_S at least.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import connection

# Some pages say what is due today; and a database that was put back may count on from where it was.
KEPT_AT_MOST_S = 60
# Whoever has waited so long for somebody else's making makes it too.
PATIENCE_S = 2.0


class NotForEverybody(Exception):
    """Raised by what makes it: `value` is this caller's alone, and is not kept."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Reads(list[tuple[str, Any]]):
    """Statements and their parameters, in order; it notes them down as a wrapper of a cursor."""

    are_only_reads = True

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.are_only_reads &= sql.startswith("SELECT") and not many
        # What was looked at and then read is one statement, as what was only looked at.
        if (sql, params) not in self:
            self.append((sql, params))
        return execute(sql, params, many, context)


@dataclass
class Kept:
    """`reads` are known from the first making; so from the second on it can be kept."""

    value: Any = None
    is_made: bool = False
    reads: Reads | None = None
    said: bytes = b""
    made_at: float = 0.0
    checked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_fresh(self) -> bool:
        return self.is_made and self.age_s < settings.KEPT_UNCHECKED_S

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.checked_at


_kept: OrderedDict[Hashable, Kept] = OrderedDict()
_kept_lock = threading.Lock()
_making = threading.local()


def of(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` makes, or made before. Nobody may change it: others are given the same."""
    return with_age(key, make)[0]


def with_age(key: Hashable, make: Callable[[], Any]) -> tuple[Any, float]:
    """The same, and how many seconds ago it was right."""
    if not settings.KEPT_MOST:
        return own(make), 0.0
    kept = place(key)
    # What is made of something kept reads, by looking at that, what that was made of.
    is_part = getattr(_making, "reads", None) is not None
    if kept.is_fresh and not is_part:
        return kept.value, kept.age_s
    # What a transaction has not committed is nobody else's.
    if connection.in_atomic_block:
        return own(make), 0.0
    if not kept.lock.acquire(timeout=PATIENCE_S):
        return own(make), 0.0
    try:
        if (kept.is_fresh and not is_part) or is_unchanged(kept):
            return kept.value, kept.age_s
        return renewed(kept, make), kept.age_s
    except NotForEverybody as made:
        return made.value, 0.0
    finally:
        kept.lock.release()
        # Addresses that lead nowhere take nobody's place.
        if kept.reads is None:
            drop(key)


def own(make: Callable[[], Any]) -> Any:
    """Made for this caller alone."""
    try:
        return make()
    except NotForEverybody as made:
        return made.value


def place(key: Hashable) -> Kept:
    """Where it is kept; what nobody asked for longest goes."""
    with _kept_lock:
        kept = _kept.setdefault(key, Kept())
        _kept.move_to_end(key)
        while len(_kept) > settings.KEPT_MOST:
            _kept.popitem(last=False)
    return kept


def drop(key: Hashable) -> None:
    with _kept_lock:
        _kept.pop(key, None)


def is_unchanged(kept: Kept) -> bool:
    """Whether its reads are answered as they were. What they say now stays in `said`."""
    began = time.monotonic()
    before, kept.said = kept.said, answers(kept.reads) if kept.reads else b""
    kept.checked_at = began
    is_same = kept.is_made and kept.said == before and began - kept.made_at < KEPT_AT_MOST_S
    kept.is_made = is_same
    return is_same


def renewed(kept: Kept, make: Callable[[], Any]) -> Any:
    """The value, made now, and kept if it read what was read a moment ago.

    The answers are older than what was made of them: what changed in between is seen by the next
    look. The other way round it never would be.
    """
    whole = getattr(_making, "reads", None)
    _making.reads = reads = Reads()
    try:
        with connection.execute_wrapper(reads):
            value = make()
    finally:
        _making.reads = whole
    kept.value, kept.made_at = value, kept.checked_at
    kept.is_made = bool(kept.said) and reads == kept.reads
    kept.reads = reads if reads.are_only_reads else None
    return value


def answers(reads: Reads) -> bytes:
    """All that the database says to them, as a hash."""
    said = blake2b()
    with connection.cursor() as cursor:
        for sql, params in reads:
            cursor.execute(sql, params)
            said.update(repr(cursor.fetchall()).encode())
    return said.digest()


def forget() -> None:
    """Everything, in this process."""
    with _kept_lock:
        _kept.clear()
