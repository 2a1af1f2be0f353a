"""Signed links in mail: one purpose each, with an end.

Nothing is stored; the 128-bit id and our key make the token.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from django.core import signing

LASTS = {
    "confirm": timedelta(days=14),
    "status": timedelta(days=365),
    "withdraw": timedelta(days=3650),
    "newsletter": timedelta(days=14),
    "unsubscribe": timedelta(days=3650),
    "updates": timedelta(days=3650),
    "not-me": timedelta(days=90),
    "guardian": timedelta(days=7),
    "own": timedelta(days=3650),
    "sign-on": timedelta(days=14),
    "sign-on-own": timedelta(days=3650),
    "hero-confirm": timedelta(days=14),
    "hero": timedelta(days=3650),
    "hero-withdraw": timedelta(days=3650),
}


# An id, a time and a signature, also as mail programs and HTML encode what stands between them.
TOKEN = re.compile(r"[0-9a-f]{32}(?:\.|%2E|&#46;)[0-9A-Za-z]+(?:\.|%2E|&#46;)[0-9A-Za-z_-]{20,}")


class BadLink(Exception):
    """Not a link of ours, or one made for another purpose."""


class StaleLink(Exception):
    """A true link that is past its end; `public_id` tells whose it was."""

    def __init__(self, public_id: uuid.UUID) -> None:
        super().__init__(public_id)
        self.public_id = public_id


def make(purpose: str, public_id: uuid.UUID) -> str:
    """A token for this purpose, with dots where signatures have colons."""
    return signer(purpose).sign(public_id.hex).replace(":", ".")


def read(purpose: str, token: str) -> uuid.UUID:
    """The id inside a token. Raises BadLink, or StaleLink when it is past the purpose's time."""
    try:
        # First without its end: also of a stale link we tell whose it was.
        public_id = uuid.UUID(signer(purpose).unsign(token.replace(".", ":")))
    except (signing.BadSignature, ValueError) as error:
        raise BadLink(purpose) from error
    try:
        signer(purpose).unsign(token.replace(".", ":"), max_age=LASTS[purpose])
    except signing.SignatureExpired as error:
        raise StaleLink(public_id) from error
    return public_id


def made_at(token: str) -> dt.datetime:
    """When a token was made that `read` has taken."""
    seconds = signing.b62_decode(token.split(".")[1])
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def blanked(text: str, purposes: Collection[str] = tuple(LASTS)) -> str:
    """The text with every token of ours in it made unusable; or only those of some purposes."""
    is_every = len(purposes) == len(LASTS)

    def instead(found: re.Match[str]) -> str:
        return "\N{HORIZONTAL ELLIPSIS}" if is_every or is_for(found[0], purposes) else found[0]

    return TOKEN.sub(instead, text)


def is_for(token: str, purposes: Collection[str]) -> bool:
    """Whether it was made for one of them, however it is encoded, and past its end too."""
    signed = re.sub(r"\.|%2E|&#46;", ":", token)
    for purpose in purposes:
        with suppress(signing.BadSignature):
            signer(purpose).unsign(signed)
            return True
    return False


def signer(purpose: str) -> signing.TimestampSigner:
    """A link made for one purpose is none for another: the salt differs."""
    return signing.TimestampSigner(salt=f"take-action.link.{purpose}")
