"""Files of people as they lie in the database: sealed in parts, each file with a key of its own.

The key is made of HASH_KEY and the salt on the file's row. Once the salt is blanked nobody opens a
part any more, not even one in yesterday's backup with today's secrets.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes


def new_salt() -> str:
    return secrets.token_hex(32)


class Seal:
    """Of one file. A part opens in its own place and in no other.

    `kind`: "export" or "import". Raises ValueError where the salt is gone.
    """

    def __init__(self, kind: str, salt: str) -> None:
        if not salt:
            raise ValueError("the salt is gone, and with it what it sealed")
        key = hmac.new(settings.HASH_KEY.encode(), f"{kind}:{salt}".encode(), hashlib.sha256)
        self._box = AESGCM(key.digest())

    def shut(self, number: int, content: bytes) -> bytes:
        # Its number is sealed in: parts that change places in the database do not open.
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._box.encrypt(nonce, content, str(number).encode())

    def open(self, number: int, sealed: bytes) -> bytes:
        return self._box.decrypt(sealed[:NONCE], sealed[NONCE:], str(number).encode())
