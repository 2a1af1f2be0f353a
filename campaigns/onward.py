"""Where a campaign's thank-you leads on to: only to a host that an administrator has listed, looked
up each time, so that one taken off the list ends it at once.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from campaigns.models import Campaign, OnwardHost

HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
# Blanks, controls, backslashes and other alphabets are read differently by one browser or another.
PLAIN = re.compile(r"https://[!#-;=?-\[\]_a-z~%]+", re.ASCII)


def host_of(url: str) -> str:
    """Of an https address with nothing else before its path: no account, no port; "" for any
    other.
    """
    if not PLAIN.fullmatch(url):
        return ""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return ""
    return host if HOST.fullmatch(host) else ""


def is_listed(host: str) -> bool:
    """Exactly this host: a listed one says nothing of those below it."""
    return bool(host) and OnwardHost.objects.filter(host=host).exists()


def onward_url(campaign: Campaign) -> str:
    """As it stands there, nothing about anybody in it; "" where its host is not listed now."""
    url = campaign.onward_url
    return url if url and is_listed(host_of(url)) else ""
