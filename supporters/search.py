"""Somebody is looked for by what they said of themselves.

Nobody under 18 is found but by their very mailbox. What is looked for is written down nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from supporters.models import Supporter
from supporters.plain_names import LAST, Bytewise, Plain, plain

ON_A_PAGE = 50
MOST_WORDS = 6
Reading = tuple[str, str]  # beginnings of the family name and of the given name, plain
BY_FAMILY, BY_GIVEN = "family", "given"


@dataclass(frozen=True)
class Wanted:
    """All of it together; blank is any. `mailbox` is supporters.people.mailbox_of, `phone` as
    supporters.phones keeps it, `name` as it was typed.
    """

    name: str = ""
    mailbox: str = ""
    phone: str = ""
    zip: str = ""


@dataclass(frozen=True)
class Found:
    """A page of them; `after` begins the next one, blank on the last."""

    people: Sequence[Supporter]
    after: str


def find(wanted: Wanted, after: str = "") -> Found:
    """In the order of names; of ids where a mailbox or a telephone says who it is. `after` is
    what the page before ended with: two numbers, and no word.
    """
    readings = readings_of(wanted.name)
    if wanted.mailbox or wanted.phone:
        return of_few(narrowed(wanted).filter(any_of(readings)), after)
    # A ZIP has few people beside a whole country's: who is of several readings is seen once.
    if wanted.zip:
        return paged([(narrowed(wanted).filter(any_of(readings)), BY_FAMILY)], after)
    ways = []
    for n, reading in enumerate(readings):
        rows = narrowed(wanted).filter(begins(reading))
        # Each of them by its own index; whoever fits an earlier one was shown there.
        if n:
            rows = rows.exclude(any_of(readings[:n]))
        ways.append((rows, BY_FAMILY if reading[0] else BY_GIVEN))
    return paged(ways, after)


def of_few(rows: QuerySet[Supporter], after: str) -> Found:
    """Few have one mailbox or telephone. Without an order or an end in SQL, which would make the
    database read everybody in that order instead.
    """
    _way, last = position(after)
    ids = sorted(pk for pk in rows.values_list("pk", flat=True) if pk > last)
    shown = ids[:ON_A_PAGE]
    people = Supporter.objects.filter(pk__in=shown).order_by("pk")
    return Found(list(people), f"0-{shown[-1]}" if len(ids) > ON_A_PAGE else "")


def narrowed(wanted: Wanted) -> QuerySet[Supporter]:
    """By everything but the name."""
    # Whoever knows the whole mailbox of somebody under 18 was written to from it.
    people = Supporter.objects.whole() if wanted.mailbox else Supporter.objects.grown()
    people = people.annotate(
        family=Plain("family_name"), given=Plain("given_name"), number=Bytewise("phone")
    )
    if wanted.mailbox:
        people = people.filter(mailbox=wanted.mailbox)
    if wanted.phone:
        e164 = wanted.phone.partition(";")[0]
        # With any extension: what follows stands behind a semicolon.
        extended = Q(number__gt=f"{e164};", number__lt=f"{e164};{LAST}")
        people = people.filter(Q(number=e164) | extended).exclude(phone="")
    if wanted.zip:
        people = people.filter(zip=wanted.zip)
    return people


def readings_of(name: str) -> list[Reading]:
    """How a typed name may be meant: the likeliest first. No word, no reading."""
    before, comma, behind = name.partition(",")
    if comma and plain(before):
        return [(plain(before), plain(behind))]
    # Each word doubles nothing and adds one query: a pasted sentence is no name.
    words = name.replace(",", " ").split()[:MOST_WORDS]
    found = [(plain(" ".join(words[n:])), plain(" ".join(words[:n]))) for n in range(len(words))]
    # Nora Álvarez before Nora as a family name; de la Cruz; Cruz Nora; Mary Ann.
    found = found[1:] + found[:1]
    if len(words) == 2:
        found.append((plain(words[0]), plain(words[1])))
    found.append(("", plain(" ".join(words))))
    return list(dict.fromkeys(reading for reading in found if any(reading)))


def begins(reading: Reading) -> Q:
    family, given = reading
    chosen = Q(family__gte=family, family__lt=family + LAST) if family else Q()
    return chosen & Q(given__gte=given, given__lt=given + LAST) if given else chosen


def any_of(readings: Sequence[Reading]) -> Q:
    """Without readings everybody."""
    chosen = Q()
    for reading in readings:
        chosen |= begins(reading)
    return chosen


def paged(ways: Sequence[tuple[QuerySet[Supporter], str]], after: str) -> Found:
    """The ways one after the other, each in its own order."""
    way, last = position(after)
    people: list[Supporter] = []
    ends: list[str] = []
    for n, (rows, order) in enumerate(ways[way:], start=way):
        rows = behind(rows, order, last if n == way else 0)
        # One more than is shown tells whether there is another page.
        for person in rows.order_by(order, "pk")[: ON_A_PAGE + 1 - len(people)]:
            people.append(person)
            ends.append(f"{n}-{person.pk}")
        if len(people) > ON_A_PAGE:
            break
    more = len(people) > ON_A_PAGE
    return Found(people[:ON_A_PAGE], ends[ON_A_PAGE - 1] if more else "")


def behind(rows: QuerySet[Supporter], order: str, last: int) -> QuerySet[Supporter]:
    """Those that come after the one with this id; one who is gone leaves all of them."""
    if not last:
        return rows
    at = rows.filter(pk=last).values_list(order, flat=True).first()
    if at is None:
        return rows
    # Both bounds are said, so that the index is walked from there on.
    further = Q(**{f"{order}__gt": at}) | Q(**{order: at}, pk__gt=last)
    return rows.filter(further, **{f"{order}__gte": at})


def position(after: str) -> tuple[int, int]:
    """Which way, and whose id; what is none begins at the top."""
    way, _dash, last = after.partition("-")
    if way.isdecimal() and last.isdecimal() and len(after) < 20:
        return int(way), int(last)
    return 0, 0
