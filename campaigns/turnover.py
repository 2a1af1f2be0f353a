"""Who holds an ask's seats, compared every night with the time before: what changed is kept, and
stands on the campaign's page.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import targeting
from campaigns.models import Ask, Campaign, TargetsSeen, TargetTurnover
from legislators.holders import holders_of, office_day
from legislators.models import Legislator

WATCHED = (Campaign.State.LIVE, Campaign.State.PAUSED)


class Kind(StrEnum):
    """What became of a seat. `JOINED` and `LEFT`: the same rules name it now, or no more."""

    CHANGED = "changed"
    VACANT = "vacant"
    FILLED = "filled"
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True)
class SeatChange:
    """`before` and `after` are names; blank where nobody was known."""

    seat: int
    kind: str
    before: str
    after: str


def look_at_all(day: dt.date | None = None) -> int:
    """Every ask of a campaign that takes letters or calls, once a day; returns how many.

    One transaction each: after a crash the next call goes on with those that are left.
    """
    today = day or office_day()
    asks = Ask.objects.filter(kind__in=Ask.TARGETED, campaign__state__in=WATCHED)
    left = asks.exclude(targets_seen__seen_on__gte=today).order_by("pk")
    return sum(look_at(pk, today) for pk in left.values_list("pk", flat=True))


@transaction.atomic
def look_at(ask_id: int, today: dt.date) -> bool:
    """Compare one ask's seats with the last look. False where that was made today."""
    ask = Ask.objects.select_for_update().filter(pk=ask_id).first()
    if ask is None:
        return False
    seen = TargetsSeen.objects.filter(ask=ask).first()
    if seen and seen.seen_on >= today:
        return False
    seats = list(targeting.seats(ask).values_list("pk", flat=True))
    before = {int(pk): holder for pk, holder in seen.holders.items()} if seen else {}
    holders = holders_of({*seats, *before}, today)
    now = {pk: holders[pk].legislator_id if pk in holders else 0 for pk in {*seats, *before}}
    rules = digest_of(ask)
    if seen:
        is_edited = rules != seen.rules
        changes = compare(before, {pk: now[pk] for pk in seats}, now, is_edited=is_edited)
        if changes:
            rows = [asdict(change) for change in changes]
            ask.turnovers.create(before_on=seen.seen_on, seen_on=today, changes=rows)
    TargetsSeen.objects.update_or_create(
        ask=ask,
        defaults={
            "seen_on": today,
            "rules": rules,
            "holders": {str(pk): now[pk] for pk in seats},
        },
    )
    return True


def compare(
    before: Mapping[int, int], after: Mapping[int, int], now: Mapping[int, int], *, is_edited: bool
) -> list[SeatChange]:
    """In the order of seats' ids. `now` has the holders of both. Where the rules were edited since,
    only seats that they named then and now are compared.
    """
    people = Legislator.objects.filter(pk__in={*before.values(), *now.values()})
    names = dict(people.values_list("pk", "name"))
    changes = []
    for pk in sorted({*before, *after}):
        kind = kind_of(before.get(pk), after.get(pk))
        if kind and not (is_edited and kind in (Kind.JOINED, Kind.LEFT)):
            was, is_now = names.get(before.get(pk, 0), ""), names.get(now[pk], "")
            changes.append(SeatChange(pk, kind, was, is_now))
    return changes


def kind_of(before: int | None, after: int | None) -> Kind | None:
    """None where nothing changed; a seat that was not named, or is no more, is None itself."""
    if before is None:
        return Kind.JOINED
    if after is None:
        return Kind.LEFT
    if before == after:
        return None
    if not after:
        return Kind.VACANT
    return Kind.CHANGED if before else Kind.FILLED


def digest_of(ask: Ask) -> str:
    sides = ("states", "chambers", "parties", "committees", "roles", "seats", "excludes")
    rules = [[getattr(rule, side) for side in sides] for rule in ask.rules.order_by("pk")]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()


def in_words(turnover: TargetTurnover) -> str:
    """ "3 seats changed hands, 1 seat fell vacant, since 12 November 2026"."""
    number = Counter(change["kind"] for change in turnover.changes)
    said = [
        (
            Kind.CHANGED,
            ngettext("%(n)d seat changed hands", "%(n)d seats changed hands", number[Kind.CHANGED]),
        ),
        (
            Kind.VACANT,
            ngettext("%(n)d seat fell vacant", "%(n)d seats fell vacant", number[Kind.VACANT]),
        ),
        (
            Kind.FILLED,
            ngettext("%(n)d seat is held again", "%(n)d seats are held again", number[Kind.FILLED]),
        ),
        (
            Kind.JOINED,
            ngettext(
                "%(n)d seat came into its groups",
                "%(n)d seats came into its groups",
                number[Kind.JOINED],
            ),
        ),
        (
            Kind.LEFT,
            ngettext(
                "%(n)d seat went out of its groups",
                "%(n)d seats went out of its groups",
                number[Kind.LEFT],
            ),
        ),
    ]
    parts = [words % {"n": number[kind]} for kind, words in said if number[kind]]
    since = _("since %(day)s") % {"day": date_format(turnover.before_on)}
    return ", ".join([*parts, since])
