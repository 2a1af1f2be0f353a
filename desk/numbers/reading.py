"""What pages of numbers read: a fixed number of questions, whatever the number of actions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from actions.models import Ledger
from campaigns.models import Ask, Breakdown, Campaign, Metric, Side

DAYS = 30
MOST_SOURCES = 30
# Few values each, so all of them are read at once.
SHORT = (
    Side.WHOLE,
    Side.STATE,
    Side.COUNTRY,
    Side.LANGUAGE,
    Side.WORDS,
    Side.EVIDENCE,
    Side.HOST,
    Side.TOLD,
    Side.CHOICE,
)
DISTRICTS = (Side.LOWER, Side.UPPER, Side.CONGRESSIONAL)
By = dict[str, Counter[str]]


@dataclass(frozen=True)
class Scope:
    """Whose numbers, and for whom: `is_strict` where no small cell may be shown at all."""

    asks: tuple[int, ...]
    is_strict: bool = False

    @classmethod
    def of(cls, campaigns: Collection[Campaign], *, is_strict: bool) -> Scope:
        rows = Ask.objects.filter(campaign__in=campaigns).order_by("pk")
        return cls(tuple(rows.values_list("pk", flat=True)), is_strict)


@dataclass(frozen=True)
class Numbers:
    """side -> value -> metric -> number, all asks added up."""

    today: dt.date
    sides: dict[str, By] = field(default_factory=dict)

    def of(self, side: str, value: str = "") -> Counter[str]:
        return self.sides.get(side, {}).get(value, Counter())

    def total(self, metric: str) -> int:
        """Everybody, by the state that each of them has, told or not."""
        return sum(row[metric] for row in self.sides.get(Side.STATE, {}).values())

    @property
    def verified(self) -> int:
        return self.total(Metric.VERIFIED)

    @property
    def pending(self) -> int:
        return self.total(Metric.PENDING)

    @property
    def unanswered(self) -> int:
        return self.of(Side.WHOLE)[Metric.UNANSWERED]

    @property
    def views(self) -> int:
        return self.of(Side.WHOLE)[Metric.VIEWS]

    @property
    def starts(self) -> int:
        return self.of(Side.WHOLE)[Metric.STARTS]

    @property
    def confirmed_percent(self) -> int | None:
        """Of those whose mailbox was asked, how many said yes so far."""
        asked = self.verified + self.pending + self.unanswered
        return round(self.verified * 100 / asked) if asked else None


def read(scope: Scope, today: dt.date | None = None) -> Numbers:
    """For a page: the last days, and everything that is short. Three queries."""
    today = today or timezone.localdate()
    first = (today - dt.timedelta(days=DAYS - 1)).isoformat()
    midnight = dt.datetime.combine(
        today - dt.timedelta(days=1), dt.time(), timezone.get_current_timezone()
    )
    hour = midnight.astimezone(dt.UTC).strftime("%Y-%m-%dT%H")
    wanted = (
        Q(side__in=SHORT) | Q(side=Side.DAY, value__gte=first) | Q(side=Side.HOUR, value__gte=hour)
    )
    sides: dict[str, By] = {}
    # Added up by the database: a campaign of many asks is as long as one of one.
    rows = Breakdown.objects.filter(wanted, ask__in=scope.asks)
    put(sides, summed(rows, "side", "value", "metric"))
    put(sides, sources(scope))
    return Numbers(today, sides)


def read_districts(scope: Scope, division: str, seats: Iterable[int]) -> Numbers:
    """Inside one state: its districts, and offices by their seats. One query."""
    districts = Q(side__in=DISTRICTS, value__startswith=f"{division}/")
    # At large, a state is one district of its own.
    districts |= Q(side__in=DISTRICTS, value=division)
    offices = Q(side=Side.OFFICE, value__in=[str(seat) for seat in seats])
    sides: dict[str, By] = {}
    rows = Breakdown.objects.filter(districts | offices, ask__in=scope.asks)
    put(sides, summed(rows, "side", "value", "metric"))
    return Numbers(timezone.localdate(), sides)


def sources(scope: Scope) -> Iterable[tuple[str, str, str, int]]:
    """Those that brought most; the others are what is left of the total."""
    rows = Breakdown.objects.filter(ask__in=scope.asks, side=Side.SOURCE)
    verified = Sum("number", filter=Q(metric=Metric.VERIFIED), default=0)
    seen = Sum("number", filter=Q(metric=Metric.VIEWS), default=0)
    best = rows.values("value").annotate(verified=verified, seen=seen)
    # Views too: a source that brings readers and no actions is worth seeing.
    chosen = [row["value"] for row in best.order_by("-verified", "-seen", "value")[:MOST_SOURCES]]
    return summed(rows.filter(value__in=chosen), "side", "value", "metric")


def summed(rows: Any, *by: str) -> Iterable[tuple[str, str, str, int]]:
    return rows.order_by().values_list(*by).annotate(n=Sum("number"))  # type: ignore[no-any-return]


def put(sides: dict[str, By], rows: Iterable[tuple[str, str, str, int]]) -> None:
    for side, value, metric, number in rows:
        sides.setdefault(side, {}).setdefault(value, Counter())[metric] = number


def is_being_counted(scope: Scope) -> bool:
    """Whether some ask's people are not all written down yet: then sides are still short."""
    whole = Ledger.objects.filter(ask__in=scope.asks, is_whole=True).count()
    return whole < len(scope.asks)
