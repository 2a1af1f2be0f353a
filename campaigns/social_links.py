"""Where the organization can be followed: https addresses on hosts that we know by name, each shown
by that name. A link of another host would say nothing of where it leads.
"""

from __future__ import annotations

import re

from campaigns.models import Brand
from campaigns.onward import host_of

# Host (also behind "www.") -> what people call it.
KNOWN = {
    "bsky.app": "Bluesky",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "whatsapp.com": "WhatsApp",
    "x.com": "X",
    "youtube.com": "YouTube",
}
# Mastodon has a thousand hosts, and one way to write an account.
MASTODON = re.compile(r"https://[^/]+/@[A-Za-z0-9_]{1,60}/?")
AT_MOST = 8


class BadLink(Exception):
    """None of ours; the address is in it."""


def read(text: str) -> list[dict[str, str]]:
    """A line each, as they are kept: the same address once. Raises BadLink."""
    addresses = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    return [{"kind": kind_of(address), "url": address} for address in addresses]


def kind_of(address: str) -> str:
    """What it is called. Raises BadLink, also for an address of nobody."""
    host = host_of(address).removeprefix("www.").removeprefix("m.")
    if not host or address.rstrip("/").count("/") < 3:
        raise BadLink(address)
    if host in KNOWN:
        return KNOWN[host]
    if MASTODON.fullmatch(address):
        return "Mastodon"
    raise BadLink(address)


def typed(brand: Brand) -> str:
    """For the form."""
    return "\n".join(row["url"] for row in brand.social_links)
