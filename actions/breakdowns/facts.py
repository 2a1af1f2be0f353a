"""What of one person's answer is counted, and in which numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from campaigns.models import Metric, Side
from legislators.models import LAYERS, Seat

# (side, value, metric) -> by how many
Key = tuple[str, str, str]
Numbers = Counter[Key]
# Seat -> the side and the division of its map; a seat of a whole state has none.
Divisions = Mapping[int, tuple[str, str]]
# Every zone's midnight falls on one: rounding to it leaves each day what it is.
QUARTER_S = 900
HOURS_KEPT = dt.timedelta(hours=72)


class Facts(NamedTuple):
    """Kept as a JSON list in the ledger: small, since there are as many as people.

    Blank `metric`: taken back, of which only what had left is counted.
    """

    metric: str
    at: int  # begun, in seconds since 1970, rounded down to a quarter of an hour
    state: str
    source: str
    language: str
    has_own_words: bool
    told: list[str]
    seats: list[int]  # written to or called
    letters: list[list[str]]  # pairs: evidence, lane
    # "question:choice". Rows that were written down before there were questions end before it.
    choices: list[str] = []
    country: str = ""  # as an action has it

    @classmethod
    def of(cls, kept: list[object]) -> Facts:
        return cls(*kept)  # type: ignore[arg-type]


def rounded(at: dt.datetime) -> int:
    return int(at.timestamp()) // QUARTER_S * QUARTER_S


def numbers_of(facts: Facts, divisions: Divisions) -> Numbers:
    """Every number in which these facts are one, or as many as their letters."""
    numbers: Numbers = Counter()
    for evidence, lane in facts.letters:
        numbers[Side.EVIDENCE, evidence, Metric.LETTERS] += 1
        if lane:
            numbers[Side.HOST, lane, evidence] += 1
    if not facts.metric:
        return numbers
    for side, value in sides_of(facts, divisions):
        numbers[side, value, facts.metric] += 1
    for what in facts.told:
        numbers[Side.TOLD, what, Metric.TOLD] += 1
        if what != "no_answer":
            numbers[Side.STATE, facts.state, Metric.TOLD] += 1
    return numbers


def sides_of(facts: Facts, divisions: Divisions) -> set[tuple[str, str]]:
    """Each once, also where two seats are of one district."""
    begun = dt.datetime.fromtimestamp(facts.at, dt.UTC)
    return {
        (Side.DAY, timezone.localtime(begun).date().isoformat()),
        (Side.HOUR, hour_of(begun)),
        (Side.STATE, facts.state),
        (Side.SOURCE, facts.source),
        (Side.LANGUAGE, facts.language),
        (Side.WORDS, "own" if facts.has_own_words else "ours"),
        *((Side.COUNTRY, country) for country in (facts.country,) if country),
        *((Side.CHOICE, choice) for choice in facts.choices),
        *((Side.OFFICE, str(seat)) for seat in facts.seats),
        *(divisions[seat] for seat in facts.seats if seat in divisions),
    }


def hour_of(at: dt.datetime) -> str:
    """In UTC, where no hour comes twice."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H")


def oldest_hour(now: dt.datetime | None = None) -> str:
    return hour_of((now or timezone.now()) - HOURS_KEPT)


def divisions_of(seats: set[int]) -> Divisions:
    """One query for those that are asked for."""
    rows = Seat.objects.filter(pk__in=seats).select_related("jurisdiction")
    return {seat.pk: (LAYERS[seat.chamber], seat.division) for seat in rows if seat.layer}
