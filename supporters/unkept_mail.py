"""Mail that no row, message or log may hold, since what stands in it opens something: written as it
leaves, and handed to the relay at once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from supporters.mail import LANE, written
from worker.channels.email import message_id
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
    return QueuedLetter(
        pk=0,
        channel="email",
        recipient=to,
        message=written(
            template,
            context,
            to=to,
            subject=subject,
            language=language,
            mid=message_id(kind, reference),
        ),
        rehearsal=rehearsal,
        lane=LANE,
        attempts_made=0,
        sender_key="",
        recipient_key="",
        public_id=reference,
        life_left=lasts,
    )
