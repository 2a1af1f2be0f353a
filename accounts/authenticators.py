"""What django-allauth asks of this installation: how secrets lie in the database, and under which
name an app or a key knows us.
"""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class Adapter(DefaultMFAAdapter):
    """Secrets are encrypted: a stolen dump opens no account.

    Keyed by HASH_KEY, since SECRET_KEY may be changed to end sessions.
    """

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # By the settings, not by what a request calls us: a passkey is good for one name.
        return {"id": site_name(), "name": site_name()}


def site_name() -> str:
    """The host of SITE_URL."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _box() -> Fernet:
    key = hashlib.sha256(f"second factor:{settings.HASH_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
