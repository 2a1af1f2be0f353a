"""How often somebody may try to sign in.

Two limits: per account and network, so that a stranger guessing elsewhere never locks the real
person out; and per network over all accounts. When Redis is down staff still sign in, under half
the limits counted in this process: an outage must neither lock out the people who could mend it nor
open the door to guessing.
"""

from __future__ import annotations

import hashlib
import ipaddress

from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.translation import ngettext
from django_ratelimit.core import get_usage

from accounts.mailboxes import canonical_email
from accounts.models import User

WINDOW_S = 30 * 60
PER_ACCOUNT = 10
PER_NETWORK = 60
# Of one account from everywhere: whoever gets so far knows the password, and six digits can be
# guessed from many networks.
CODES_PER_ACCOUNT = 30
_local = LocMemCache("sign-in-limits", {"timeout": WINDOW_S, "max_entries": 10_000})  # type: ignore[no-untyped-call]


def wait_before_trying(request: HttpRequest, email: str, *, what: str = "sign-in") -> int:
    """Count one try; seconds to wait before another is heard, 0 when this one may go ahead.

    What is tried is counted apart: asking for a password does not use up signing in.
    """
    network = _network(request)
    account = f"{network}|{canonical_email(email)}"
    # Both, so that each counts this try whichever stops it.
    return max(
        _count(request, what, account, PER_ACCOUNT), _count(request, what, network, PER_NETWORK)
    )


def wait_before_proving(request: HttpRequest, user: User) -> int:
    """The same for a code, or the password of somebody who is signed in."""
    return max(
        wait_before_trying(request, user.email, what="proof"),
        _count(request, "proof", f"account {user.pk}", CODES_PER_ACCOUNT),
    )


def in_minutes(wait_s: int) -> str:
    """How long to wait, for people."""
    minutes = -(-wait_s // 60)
    return ngettext(
        "Too many tries. Wait %(minutes)d minute, then try again.",
        "Too many tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def _network(request: HttpRequest) -> str:
    """The address tries come from; an IPv6 customer owns a /64, so that is what counts as one."""
    address: str = request.client_ip  # type: ignore[attr-defined]
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _count(request: HttpRequest, what: str, whose: str, limit: int) -> int:
    usage = get_usage(
        request,
        group=what,
        key=lambda group, request: whose,
        rate=f"{limit}/{WINDOW_S}s",
        increment=True,
    )
    if usage is None:  # Redis is away
        return _here(f"{what}|{whose}", limit // 2)
    return max(1, usage["time_left"]) if usage["should_limit"] else 0


def _here(whose: str, limit: int) -> int:
    # What somebody typed may be no key of a cache: too long, or with blanks.
    key = hashlib.sha256(whose.encode()).hexdigest()
    _local.add(key, 0)
    return WINDOW_S if _local.incr(key) > limit else 0
