"""One letter as the engine and its channels work with it, and as whoever looks at it before it
leaves is shown it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now

from worker.models import Delivery


class QueuedLetter(NamedTuple):
    """Columns of a Delivery, read once and never written back.

    `life_left`: until it expires, by the database's clock.
    """

    pk: int
    channel: str
    recipient: str
    message: bytes
    rehearsal: bool
    lane: str
    attempts_made: int
    sender_key: str
    recipient_key: str
    public_id: UUID
    life_left: timedelta

    @property
    def reference(self) -> str:
        """The delivery's public id in hex: what comes back names it."""
        return self.public_id.hex


def queued_letters(rows: QuerySet[Delivery], *, most: int) -> list[QueuedLetter]:
    """The first of these rows, oldest first. One query."""
    life_left = ExpressionWrapper(F("expires_at") - Now(), DurationField())
    in_order = rows.annotate(life_left=life_left).order_by("due_at", "pk")
    found = [QueuedLetter(*row) for row in in_order.values_list(*QueuedLetter._fields)[:most]]
    # PostgreSQL's driver gives a memoryview.
    return [letter._replace(message=bytes(letter.message)) for letter in found]
