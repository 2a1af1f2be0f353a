"""One alarm, as whoever raises it hands it in."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Alarm(NamedTuple):
    """`key` is the same as long as it is the same trouble; `title` and `sentence` are translated,
    and the sentence says what to do; `page` is the name of the address that helps.

    `day`: by when it has to be done; None where it is wrong now. `machine`: whose trouble it is
    where others cannot see it. `straight`: mail waits for what is broken, so this mail does not go
    through the outbox.
    """

    key: str
    title: str
    sentence: str
    page: str = "desk:alarms"
    day: dt.date | None = None
    machine: str = ""
    straight: bool = False

    def days_left(self, on: dt.date) -> int:
        """Negative once its day has passed."""
        assert self.day
        return (self.day - on).days
