"""What looks like a machine: the hidden field, and a form answered faster than a person can.

When a form was made stands in its token, signed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils import timezone

TOKEN_SALT = "actions.form"  # noqa: S105 a salt, not a secret


@dataclass(frozen=True)
class FormToken:
    """What the second step carries, signed: a key so that sending twice counts once, and when the
    form was made.
    """

    key: uuid.UUID
    ask_id: int
    made_at: float

    def sign(self) -> str:
        return signing.dumps([self.key.hex, self.ask_id, self.made_at], salt=TOKEN_SALT)


def new_token(ask_id: int) -> FormToken:
    """For a form that is shown now."""
    return FormToken(key=uuid.uuid4(), ask_id=ask_id, made_at=timezone.now().timestamp())


def read_token(text: str, ask_id: int | None = None) -> FormToken | None:
    """The token, or None when it is not ours or for another ask than this one.

    It does not expire: a letter may take all day to write.
    """
    try:
        key, token_ask, made_at = signing.loads(text, salt=TOKEN_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return FormToken(uuid.UUID(key), token_ask, made_at) if ask_id in (None, token_ask) else None


def looks_like_a_machine(token: FormToken, honeypot: str) -> str:
    """Why this looks automatic, or blank. The web answer never tells; the mailbox does."""
    if honeypot:
        return "filled the hidden field"
    if timezone.now().timestamp() - token.made_at < settings.FORM_LEAST_SECONDS:
        return "answered faster than a person can"
    return ""
