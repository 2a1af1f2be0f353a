"""A bill as a file has it, before anything is known of ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from campaigns.bills.matching import Named


class BadFile(Exception):
    """It cannot be read at all. The message says why."""


@dataclass
class PublishedBill:
    """`stages` are in the order of its way. `errors` are sentences: with one it is not kept."""

    jurisdiction: str = ""
    session: str = ""
    identifier: str = ""
    title: str = ""
    stance: str | None = None
    """None: the file does not say, and what we said stays."""
    stages: list[tuple[str, dt.date | None]] = field(default_factory=list)
    sponsors: list[Named] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    openstates_id: str = ""
    source: str = ""
    errors: list[str] = field(default_factory=list)
