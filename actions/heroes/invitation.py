"""The link that somebody passes on to a person who acts. It says nothing of either, and no row, log
or cache knows that it was made.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from supporters import links

PURPOSE = "for a hero"
LASTS = dt.timedelta(days=60)


def make() -> str:
    """Its address; each is another one, and all are for anybody."""
    # The id is nobody's: it only makes each link another one, and gives it the look by which logs
    # know tokens.
    token = links.make(PURPOSE, uuid.uuid4())
    return settings.SITE_URL + reverse("actions:hero_form", args=[token])


def ends_on() -> dt.date:
    """Of one that is made now: the last day on which it surely works."""
    return timezone.localdate(timezone.now() + LASTS - dt.timedelta(days=1))


def is_good(token: str) -> bool:
    """Ours, and not past its end."""
    try:
        links.signer(PURPOSE).unsign(token.replace(".", ":"), max_age=LASTS)
    except signing.BadSignature:
        return False
    return True
