"""A campaign as its page would show it, in memory only: nothing of it is ever saved or taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Preview:
    """Where a campaign is shown before it is public, and what the page says of that."""

    url: str
    """Of its first ask, in the language of the page; the others stand below it."""
    back_url: str = ""
    """To the desk, for whoever works there."""
    ends_at: dt.datetime | None = None
    """When the link that it was opened by stops working."""
