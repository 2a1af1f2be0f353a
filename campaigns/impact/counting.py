"""What is counted from rows. Practice counts only as long as the organization is made up too."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils.module_loading import import_string

from campaigns import brand
from campaigns.bills.looks import LAW
from campaigns.models import Bill, Breakdown, Campaign, Carry, Counted, Metric, Side, Tally
from legislators.states import UNITED_STATES

KEPT_S = 60
# A smaller number of people might be somebody (docs/safety.md F11b).
LEAST = 5
# What another side has said of a letter (actions.breakdowns.evidence); on paper: handed to the
# post.
ARRIVED = ("accepted", "congress", "mailed")
DRAFT = Campaign.State.DRAFT


def counted() -> dict[str, int]:
    """By Counted, at most a minute old; of people's deeds none below five.

    Five queries, or none.
    """
    practice = brand.shown().is_demo
    key = f"impact:{'practice' if practice else 'ours'}"
    found: dict[str, int] | None = cache.get(key)
    if found is None:
        found = count(practice=practice)
        cache.set(key, found, KEPT_S)
    return found


def count(*, practice: bool) -> dict[str, int]:
    """`practice`: made-up rows too."""
    real = {} if practice else {"is_demo": False}
    ours = Bill.objects.public().filter(stance=Bill.Stance.PRO, **real).order_by()
    rows = list(ours.values_list("jurisdiction", "stage").annotate(number=Count("pk")))
    people = {"actions": actions(practice=practice), "letters": letters(practice=practice)}
    return {
        Counted.BILLS: sum(number for _code, _stage, number in rows),
        Counted.LAWS: sum(number for _code, stage, number in rows if stage in LAW.stages),
        Counted.STATES: len(states(practice=practice) | of_states(code for code, *_ in rows)),
        **{
            name: import_string(path)(practice=practice)
            for name, path in settings.FIGURES_COUNTED_ABOVE.items()
        },
    } | {name: number for name, number in people.items() if number >= LEAST}


def of_states(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if code and code != UNITED_STATES.code}


def states(*, practice: bool) -> set[str]:
    """To which a public campaign was carried, or came from."""
    public = Campaign.objects.public().filter(**({} if practice else {"is_demo": False}))
    pairs = Carry.objects.filter(campaign__in=public.values("pk"))
    return of_states(code for row in pairs.values_list("from_state", "to_state") for code in row)


def actions(*, practice: bool) -> int:
    """As campaigns' own pages count them, and on paper."""
    tallies = Tally.objects.exclude(ask__campaign__state=DRAFT)
    if not practice:
        tallies = tallies.filter(ask__campaign__is_demo=False)
    numbers = tallies.aggregate(
        verified=Sum("verified", default=0),
        anonymous=Sum("anonymous", default=0),
        on_paper=Sum("on_paper", default=0),
    )
    return int(sum(numbers.values()))


def letters(*, practice: bool) -> int:
    # All practice letters are rehearsed: they arrive here.
    where = [*ARRIVED, "rehearsed"] if practice else ARRIVED
    rows = Breakdown.objects.filter(
        side=Side.EVIDENCE, value__in=where, metric=Metric.LETTERS
    ).exclude(ask__campaign__state=DRAFT)
    if not practice:
        rows = rows.filter(ask__campaign__is_demo=False)
    return int(rows.aggregate(number=Sum("number", default=0))["number"])
