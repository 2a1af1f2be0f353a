"""Which route a letter takes to a seat: the first of its ladder that can be used today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from actions.letters import congress, paper
from actions.models import Ladder, Route
from legislators.contacts import Reach, reach
from legislators.lookup import Place
from legislators.models import CONGRESS, Chamber, Seat
from worker.channels.mime import BadMessage, wire_address
from worker.inbound import dead_addresses

STATE_LADDER = [Route.EMAIL, Route.ASSISTED, Route.CALL, Route.PAPER]
# What the first migration wrote; it stands in for a row that somebody took away.
DEFAULTS = {
    chamber: [Route.CWC, *STATE_LADDER] if chamber in CONGRESS else STATE_LADDER
    for chamber in Chamber
}


@dataclass(frozen=True)
class UsableRoute:
    """A route that can be used, and what it leads to: an office's code, an address, a page, a
    number.
    """

    route: str
    to: str


@dataclass(frozen=True)
class RouteFacts:
    """What decides between routes, read at once for some seats."""

    of_chamber: Mapping[str, Sequence[str]]
    of_seat: Mapping[int, Sequence[str]]
    offices: Collection[str]  # of Congress, that take our messages today
    dead: Collection[str]  # addresses that take no mail
    by_paper: bool

    def without(self, *emails: str) -> RouteFacts:
        """The same, had these addresses been known to take no mail."""
        return replace(self, dead={*self.dead, *(email.lower() for email in emails)})

    def without_street(self) -> RouteFacts:
        """For a letter that names no street: Congress's systems insist on one."""
        return replace(self, offices=())

    def ladder(self, seat: Seat) -> Sequence[str]:
        return (
            self.of_seat.get(seat.pk)
            or self.of_chamber.get(seat.chamber)
            or DEFAULTS[Chamber(seat.chamber)]
        )


def facts_for(places: Sequence[Place]) -> RouteFacts:
    """For these places.

    Three queries at the most, however many they are; their contacts are prefetched, as lookup gives
    them.
    """
    emails = [
        email for place in places if place.holder for email in reach(place.holder.legislator).emails
    ]
    return facts_for_seats([place.seat for place in places], emails)


def facts_for_seats(
    seats: Collection[Seat], emails: Iterable[str], *, within: QuerySet[Any, Any] | None = None
) -> RouteFacts:
    """`within`: a queryset of the same seats, where they are too many to be named one by one."""
    own = Q(seat__in=[seat.pk for seat in seats] if within is None else within)
    rows = list(Ladder.objects.filter(Q(seat=None) | own).values_list("seat", "chamber", "routes"))
    emails = {email.lower() for email in emails}
    codes = [code for seat in seats if (code := seat.congress_code)]
    return RouteFacts(
        of_chamber={chamber: routes for seat, chamber, routes in rows if seat is None},
        of_seat={seat: routes for seat, _chamber, routes in rows if seat is not None},
        offices=congress.open_offices(codes) if codes else set(),
        dead=dead_addresses.dead_among(emails) if emails else set(),
        by_paper=paper.is_offered(),
    )


def usable_routes(seat: Seat, contact: Reach | None, facts: RouteFacts) -> list[UsableRoute]:
    """What can be used today, the best first; nothing for a seat that nobody is known to hold."""
    if contact is None:
        return []
    found = ((route, leads_to(route, seat, contact, facts)) for route in facts.ladder(seat))
    return [UsableRoute(route, to) for route, to in found if to]


def leads_to(route: str, seat: Seat, contact: Reach, facts: RouteFacts) -> str:
    """Where this route leads, "" when it can't be used."""
    match route:
        case Route.CWC:
            code = seat.congress_code
            return code if code in facts.offices else ""
        case Route.EMAIL:
            return next((email for email in contact.emails if takes_mail(email, facts)), "")
        case Route.ASSISTED:
            return contact.form or contact.website
        case Route.CALL:
            return contact.phone
        case Route.PAPER:
            return (
                contact.address
                if facts.by_paper and paper.can_be_addressed(contact.address)
                else ""
            )
    return ""


def takes_mail(email: str, facts: RouteFacts) -> bool:
    """As far as we know today."""
    return email.lower() not in facts.dead and bool(in_wire_form(email))


def in_wire_form(email: str) -> str:
    """As it stands on an envelope, in small letters; "" for what can't be written to."""
    try:
        return wire_address(email).lower()
    except BadMessage:
        return ""


def route_to_place(place: Place, facts: RouteFacts) -> str:
    """The route a letter to this place would take, for the page that shows it before writing."""
    contact = reach(place.holder.legislator) if place.holder else None
    return route_to_seat(place.seat, contact, facts)


def route_to_seat(seat: Seat, contact: Reach | None, facts: RouteFacts) -> str:
    """The same for a seat whose contact is known: None where nobody holds it."""
    if contact is None:
        return Route.NONE
    possible = (route for route in facts.ladder(seat) if leads_to(route, seat, contact, facts))
    waits = Route.EMAIL if pending_address(seat, contact, facts) else Route.ASSISTED
    # Their text, and whatever is known of the office, can always be given to its writer.
    return next(possible, waits)


def pending_address(seat: Seat, contact: Reach, facts: RouteFacts) -> str:
    """An address that somebody here typed and nobody else has approved: a letter to it waits.

    "" where its ladder has no e-mail.
    """
    if Route.EMAIL not in facts.ladder(seat):
        return ""
    return next((email for email in contact.pending if takes_mail(email, facts)), "")


def bad_address(seat: Seat, contact: Reach, facts: RouteFacts) -> str:
    """The dead address of an office that would be written to by e-mail if only it took any; ""
    otherwise.
    """
    ladder = facts.ladder(seat)
    if Route.EMAIL not in ladder or not contact.emails:
        return ""
    # A way above e-mail that works is taken anyhow, whatever becomes of the address.
    up_to_email = ladder[: ladder.index(Route.EMAIL) + 1]
    if any(leads_to(route, seat, contact, facts) for route in up_to_email):
        return ""
    return contact.emails[0]
