"""A letter's subjects: one of several, the same for as long as its form lives.

What was chosen is kept with the action as its text, so that whatever is sealed later says the same.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence


def subject_of_form(subjects: Sequence[str], form_key: uuid.UUID | None) -> str:
    """One of them by the form's key; without a key the first."""
    if form_key is None:
        return subjects[0]
    digest = hashlib.sha256(b"subject\n" + form_key.bytes).digest()
    return subjects[int.from_bytes(digest[:8], "big") % len(subjects)]
