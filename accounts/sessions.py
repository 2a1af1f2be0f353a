"""The sessions of somebody who works here. Supporters have none, so all rows there are are few
enough to be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User

# A session that was quiet for longer has ended.
IDLE_S = 30 * 60
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class OpenSession:
    key: str
    user_id: int
    since: dt.datetime | None
    seen_at: dt.datetime | None
    browser: str = ""


def open_sessions() -> Iterator[OpenSession]:
    """Of everybody, those that would still open a page."""
    now = timezone.now()
    for one in _rows():
        # Quiet ones have ended too, though their row is still there.
        if not one.seen_at or (now - one.seen_at).total_seconds() < IDLE_S:
            yield one


def of(user: User) -> list[OpenSession]:
    """Those of one person, the last seen first."""
    theirs = [one for one in open_sessions() if one.user_id == user.pk]
    return sorted(theirs, key=lambda one: one.seen_at or LONG_AGO, reverse=True)


def last_seen() -> dict[int, dt.datetime]:
    """By account, for those who are signed in."""
    seen: dict[int, dt.datetime] = {}
    for one in open_sessions():
        if one.seen_at:
            seen[one.user_id] = max(one.seen_at, seen.get(one.user_id, LONG_AGO))
    return seen


def end_all(user: User, *, except_key: str | None = None) -> int:
    """Their keys open nothing from now on. How many that were."""
    keys = [one.key for one in open_sessions() if one.user_id == user.pk and one.key != except_key]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _rows() -> Iterator[OpenSession]:
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        data = row.get_decoded()
        if whose := str(data.get(SESSION_KEY, "")):
            yield OpenSession(
                key=row.session_key,
                user_id=int(whose),
                since=_moment(data.get("signed_in_at")),
                seen_at=_moment(data.get("seen_at")),
                browser=data.get("browser", ""),
            )


def _moment(seconds: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None
