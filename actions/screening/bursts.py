"""More at once than people send: set aside for a look, never refused.

A rally shares one address, a school one mail domain: what overflows waits for a person, is told so
by mail and keeps its place. Whoever brings a proof of work (screening.proof) goes on as always.
Counted in the database, so that it holds while Redis is away.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass, replace

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from actions.models import Burst, Submission, UsedProof, Venue
from actions.screening.marks import blank_in_parts
from campaigns.models import Ask
from supporters.mail_domains import COMMON
from supporters.people import keyed_hash

WINDOW = dt.timedelta(minutes=1)
# Within the window: from one address (of IPv6 one customer's /64), from its wider network (/24,
# /48), for one mail domain, on one ask.
FROM_NETWORK, FROM_WIDER_NETWORK, FOR_DOMAIN, ON_ASK = 30, 120, 60, 3000
# A burst is over so long after the last of it.
LASTS = dt.timedelta(minutes=10)
WIDER = {4: 24, 6: 48}
# What is kept for longer (screening.marks): so wide, and so many digits of its hash, enough that no
# two networks have the same by chance.
KEPT, DIGITS = {4: 24, 6: 64}, 12
# So many times as much may come from a venue.
ROOM = 10
# One form may be mended and sent again so often.
OF_ONE_FORM = 10
# And so often for a better mailbox whatever others send: else one proof would mail ten strangers.
MENDED_FREELY = 2


@dataclass(frozen=True)
class Marks:
    """Where a submission came from, as hashes; blank where nothing is known."""

    network: str = ""
    wider_network: str = ""
    mail_domain: str = ""
    kept_network: str = ""


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
        mail_domain="" if domain in COMMON else keyed_hash(f"domain\n{domain}"),
        kept_network=network_of(address),
    )


def network_of(address: str) -> str:
    """As it is kept with a submission, for `NETWORKS_KEPT_DAYS`; "" where it is not known.

    Its key never changes: that would only hide half of what lasts longer, and whoever has HASH_KEY
    can try every network anyway.
    """
    if not address:
        return ""
    width = KEPT[ipaddress.ip_address(address).version]
    network = ipaddress.ip_network(f"{address}/{width}", strict=False)
    return keyed_hash(f"kept network\n{network}")[:DIGITS]


def has_room(network: str, campaign_id: int | None = None) -> bool:
    """Whether these are a venue's hours on this network (screening.venues), of any campaign or of
    this one.
    """
    now = timezone.now()
    found = Venue.objects.filter(network=network, begins_at__lte=now, ends_at__gt=now)
    return bool(network) and (found.filter(campaign=campaign_id) if campaign_id else found).exists()


def at_venue(marks: Marks) -> Marks:
    """A school's own mail domain says no more than its network: else those of a venue would crowd
    out whoever signs at home.
    """
    return replace(marks, mail_domain="")


def overflow(ask: Ask, marks: Marks, *, room: int = 1) -> str:
    """Why this is more than people send, for the people here; "" where it is not. A handful of
    short queries. `room`: so many times as much may come from its networks (screening.venues).

    It stays more than people send for some minutes after the last of it.
    """
    now = timezone.now()
    lately = Submission.objects.filter(created_at__gt=now - WINDOW)
    on_ask = Q(ask=ask, changed_at__gt=now - WINDOW)
    limits = [
        (marks.network, Q(network=marks.network), room * FROM_NETWORK, "many from one network"),
        (
            marks.wider_network,
            Q(wider_network=marks.wider_network),
            room * FROM_WIDER_NETWORK,
            "many from a wider network",
        ),
        (marks.mail_domain, Q(mail_domain=marks.mail_domain), FOR_DOMAIN, "many at one domain"),
        (f"ask:{ask.pk}", on_ask, ON_ASK, "many on one ask"),
    ]
    known = [limit for limit in limits if limit[0]]
    for scope, which, most, because in known:
        seen = lately.filter(which)[:most].count()
        if 2 * seen >= most:
            note(scope, because, is_over=seen >= most)
        if seen >= most:
            return because
    # What was demanded of a venue before it opened is over.
    scopes = [scope for scope, *_ in known if room == 1 or scope.startswith("ask:")]
    demanding = Burst.objects.filter(scope__in=scopes, demanded_until__gt=now)
    return demanding.values_list("because", flat=True).first() or ""


def note(scope: str, because: str, *, is_over: bool) -> None:
    """From half of a limit on every form hands out a calculation, for ten minutes after the last of
    it; past the limit it is demanded of what comes from there, for as long.

    Written once a minute at most: else all of a rally would wait for one row.
    """
    now = timezone.now()
    until = now + LASTS
    told = {"until": until, **({"demanded_until": until} if is_over else {})}
    old = until - WINDOW
    is_old = Q(until__lt=old)
    if is_over:
        is_old |= Q(demanded_until=None) | Q(demanded_until__lt=old)
    began_at = Case(When(until__lt=now, then=Value(now)), default=F("began_at"))
    known = Burst.objects.filter(is_old, scope=scope)
    if not known.update(began_at=began_at, because=because, **told):
        new = Burst(scope=scope, because=because, began_at=now, **told)
        Burst.objects.bulk_create([new], ignore_conflicts=True)


def hands_out_proofs() -> bool:
    """Whether so much comes from anywhere that forms give their writers' browsers a calculation."""
    return Burst.objects.lasting(timezone.now()).exists()


def forget_marks() -> None:
    """They are there to see a burst, and nothing else."""
    a_day_ago = timezone.now() - dt.timedelta(days=1)
    old = Submission.objects.filter(created_at__lt=a_day_ago)
    marked = old.exclude(network="", wider_network="", mail_domain="")
    blank_in_parts(marked, "network", "wider_network", "mail_domain")
    Burst.objects.filter(until__lt=a_day_ago).delete()
    UsedProof.objects.filter(used_at__lt=a_day_ago).delete()
