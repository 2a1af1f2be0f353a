"""How the seats of any set would be written to today, as numbers: what the ladders
(actions.letters.ladders) come to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from actions.letters import ladders
from actions.models import Letter, Route
from legislators.contacts import Reach, reach_of
from legislators.holders import office_day
from legislators.models import Seat, Term


@dataclass
class Coverage:
    """Seats by the route that a letter would take; `Route.NONE` are those that nobody is known to
    hold.
    """

    routes: Counter[str] = field(default_factory=Counter)

    @property
    def seats(self) -> int:
        return self.routes.total()

    @property
    def by_us(self) -> int:
        """Those that we reach ourselves."""
        return self.routes[Route.CWC] + self.routes[Route.EMAIL] + self.routes[Route.PAPER]

    @property
    def by_hand(self) -> int:
        return sum(self.routes[route] for route in Letter.BY_HAND)

    def __str__(self) -> str:
        """ "187 of 188 by e-mail, 1 needs the supporter", in English: for the people here."""
        numbers = [
            (self.routes[Route.CWC], "by CWC", "by CWC"),
            (self.routes[Route.EMAIL], "by e-mail", "by e-mail"),
            (self.routes[Route.PAPER], "on paper", "on paper"),
            (self.by_hand, "needs the supporter", "need the supporter"),
            (self.routes[Route.NONE], "has no known holder", "have no known holder"),
        ]
        parts = [(number, one if number == 1 else many) for number, one, many in numbers if number]
        if not parts:
            return "no seats"
        (first, words), *others = parts
        return ", ".join(
            [
                f"{first:,} of {self.seats:,} {words}",
                *(f"{number:,} {words}" for number, words in others),
            ]
        )


def cover(seats: QuerySet[Seat]) -> Coverage:
    """Six queries, whatever the number of seats."""
    return cover_each(seats, lambda seat: "").get("", Coverage())


def cover_each(seats: QuerySet[Seat], group: Callable[[Seat], str]) -> dict[str, Coverage]:
    """The same for groups of them, in as many queries together."""
    found: dict[str, Coverage] = {}
    for seat, route in routes_of(seats).items():
        found.setdefault(group(seat), Coverage()).routes[route] += 1
    return found


def routes_of(seats: QuerySet[Seat]) -> dict[Seat, str]:
    """The route that a letter to each of these seats would take today."""
    # A subquery: all offices of the country are too many to name.
    wanted = seats.order_by().values("pk")
    rows = list(seats.order_by("jurisdiction", "chamber", "pk").distinct())
    terms = Term.objects.current(office_day()).filter(seat__in=wanted)
    # Of two at once the later one stays, as legislators.holders has it, and no person is loaded.
    holders = dict(
        terms.order_by(F("started_on").asc(nulls_first=True), "pk").values_list(
            "seat_id", "legislator_id"
        )
    )
    contacts = reach_of(terms.values("legislator_id"))
    emails = (email for contact in contacts.values() for email in contact.emails)
    facts = ladders.facts_for_seats(rows, emails, within=wanted)
    return {
        seat: ladders.route_to_seat(seat, contact_of(seat, holders, contacts), facts)
        for seat in rows
    }


def contact_of(seat: Seat, holders: dict[int, int], contacts: dict[int, Reach]) -> Reach | None:
    """None where nobody is known to hold the seat."""
    return contacts.get(holders[seat.pk], Reach()) if seat.pk in holders else None
