"""What opens one person's page: a link, once, and then a cookie for half an hour.

Both are random and kept nowhere: their rows have hashes (docs/decisions/0028). Reading the page
behind a link changes nothing, because mail scanners read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions.models import NewMailbox, PageKey
from supporters.models import Supporter

LASTS = dt.timedelta(minutes=30)
# Whoever opens a page late has gone to sleep over it.
KEPT = dt.timedelta(days=1)
SALT = "take-action.my-page"


class BadLink(Exception):
    """Not a link of ours, or past its end, or used."""


def make(supporter: Supporter) -> str:
    """What stands in a link to their page from now on, for half an hour."""
    token, now = new_token(), timezone.now()
    PageKey.objects.create(
        supporter=supporter, link_hash=hash_of(token), made_at=now, link_ends_at=now + LASTS
    )
    return token


def find(token: str) -> PageKey:
    """The key whose link this is, while it opens. Raises BadLink."""
    row: PageKey | None = (
        PageKey.objects.filter(
            link_hash=hash_of(token), opened_at=None, link_ends_at__gt=timezone.now()
        )
        .select_related("supporter")
        .first()
    )
    if row is None:
        raise BadLink
    return row


@transaction.atomic
def use(token: str) -> str:
    """Use the link up. What the cookie says from now on. Raises BadLink: of two presses one opens
    it.
    """
    key, now, secret = find(token), timezone.now(), secrets.token_urlsafe(32)
    taken = PageKey.objects.filter(pk=key.pk, opened_at=None)
    if not taken.update(opened_at=now, cookie_hash=hash_of(secret), closes_at=now + LASTS):
        raise BadLink
    return signer().sign(secret)


def opened(cookie: str) -> PageKey | None:
    """Whose page this cookie opens, while it does."""
    try:
        # Anything that is not ours costs no query.
        secret = signer().unsign(cookie)
    except signing.BadSignature:
        return None
    open_now = Q(cookie_hash=hash_of(secret), closes_at__gt=timezone.now())
    return PageKey.objects.filter(open_now).select_related("supporter").first()


def close(key: PageKey) -> None:
    """Its cookie opens nothing any more, wherever a copy of it is."""
    PageKey.objects.filter(pk=key.pk).update(closes_at=timezone.now())


def close_all(supporter: Supporter) -> None:
    """Every page of theirs that is open, and every link that would open one."""
    now = timezone.now()
    theirs = PageKey.objects.filter(supporter=supporter)
    theirs.update(link_ends_at=now)
    theirs.exclude(cookie_hash=None).update(closes_at=now)


def forget_old() -> None:
    """What opens nothing any more."""
    before = timezone.now() - KEPT
    PageKey.objects.filter(made_at__lt=before).delete()
    NewMailbox.objects.filter(ends_at__lt=before).delete()


def new_token() -> str:
    """Shaped as the signed links in mail are, so that whatever keeps those out of logs and pages
    keeps this out too (supporters.links.TOKEN).
    """
    return f"{secrets.token_hex(16)}.me.{secrets.token_urlsafe(32)}"


def hash_of(token: str) -> str:
    # As random as a key, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


def signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
