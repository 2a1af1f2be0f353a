"""A campaign as its page would show it, in memory only: nothing of it is ever saved or taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preview:
    """Where a campaign is shown before it is public, and what the page says of that."""

    url: str
    """Of its first ask, in the language of the page; the others stand below it."""
    back_url: str = ""
    """To the desk, for whoever works there."""
    ends_at: dt.datetime | None = None
    """When the link that it was opened by stops working."""
    is_typed: bool = False
    """With words that are not saved: to look at, with no step to try."""
    is_beside: bool = False
    """Beside the form in which they are typed."""
    languages: Sequence[dict[str, Any]] = ()
    """Where the other language stands, if not at the address of the page."""
