"""More at once than people send: set aside for a look, never refused.

A rally shares one address, a school one mail domain: what overflows waits for a person, is told so
by mail and keeps its place. Counted in the database, so that it holds while Redis is away.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from actions.models import Submission
from campaigns.models import Ask
from supporters.people import keyed_hash

WINDOW = dt.timedelta(minutes=1)
# Within the window: from one address (of IPv6 one customer's /64), from its wider network (/24,
# /48), for one mail domain, on one ask.
FROM_NETWORK, FROM_WIDER_NETWORK, FOR_DOMAIN, ON_ASK = 30, 120, 60, 3000
WIDER = {4: 24, 6: 48}
# Where half of all people have their mailbox, a domain says nothing.
BIG_DOMAINS = {
    *("gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com"),
    *("msn.com", "icloud.com", "me.com", "aol.com", "comcast.net", "proton.me"),
    *("protonmail.com", "gmx.com", "att.net", "verizon.net"),
}
# One form may be mended and sent again so often.
OF_ONE_FORM = 10


@dataclass(frozen=True)
class Marks:
    """Where a submission came from, as hashes; blank where nothing is known."""

    network: str = ""
    wider_network: str = ""
    mail_domain: str = ""


def marks_of(address: str, email: str) -> Marks:
    """`address` is the client's, as config.middleware settled it."""
    domain = email.rpartition("@")[2].lower()
    if not address:
        return Marks(mail_domain=keyed_hash(f"domain\n{domain}"))
    ip = ipaddress.ip_address(address)
    wider = ipaddress.ip_network(f"{address}/{WIDER[ip.version]}", strict=False)
    own = ipaddress.ip_network(f"{address}/{64 if ip.version == 6 else 32}", strict=False)
    return Marks(
        network=keyed_hash(f"network\n{own}"),
        wider_network=keyed_hash(f"network\n{wider}"),
        mail_domain="" if domain in BIG_DOMAINS else keyed_hash(f"domain\n{domain}"),
    )


def overflow(ask: Ask, marks: Marks) -> str:
    """Why this is more than people send, for the people here; "" where it is not. At most four
    short queries.
    """
    since = timezone.now() - WINDOW
    lately = Submission.objects.filter(created_at__gt=since)
    limits = [
        (marks.network, Q(network=marks.network), FROM_NETWORK, "many from one network"),
        (
            marks.wider_network,
            Q(wider_network=marks.wider_network),
            FROM_WIDER_NETWORK,
            "many from a wider network",
        ),
        (marks.mail_domain, Q(mail_domain=marks.mail_domain), FOR_DOMAIN, "many at one domain"),
        (True, Q(ask=ask, changed_at__gt=since), ON_ASK, "many on one ask"),
    ]
    for is_known, which, most, because in limits:
        if is_known and lately.filter(which)[:most].count() >= most:
            return because
    return ""


def is_used_up(form_key: UUID) -> bool:
    """Whether one form has brought as many submissions as it may."""
    return Submission.objects.filter(form_key=form_key)[:OF_ONE_FORM].count() >= OF_ONE_FORM


def forget_marks() -> None:
    """They are there to see a burst, and nothing else."""
    old = Submission.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=1))
    marked = old.exclude(network="", wider_network="", mail_domain="")
    marked.update(network="", wider_network="", mail_domain="")
