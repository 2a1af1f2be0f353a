"""What is made of rows and is the same for everybody, kept in this process for as long as these
rows read the same.

Whatever `make` asks the database is asked again, as it was, at most once in KEPT_UNCHECKED_S: so no
form, job or statement that changes a row has to know that something was made of it. `make` must
make the same of the same answers, for KEPT_AT_MOST_S at least.

What is drawn of a template may have gaps, where each reader's own goes.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string

# Some pages say what is due today; and a database that was put back may count on from where it was.
KEPT_AT_MOST_S = 60
# Whoever has waited so long for somebody else's making makes it too.
PATIENCE_S = 2.0
# Around the name of a gap. Nobody can write it into a text: it is another in each process.
EDGE = secrets.token_hex(16)


class NotForEverybody(Exception):
    """Raised by what makes it: `value` is this caller's alone, and is not kept."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


Key = tuple[str, str]  # a statement, and its parameters as they print


class Reads(dict[Key, tuple[str, Any]]):
    """Statements with their parameters; it notes them down as a wrapper of a cursor."""

    are_only_reads = True

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        # What looks at something kept notes what that is made of, instead.
        if _making.reads is self:
            self.are_only_reads &= sql.startswith("SELECT") and not many
            # What was looked at and then read is one statement, as what was only looked at.
            self[sql, repr(params)] = sql, params
        return execute(sql, params, many, context)

    def take_in(self, part: Reads | None) -> None:
        """Something is made of a part that is kept too. None: that can never be."""
        self.are_only_reads &= part is not None
        self.update(part or {})


class Making(threading.local):
    """In this thread: what is being made, whose answers are `said_at` a moment ago."""

    reads: Reads | None = None
    said: Mapping[Key, bytes] = MappingProxyType({})
    said_at = 0.0


@dataclass
class Kept:
    """`reads` are known from the first making; so from the second on it can be kept."""

    value: Any = None
    is_made: bool = False
    reads: Reads | None = None
    said: Mapping[Key, bytes] = field(default_factory=dict)
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
_making = Making()


def of(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` makes, or made before. Nobody may change it: others are given the same."""
    return with_age(key, make)[0]


def with_age(key: Hashable, make: Callable[[], Any]) -> tuple[Any, float]:
    """The same, and how many seconds ago it was right."""
    if not settings.KEPT_MOST:
        return own(make), 0.0
    kept = place(key)
    # What is made of something kept reads, by looking at that, what that was made of.
    is_part = _making.reads is not None
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
        if _making.reads is not None:
            _making.reads.take_in(kept.reads)
        kept.lock.release()
        # Addresses that lead nowhere take nobody's place.
        if kept.reads is None:
            drop(key)


def is_noting() -> bool:
    """Whether what is made in this thread now is noted with what it reads, to be kept."""
    return _making.reads is not None


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
    before = kept.said
    kept.said, kept.checked_at = look(kept.reads or {})
    is_same = kept.is_made and kept.said == before
    is_same = is_same and kept.checked_at - kept.made_at < KEPT_AT_MOST_S
    kept.is_made = is_same
    return is_same


def look(reads: Mapping[Key, tuple[str, Any]]) -> tuple[Mapping[Key, bytes], float]:
    """What the database says to these, and since when; whatever is made of them has asked already,
    where it was made before.
    """
    if _making.said and reads.keys() <= _making.said.keys():
        return {key: _making.said[key] for key in reads}, _making.said_at
    whole, _making.reads = _making.reads, None
    try:
        began = time.monotonic()
        return dict(zip(reads, answers(list(reads.values())), strict=True)), began
    finally:
        _making.reads = whole


def renewed(kept: Kept, make: Callable[[], Any]) -> Any:
    """The value, made now, and kept if it read what was read a moment ago.

    The answers are older than what was made of them: what changed in between is seen by the next
    look. The other way round it never would be.
    """
    whole = _making.reads, _making.said, _making.said_at
    reads = Reads()
    _making.reads, _making.said, _making.said_at = reads, kept.said, kept.checked_at
    try:
        with connection.execute_wrapper(reads):
            value = make()
    finally:
        _making.reads, _making.said, _making.said_at = whole
    kept.value, kept.made_at = value, kept.checked_at
    kept.is_made = bool(kept.said) and reads == kept.reads
    kept.reads = reads if reads.are_only_reads else None
    return value


def answers(reads: Sequence[tuple[str, Any]]) -> list[bytes]:
    """All that the database says to each, as a hash: asked in one go where it can be."""
    said: list[bytes] = []
    with connection.cursor() as cursor:
        if reads and connection.vendor == "postgresql":
            cursor.execute(";".join(cursor.mogrify(sql, params) for sql, params in reads))
            said.append(hashed(cursor.fetchall()))
            while cursor.nextset():
                said.append(hashed(cursor.fetchall()))
            return said
        for sql, params in reads:
            cursor.execute(sql, params)
            said.append(hashed(cursor.fetchall()))
    return said


def hashed(rows: Sequence[Any]) -> bytes:
    return blake2b(repr(rows).encode(), digest_size=16).digest()


def forget() -> None:
    """Everything, in this process."""
    with _kept_lock:
        _kept.clear()


def gap(name: str) -> str:
    """What stands in the drawing where `name` goes; it needs no escaping anywhere."""
    return f"{EDGE}{name}{EDGE}"


@dataclass(frozen=True)
class Drawn:
    """What is drawn between the gaps, and their names, by turns."""

    parts: list[str]

    def filled(self, **own: str) -> str:
        """`own` is what goes into the gaps, finished: escaped where that is needed.

        Raises KeyError for a gap that nothing is given for.
        """
        return "".join([own[part] if at % 2 else part for at, part in enumerate(self.parts)])


def draw(template: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> Drawn:
    """This template; where `context` says so (by `gap`) it stays open."""
    return Drawn(render_to_string(template, dict(context), request).split(EDGE))
