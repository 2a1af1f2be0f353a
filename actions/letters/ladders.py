"""Which way a letter goes to a seat: the first rung of its ladder that can be used today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from actions.letters import congress, paper
from actions.models import Ladder, Letter, Rung
from legislators.congress import CHAMBERS, office_code
from legislators.contacts import Reach, reach
from legislators.lookup import Place
from legislators.models import Chamber, Seat
from worker.channels.mime import BadMessage, wire_address
from worker.inbound import addresses

STATE_LADDER = [Rung.EMAIL, Rung.ASSISTED, Rung.CALL, Rung.PAPER]
# What the first migration wrote; it stands in for a row that somebody took away.
DEFAULTS = {
    chamber: [Rung.CWC, *STATE_LADDER] if chamber in CHAMBERS else STATE_LADDER
    for chamber in Chamber
}


@dataclass(frozen=True)
class Way:
    """A rung that can be used, and what it leads to: an office's code, an address, a page, a
    number.
    """

    rung: str
    to: str


@dataclass(frozen=True)
class Ground:
    """What decides between ways, read at once for some seats."""

    of_chamber: Mapping[str, Sequence[str]]
    of_seat: Mapping[int, Sequence[str]]
    offices: Collection[str]  # of Congress, that take our messages today
    dead: Collection[str]  # addresses that take no mail
    by_paper: bool

    def without(self, *emails: str) -> Ground:
        """The same, had these addresses been known to take no mail."""
        return replace(self, dead={*self.dead, *(email.lower() for email in emails)})

    def ladder(self, seat: Seat) -> Sequence[str]:
        return (
            self.of_seat.get(seat.pk)
            or self.of_chamber.get(seat.chamber)
            or DEFAULTS[Chamber(seat.chamber)]
        )


def survey(places: Sequence[Place]) -> Ground:
    """For these places.

    Three queries at the most, however many they are; their contacts are prefetched, as lookup gives
    them.
    """
    emails = [
        email for place in places if place.holder for email in reach(place.holder.legislator).emails
    ]
    return survey_seats([place.seat for place in places], emails)


def survey_seats(
    seats: Collection[Seat], emails: Iterable[str], *, within: QuerySet[Any, Any] | None = None
) -> Ground:
    """`within`: a queryset of the same seats, where they are too many to be named one by one."""
    own = Q(seat__in=[seat.pk for seat in seats] if within is None else within)
    rows = list(Ladder.objects.filter(Q(seat=None) | own).values_list("seat", "chamber", "rungs"))
    emails = {email.lower() for email in emails}
    return Ground(
        of_chamber={chamber: rungs for seat, chamber, rungs in rows if seat is None},
        of_seat={seat: rungs for seat, _chamber, rungs in rows if seat is not None},
        offices=congress.open_offices(code for seat in seats if (code := office_code(seat))),
        dead=addresses.dead(emails) if emails else set(),
        by_paper=paper.is_offered(),
    )


def ways(seat: Seat, contact: Reach | None, ground: Ground) -> list[Way]:
    """What can be used today, the best first; nothing for a seat that nobody is known to hold."""
    if contact is None:
        return []
    found = ((rung, leads_to(rung, seat, contact, ground)) for rung in ground.ladder(seat))
    return [Way(rung, to) for rung, to in found if to]


def leads_to(rung: str, seat: Seat, contact: Reach, ground: Ground) -> str:
    """Where this rung leads, "" when it can't be used."""
    match rung:
        case Rung.CWC:
            code = office_code(seat)
            return code if code in ground.offices else ""
        case Rung.EMAIL:
            return next((email for email in contact.emails if takes_mail(email, ground)), "")
        case Rung.ASSISTED:
            return contact.form or contact.website
        case Rung.CALL:
            return contact.phone
        case Rung.PAPER:
            return (
                contact.address
                if ground.by_paper and paper.can_be_addressed(contact.address)
                else ""
            )
    return ""


def takes_mail(email: str, ground: Ground) -> bool:
    return email.lower() not in ground.dead and bool(in_wire_form(email))


def in_wire_form(email: str) -> str:
    """As it stands on an envelope, in small letters; "" for what can't be written to."""
    try:
        return wire_address(email).lower()
    except BadMessage:
        return ""


def way_to(place: Place, ground: Ground) -> str:
    """The route a letter to this place would take, for the page that shows it before writing."""
    return route_to(place.seat, reach(place.holder.legislator) if place.holder else None, ground)


def route_to(seat: Seat, contact: Reach | None, ground: Ground) -> str:
    if contact is None:
        return Letter.Route.NONE
    possible = (rung for rung in ground.ladder(seat) if leads_to(rung, seat, contact, ground))
    return next(possible, Letter.Route.ASSISTED)


def bad_address(seat: Seat, contact: Reach, ground: Ground) -> str:
    """The address that stands in the way where a letter would go by mail if only it took any; ""
    otherwise.
    """
    ladder = ground.ladder(seat)
    if (
        Rung.EMAIL not in ladder
        or not contact.emails
        or leads_to(Rung.EMAIL, seat, contact, ground)
    ):
        return ""
    before = ladder[: ladder.index(Rung.EMAIL)]
    return (
        "" if any(leads_to(rung, seat, contact, ground) for rung in before) else contact.emails[0]
    )
