"""Whether an address that our mail comes from stands on a public list of senders that many refuse.

Asked by DNS, as receivers do (RFC 5782). Only our own addresses are asked about.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import dns.exception
import dns.resolver
import dns.reversename

PATIENCE_S = 5
# "You ask through a resolver that we do not serve", and other errors, in Spamhaus' words.
NO_ANSWER = ipaddress.ip_network("127.255.255.0/24")
LISTED = ipaddress.ip_network("127.0.0.0/8")


def listed(addresses: Iterable[str], lists: Iterable[str]) -> list[tuple[str, str]]:
    """(address, list) of each that is listed; what cannot be learned is left out."""
    names = list(lists)
    return [(one, name) for one in addresses for name in names if is_listed(one, name)]


def is_listed(address: str, name: str) -> bool:
    asked = dns.reversename.from_address(address).to_text().rpartition(".in-addr")[0]
    asked = asked or dns.reversename.from_address(address).to_text().rpartition(".ip6")[0]
    try:
        answers = dns.resolver.resolve(f"{asked}.{name}.", "A", lifetime=PATIENCE_S)
    except dns.exception.DNSException:
        return False
    said = [ipaddress.ip_address(str(answer)) for answer in answers]
    return any(one in LISTED and one not in NO_ANSWER for one in said)
