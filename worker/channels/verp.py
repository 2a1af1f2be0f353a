"""The return address: every message leaves under one of its own, so that whatever comes back says
which message it is about.

`b.{reference}.{proof}@BOUNCE_DOMAIN`. The reference is the delivery's public id, the proof an HMAC
of it: nobody else can make an address that is about one of our letters, and an office can't make
one for another letter than the one it holds. Some servers change the case of what they answer to,
so case says nothing.
"""

import base64
import binascii
import hmac
import re
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare

SHAPE = re.compile(r"b\.([a-z2-7]{26})\.([a-z2-7]{8})", re.IGNORECASE)
PROOF_BYTES = 5


def address(reference: str) -> str:
    """The MAIL FROM of the delivery with this public id (32 hex digits)."""
    return made(reference, settings.HASH_KEY, settings.BOUNCE_DOMAIN)


# Asked for when a letter is announced, and again when it goes.
@lru_cache(maxsize=4)
def made(reference: str, key: str, domain: str) -> str:
    raw = bytes.fromhex(reference)
    return f"b.{base32(raw)}.{proof(raw, key)}@{domain}"


def reference(recipient: str) -> str | None:
    """The public id that a return address is about; None for one that is not ours, whatever its
    domain.
    """
    found = SHAPE.fullmatch(recipient.rpartition("@")[0])
    if not found:
        return None
    try:
        # The padding that `base32` takes off.
        raw = base64.b32decode(found[1].upper() + "======")
    except binascii.Error:
        return None
    expected = proof(raw, settings.HASH_KEY)
    return raw.hex() if constant_time_compare(expected, found[2].lower()) else None


def proof(raw: bytes, key: str) -> str:
    """Forty bits: enough for whoever would have to try it by mail."""
    return base32(hmac.digest(key.encode(), b"bounce\x1f" + raw, "sha256")[:PROOF_BYTES])


def base32(raw: bytes) -> str:
    """In letters that survive a change of case, without padding."""
    return base64.b32encode(raw).decode().rstrip("=").lower()
