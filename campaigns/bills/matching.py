"""Whom a bill means by a sponsor's name: by Open States' id, else by name and chamber. Who is not
surely meant is left in doubt, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from legislators.holders import office_day
from legislators.models import CONGRESS, Chamber, Legislator, Term
from legislators.roster.names import family_names, is_one_person
from legislators.states import UNITED_STATES

STATEHOUSE = (
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
)
# A chamber as Open States and people call it.
SIDES = {
    "upper": (Chamber.STATE_UPPER, Chamber.US_SENATE),
    "lower": (Chamber.STATE_LOWER, Chamber.US_HOUSE),
    "legislature": (Chamber.STATE_UNICAMERAL, Chamber.DC_COUNCIL),
}


@dataclass(frozen=True)
class Named:
    """A sponsor as published. `side`: upper, lower, legislature, or blank."""

    name: str
    role: str
    key: str = ""
    side: str = ""
    is_committee: bool = False


@dataclass(frozen=True)
class Match:
    """Who it is; or why nobody can be told."""

    legislator_id: int | None = None
    doubt: str = ""


def sitting(
    jurisdiction: str, *, people: Collection[int] = (), on: dt.date | None = None
) -> QuerySet[Term]:
    """The terms of those who may sponsor there, today or on that day."""
    terms = Term.objects.current(on or office_day()).select_related(
        "legislator", "seat__jurisdiction"
    )
    if jurisdiction == UNITED_STATES.code:
        terms = terms.filter(seat__chamber__in=CONGRESS)
    elif jurisdiction:
        terms = terms.filter(seat__chamber__in=STATEHOUSE, seat__jurisdiction=jurisdiction)
    found: QuerySet[Term] = terms.filter(legislator__in=people) if people else terms
    return found


class House:
    """Everybody who may sponsor in one jurisdiction; two queries, however many bills."""

    def __init__(self, jurisdiction: str) -> None:
        self.jurisdiction = jurisdiction

    @cached_property
    def terms(self) -> list[Term]:
        return list(sitting(self.jurisdiction))

    def match(self, sponsor: Named) -> Match:
        if sponsor.is_committee:
            return Match()
        if sponsor.key and (known := self.by_key(sponsor.key)):
            return Match(known)
        there = [term for term in self.terms if is_there(term, sponsor.side)]
        # Somebody who holds two seats is one person.
        exact = {term.legislator_id for term in there if same(term.legislator.name, sponsor.name)}
        if len(exact) == 1:
            return Match(exact.pop())
        near = [term.legislator for term in there if may_be(term.legislator, sponsor.name)]
        return self.close(sponsor, near)

    # Not among `terms` only: a bill outlives its sponsor's term.
    def by_key(self, key: str) -> int | None:
        """Somebody who no longer sits there has an id too."""
        known = Legislator.objects.filter(key=key).values_list("pk", flat=True).first()
        return known

    def close(self, sponsor: Named, near: list[Legislator]) -> Match:
        """A first name and a last name that fit one person and no other are theirs ("Mike Braun",
        "Michael Braun"); a last name alone is everybody's.
        """
        people = {one.pk: one for one in near}
        is_whole = len(sponsor.name.replace(",", " ").split()) > 1
        fits = [one for one in people.values() if is_one_person(one.name, turned(sponsor.name))]
        if is_whole and len(fits) == 1 and len(people) == 1:
            return Match(fits[0].pk)
        if not people:
            return Match(doubt=_("The roster has nobody of that name there."))
        names = ", ".join(sorted(one.name for one in people.values())[:5])
        return Match(doubt=_("It may be %s.") % names)


def is_there(term: Term, side: str) -> bool:
    return not side or term.seat.chamber in SIDES.get(side, ())


def same(one: str, other: str) -> bool:
    return folded(one) == folded(turned(other))


def may_be(legislator: Legislator, name: str) -> bool:
    """By the last name."""
    return family_names([legislator.name]) == family_names([turned(name)])


def turned(name: str) -> str:
    """ "Smith, Ada" as "Ada Smith"."""
    family, comma, given = name.partition(",")
    is_suffix = given.strip().rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv")
    return (
        f"{given.strip()} {family.strip()}" if comma and given.strip() and not is_suffix else name
    )


def folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").replace(",", " ").split())
