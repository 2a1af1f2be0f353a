"""A telephone with codes (RFC 6238), made without the library that checks them."""

import base64
import hmac
import struct
import time

from accounts import second_factor


def code(key, steps=0):
    """What it shows now, or so many half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(key.replace(" ", "")), counter, "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def telephone(user):
    """Add one to this account. The key in it."""
    key = second_factor.new_secret()
    second_factor.add_app(user, key)
    return key
