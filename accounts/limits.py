"""How often somebody may try to sign in, and be wrong.

Two limits: per account and network, so that a stranger guessing elsewhere never locks the real
person out; and per network over all accounts. A try counts before it is heard, so that of many at
once none is heard too much; one that was right is given back. When Redis is down, or full, staff
still sign in, under half the limits counted in this process: an outage must neither lock out the
people who could mend it nor open the door to guessing.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts.mailboxes import canonical_email
from accounts.models import User

WINDOW_S = 30 * 60
PER_ACCOUNT = 10
PER_NETWORK = 60
# Of one account from everywhere: whoever gets so far knows the password, and six digits can be
# guessed from many networks.
CODES_PER_ACCOUNT = 30
_local = LocMemCache("sign-in-limits", {"timeout": WINDOW_S, "max_entries": 10_000})  # type: ignore[no-untyped-call]


class Count(NamedTuple):
    """One number of tries: whose, and how many there may be within WINDOW_S."""

    whose: str
    most: int


def wait_before_trying(request: HttpRequest, email: str, *, what: str = "sign-in") -> int:
    """Count one try; seconds to wait before another is heard, 0 when this one may go ahead.

    What is tried is counted apart: asking for a password does not use up signing in.
    """
    # All, so that each counts this try whichever stops it.
    return max([_add(count) for count in _of_a_try(request, email, what)])


def give_back(request: HttpRequest, email: str, *, what: str = "sign-in") -> None:
    """This try was right: it does not count."""
    for count in _of_a_try(request, email, what):
        _take_off(count)


def wait_before_proving(request: HttpRequest, user: User) -> int:
    """The same for a code, or the password of somebody who is signed in."""
    return max(wait_before_trying(request, user.email, what="proof"), _add(_of_codes(user)))


def give_proof_back(request: HttpRequest, user: User) -> None:
    give_back(request, user.email, what="proof")
    _take_off(_of_codes(user))


def in_minutes(wait_s: int) -> str:
    """How long to wait, for people."""
    minutes = -(-wait_s // 60)
    return ngettext(
        "Too many tries. Wait %(minutes)d minute, then try again.",
        "Too many tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def _of_a_try(request: HttpRequest, email: str, what: str) -> Iterator[Count]:
    network = _network(request)
    yield Count(f"{what}|{network}|{canonical_email(email)}", PER_ACCOUNT)
    yield Count(f"{what}|{network}", PER_NETWORK)


def _of_codes(user: User) -> Count:
    return Count(f"proof|account {user.pk}", CODES_PER_ACCOUNT)


def _network(request: HttpRequest) -> str:
    """The address tries come from; an IPv6 customer owns a /64, so that is what counts as one."""
    address: str = request.client_ip  # type: ignore[attr-defined]
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _add(count: Count) -> int:
    """Seconds to wait, 0 for none."""
    key, left_s = _window(count)
    redis = caches["limits"]
    try:
        redis.add(key, 0, WINDOW_S)
        return left_s if redis.incr(key) > count.most else 0
    except ValueError:  # it is away, or takes nothing
        _local.add(key, 0)
        return left_s if _local.incr(key) > count.most // 2 else 0


def _take_off(count: Count) -> None:
    key, _left_s = _window(count)
    # One that is gone has been forgotten already. Each knows only what it was told.
    for counter in (caches["limits"], _local):
        with suppress(ValueError):
            counter.incr(key, -1)
            return


def _window(count: Count) -> tuple[str, int]:
    """The counter's key for this half hour, and how many seconds are left of it. Everybody's half
    hours begin at other moments.
    """
    # What somebody typed may be no key of a cache: too long, or with blanks.
    digest = hashlib.sha256(count.whose.encode()).hexdigest()
    moment = int(time.time()) + zlib.crc32(digest.encode()) % WINDOW_S
    return f"tries|{digest}|{moment // WINDOW_S}", WINDOW_S - moment % WINDOW_S
