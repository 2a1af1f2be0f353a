"""Links by which one person, once, makes an account or chooses a new password.

What stands in the link is random and is kept nowhere: the row has its hash. Reading the page
behind it changes nothing, because mail scanners read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.utils import timezone

from accounts import roles
from accounts.models import OneUseLink, User

Purpose = OneUseLink.Purpose
LASTS = {Purpose.INVITATION: dt.timedelta(days=3), Purpose.PASSWORD: dt.timedelta(days=1)}
# Anybody may ask for one of these by typing an address.
ASKED_FOR_LASTS = dt.timedelta(hours=1)


class BadLink(Exception):
    """Not a link of ours; or used, past its end, or of somebody who may no longer give it."""


def invitation(
    email: str, given: Collection[str], *, author: User, is_mailed: bool = False
) -> OneUseLink:
    """For an account with these roles. It has no token yet: `give_token`."""
    return _make(
        Purpose.INVITATION,
        email=email.strip().lower(),
        roles=sorted(given),
        made_by=author,
        is_mailed=is_mailed,
    )


def new_password(user: User, *, author: User | None) -> OneUseLink:
    """For somebody who cannot sign in. It has no token yet: `give_token`.

    `author`: nobody where whoever keeps the server makes it.
    """
    return _make(Purpose.PASSWORD, email=user.email, user=user, made_by=author)


def asked_for(email: str) -> OneUseLink:
    """The wish of whoever typed this address, whether there is such an account or not: the worker
    that mails it finds out, so that a page neither tells nor takes longer.
    """
    return _make(Purpose.PASSWORD, lasts=ASKED_FOR_LASTS, email=email, is_mailed=True)


def give_token(link: OneUseLink) -> str:
    """What stands in the link from now on; one it had before is worth nothing."""
    token = secrets.token_urlsafe(32)
    link.token_hash = _hash(token)
    link.save(update_fields=["token_hash"])
    return token


def find(purpose: Purpose, token: str, *, locked: bool = False) -> OneUseLink:
    """The link that this token opens. Raises BadLink.

    `locked`: until the transaction ends, so that of two presses one uses it.
    """
    rows = OneUseLink.objects.select_for_update() if locked else OneUseLink.objects.all()
    link = rows.filter(purpose=purpose, token_hash=_hash(token), used_at=None).first()
    if link is None or link.expires_at <= timezone.now() or not _is_still_given(link):
        raise BadLink
    return link


def use_up(link: OneUseLink) -> None:
    """This one, and every other of its kind for the same address."""
    same = OneUseLink.objects.filter(purpose=link.purpose, email__iexact=link.email, used_at=None)
    same.update(used_at=timezone.now())


def _is_still_given(link: OneUseLink) -> bool:
    """Whoever made it may have left since, or lost what they gave."""
    author = link.made_by
    if author is None:
        return True
    if not (author.is_active and author.has_perm("accounts.manage_people")):
        return False
    if link.user is not None:
        return roles.may_change(author, link.user)
    return roles.may_give(author, link.roles)


def _make(purpose: Purpose, *, lasts: dt.timedelta | None = None, **fields: object) -> OneUseLink:
    made: OneUseLink = OneUseLink.objects.create(
        purpose=purpose,
        expires_at=timezone.now() + (lasts or LASTS[purpose]),
        **fields,
    )
    return made


def _hash(token: str) -> str:
    # As random as a key, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
