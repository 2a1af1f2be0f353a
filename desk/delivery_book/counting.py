"""What a delivery book says of one campaign's letters to one office, and a hand-over of a petition:
grown people whose mailbox answered, by town, and nobody's name.

It is read outside: a town with fewer than five writers stands among the others, and what waits for
its mailbox is a number only (docs/safety.md F11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from actions.breakdowns.evidence import Evidence, evidence_of
from actions.models import Action, Letter
from campaigns.models import Ask, Breakdown, Campaign, Metric, Side
from desk.numbers.small_cells import FEW
from legislators.models import Seat
from supporters.models import Supporter

# What the reader of the book can find out at home, in the order in which it is told.
TOLD: dict[Evidence, Any] = {
    Evidence.ACCEPTED: lambda: _("accepted by the office’s mail server"),
    Evidence.CONGRESS: lambda: _("taken by Congress’s message system"),
    Evidence.MAILED: lambda: _("printed and mailed"),
    Evidence.BY_HAND: lambda: _(
        "brought by their writers themselves, by the office’s form or telephone"
    ),
}
HAS_OWN_WORDS = ~Q(own_words="") | Q(statement_edited=True)


@dataclass(frozen=True)
class Towns:
    """`named` as (town and state, people), the most first; `others` are those of smaller towns,
    None where they are too few to be told.
    """

    named: list[tuple[str, int]]
    others: int | None


@dataclass(frozen=True)
class Book:
    """`people` are grown and their mailbox answered; `young` count and are named in no town."""

    people: int
    own_words: int
    pending: int
    towns: Towns
    ways: list[tuple[str, int]]
    young: int = 0

    @property
    def own_share(self) -> int:
        """In percent."""
        return round(100 * self.own_words / self.people) if self.people else 0


def letters_to(seat: Seat, campaign: Campaign) -> QuerySet[Letter]:
    """Of actions that count, whoever wrote them."""
    return Letter.objects.filter(
        seat=seat, action__ask__campaign=campaign, action__state=Action.State.CONFIRMED
    )


def writers(seat: Seat, campaign: Campaign) -> QuerySet[Action]:
    """The actions of grown people whose mailbox answered, with a letter to this office."""
    grown = Supporter.objects.grown().proven()
    return Action.objects.filter(
        pk__in=letters_to(seat, campaign).values("action"), supporter__in=grown
    )


def signers(ask: Ask) -> QuerySet[Action]:
    """The same of a petition."""
    return Action.objects.counted().filter(
        ask=ask, supporter__in=Supporter.objects.grown().proven()
    )


def book_of(seat: Seat, campaign: Campaign) -> Book:
    """Six queries, none of them longer for a longer campaign's other offices."""
    actions = writers(seat, campaign)
    asks = list(campaign.asks.values_list("pk", flat=True))
    everybody = letters_to(seat, campaign).aggregate(n=Count("action__supporter", distinct=True))
    people = persons(actions)
    return Book(
        people=people,
        own_words=persons(actions.filter(HAS_OWN_WORDS)),
        pending=pending(asks, Side.OFFICE, str(seat.pk)),
        towns=by_town(actions),
        ways=ways_of(letters_to(seat, campaign).filter(action__in=actions)),
        young=everybody["n"] - people,
    )


def hand_over_of(ask: Ask) -> Book:
    """Of a petition nothing was delivered yet: the book itself is what is handed over."""
    actions = signers(ask)
    people = persons(actions)
    return Book(
        people=people,
        own_words=0,
        pending=pending([ask.pk]),
        towns=by_town(actions),
        ways=[],
        young=Action.objects.counted().filter(ask=ask).count() - people,
    )


def persons(actions: QuerySet[Action]) -> int:
    """Each once, however many of a campaign's asks they answered."""
    number: int = actions.aggregate(n=Count("supporter", distinct=True))["n"]
    return number


def pending(asks: Iterable[int], side: str = Side.WHOLE, value: str = "") -> int:
    """Waiting for their mailbox, as the pages of numbers have it."""
    rows = Breakdown.objects.filter(ask__in=list(asks), metric=Metric.PENDING)
    rows = rows.filter(side=side, value=value) if value else rows.filter(side=Side.STATE)
    number: int = rows.aggregate(n=Sum("number", default=0))["n"]
    return number


def by_town(actions: QuerySet[Action]) -> Towns:
    rows = actions.order_by().values_list("supporter__city", "supporter__state")
    counts: Counter[tuple[str, str]] = Counter()
    spelled: dict[tuple[str, str], str] = {}
    for city, state, number in rows.annotate(n=Count("supporter", distinct=True)):
        # As most of them spell it: "Larkhaven" and "LARKHAVEN " are one town.
        town = " ".join(city.split())
        key = (town.casefold(), state)
        counts[key] += number
        spelled.setdefault(key, town)
        # Nobody's town is to stand there in capitals because of one who shouts.
        if town.istitle():
            spelled[key] = town
    return told({f"{spelled[key]}, {key[1]}".strip(", "): n for key, n in counts.items()})


def told(counts: Mapping[str, int]) -> Towns:
    """Without a town of which a number below FEW is told, or follows from the sum of the others."""
    named = Counter({town: n for town, n in counts.items() if n >= FEW and town})
    others = sum(counts.values()) - sum(named.values())
    # The sum of all is told above: a few others would be told by it, so the smallest joins them.
    while named and 0 < others < FEW:
        town = min(named, key=lambda town: (named[town], town))
        others += named.pop(town)
    return Towns(named.most_common(), others if others >= FEW or not others else None)


def ways_of(letters: QuerySet[Letter]) -> list[tuple[str, int]]:
    """(in words, letters), of what has left and is known to: doubt and waiting are not claimed."""
    facts = ("route", "awaits_roster_since", "delivery__state", "delivery__channel")
    found: Counter[Evidence] = Counter()
    rows = letters.order_by().values_list(*facts, "delivery__rehearsal")
    for *fact, number in rows.annotate(n=Count("pk")):
        found[evidence_of(*fact)] += number
    reported = letters.exclude(reported_at=None).count()
    # What only its writer can bring is told where they say that they did.
    found[Evidence.BY_HAND] = reported
    return [(words(), found[kind]) for kind, words in TOLD.items() if found[kind]]
