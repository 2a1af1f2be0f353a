"""How many public bills there are, by whose they are, stage and our position: all that maps and
totals want, in one question that is asked once a minute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count

from campaigns.bills.looks import LOOKS, OTHER, Look, look_of
from campaigns.models import Bill, Issue

# With a hundred thousand bills it takes a twentieth of a second; a bill moves once in weeks.
KEPT_S = 60


class Number(NamedTuple):
    jurisdiction: str
    stage: str
    stance: str
    bills: int


class Whose(NamedTuple):
    """The bills of one jurisdiction."""

    code: str
    look: Look
    """Of the one we are for that has come furthest."""
    pro: int
    con: int
    watched: int

    @property
    def bills(self) -> int:
        return self.pro + self.con + self.watched


def numbers(issue: Issue | None = None) -> list[Number]:
    """Of one issue, or of all; at most a minute old. One query, or none."""
    key = f"public-bills:{issue.pk if issue else 'all'}"
    rows = cache.get(key)
    if rows is None:
        found = Bill.objects.public()
        if issue:
            found = found.filter(issues=issue)
        by = ("jurisdiction", "stage", "stance")
        counted = found.order_by().values_list(*by).annotate(bills=Count("pk"))
        rows = [tuple(row) for row in counted]
        cache.set(key, rows, KEPT_S)
    return [Number(*row) for row in rows]


def how_many(
    rows: Iterable[Number], *, jurisdiction: str = "", stage: str = "", stance: str | None = None
) -> int:
    """Narrowed as a list is."""
    return sum(
        row.bills
        for row in rows
        if (not jurisdiction or row.jurisdiction == jurisdiction)
        and (not stage or row.stage == stage)
        and (stance is None or row.stance == stance)
    )


def by_jurisdiction(rows: Iterable[Number]) -> dict[str, Whose]:
    """What is known of nobody's legislature is left out."""
    grouped: dict[str, list[Number]] = defaultdict(list)
    for row in rows:
        if row.jurisdiction:
            grouped[row.jurisdiction].append(row)
    return {code: whose(code, group) for code, group in grouped.items()}


def whose(code: str, rows: list[Number]) -> Whose:
    ours = {look_of(row.stage) for row in rows if row.stance == Bill.Stance.PRO}
    furthest = next((look for look in LOOKS if look in ours), OTHER)
    of = {stance: how_many(rows, stance=stance) for stance in ("pro", "con", "")}
    return Whose(code, furthest, of["pro"], of["con"], of[""])
