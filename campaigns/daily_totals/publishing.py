"""Each night one line: what the campaigns counted by the end of the day.

A number that moved by fewer than five waits for a later day, up or down: from two lines nobody can
tell what one person did (docs/safety.md F11b).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from campaigns import counts
from campaigns.daily_totals.chain import BrokenChain, Line, Totals, checked, hash_of
from campaigns.models import Campaign, DailyTotal

LEAST = 5
# What the pages show, but for what supporters tell of themselves.
PUBLISHED = ("verified", "unverified", "anonymous", "on_paper")


def publish(*, today: dt.date | None = None) -> DailyTotal | None:
    """The line of yesterday, and of the days before it that have none; None where it is there.

    Raises BrokenChain rather than go on from a line that was changed.
    """
    day = (today or timezone.localdate()) - dt.timedelta(days=1)
    with transaction.atomic():
        last = DailyTotal.objects.select_for_update().last()
        if last and last.day >= day:
            return None
        # The night's line stands on the last one: a changed one is found here at the latest.
        if last and hash_of(last.line) != last.hash:
            raise BrokenChain(f"Line {last.number} was changed after it was published.")
        line = Line(last.number + 1 if last else 1, day, last.hash if last else "", moved())
        return keep([line])[0]


def moved() -> Totals:
    """Of each public campaign the numbers that are to be published now; practice is none."""
    campaigns = list(Campaign.objects.public().filter(is_demo=False))
    known, now = as_published(), counts.by_campaign(campaigns)
    totals: dict[str, dict[str, int]] = {}
    for campaign in campaigns:
        before = known.get(campaign.slug, {})
        numbers = {name: getattr(now[campaign.pk], name) for name in PUBLISHED}
        news = {
            name: number
            for name, number in numbers.items()
            if abs(number - before.get(name, 0)) >= LEAST
        }
        if news:
            totals[campaign.slug] = news
    return totals


def as_published() -> dict[str, dict[str, int]]:
    """Slug -> what is counted -> the number that was published last."""
    known: dict[str, dict[str, int]] = {}
    for text in DailyTotal.objects.values_list("line", flat=True).iterator():
        # A later line says only what moved: the newest word on each number stands.
        for slug, numbers in Line.read(text).totals.items():
            known.setdefault(slug, {}).update(numbers)
    return known


def keep(lines: Iterable[Line]) -> list[DailyTotal]:
    """As rows. The numbers are unique: of two at once one fails, and has published nothing."""
    rows = []
    for line in lines:
        text = line.text()
        row = DailyTotal(number=line.number, day=line.day, line=text, hash=hash_of(text))
        rows.append(row)
    return DailyTotal.objects.bulk_create(rows)


def verify() -> int:
    """The number of lines, all of which fit. Raises BrokenChain."""
    rows = list(DailyTotal.objects.values_list("line", "hash"))
    lines = checked(text for text, _ in rows)
    for line, (text, hash_) in zip(lines, rows, strict=True):
        if hash_of(text) != hash_:
            raise BrokenChain(f"Line {line.number} was changed after it was published.")
    return len(lines)


@transaction.atomic
def take_back_in(texts: Iterable[str]) -> int:
    """After a restore: the lines of a published copy that follow ours. How many there were.

    Raises BrokenChain where the copy and ours are not one chain.
    """
    ours = list(DailyTotal.objects.select_for_update().values_list("line", flat=True))
    copy = [text for text in (line.rstrip("\r\n") for line in texts) if text]
    lines = checked(copy)
    if ours != copy[: len(ours)]:
        raise BrokenChain("The copy is not what was published here.")
    return len(keep(lines[len(ours) :]))
