"""Mail that no row, message or log may hold, since what stands in it opens something: written as it
leaves, and handed to the relay at once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from supporters.mail import AUTOMATIC, LANE, is_rehearsal, written
from worker.channels.email import compose, message_id
from worker.queued_letter import QueuedLetter


def letter(
    template: str,
    context: Mapping[str, Any],
    *,
    kind: str,
    to: str,
    subject: str,
    language: str,
    rehearsal: bool,
    lasts: dt.timedelta,
) -> QueuedLetter:
    """For worker.channels.email.send. `kind` goes into its Message-ID, which is new each time."""
    reference = uuid.uuid4()
    message = written(
        template,
        context,
        to=to,
        subject=subject,
        language=language,
        mid=message_id(kind, reference),
    )
    return _queued(message, to=to, reference=reference, rehearsal=rehearsal, lasts=lasts)


def plain_letter(to: str, subject: str, text: str) -> QueuedLetter:
    """The same with nothing but text, for when no row can be read, not even our name."""
    reference = uuid.uuid4()
    message = compose(
        message_id=message_id("plain", reference),
        sender=("Take Action", settings.MAIL_FROM),
        recipient=("", to),
        subject=subject,
        text=text,
        headers=AUTOMATIC,
    )
    rehearsal, lasts = is_rehearsal(is_demo=False), dt.timedelta(days=1)
    return _queued(message, to=to, reference=reference, rehearsal=rehearsal, lasts=lasts)


def _queued(
    message: bytes, *, to: str, reference: uuid.UUID, rehearsal: bool, lasts: dt.timedelta
) -> QueuedLetter:
    return QueuedLetter(
        pk=0,
        channel="email",
        recipient=to,
        message=message,
        rehearsal=rehearsal,
        lane=LANE,
        attempts_made=0,
        sender_key="",
        recipient_key="",
        public_id=reference,
        life_left=lasts,
    )
