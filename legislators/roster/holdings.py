"""Who sits where, as a roster says it, before it is compared with what is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class Way(NamedTuple):
    """A way to reach somebody; `office` is capitol or district, `place` the town of a district
    office.
    """

    kind: str
    value: str
    office: str
    place: str = ""


@dataclass(frozen=True)
class Holding:
    """One person on one seat, as published.

    `district` is as the roster writes it, lower case; `label` a seat's letter or class.
    """

    key: str
    name: str
    given_name: str
    family_name: str
    party: str
    chamber: str
    division: str
    district: str
    label: str = ""
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    ways: tuple[Way, ...] = ()
