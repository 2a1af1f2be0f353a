"""A dry run: who would get exactly which words by which route, for an address, a name, or every
seat.

The letters are those of somebody who leaves every word as it is, made by what makes and seals real
ones (actions.confirm.letters_of_form). Nothing is stored, and no address is written down.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from actions.confirm import letters_of_form
from actions.letters.finished import FinishedLetter
from actions.letters.lengths import takes
from actions.models import Route
from actions.offices import places_by_id
from actions.pages.address_forms import AddressForm
from actions.pages.addressees import FirstStep, Found, find_abroad, seek
from actions.pages.opening_words import as_kept, opening_words
from actions.take import FilledForm
from campaigns import targeting
from campaigns.abroad.countries import HOME
from campaigns.letter_versions import words_by_seat
from campaigns.models import Ask
from legislators import lookup
from legislators.addresses import Address
from legislators.holders import office_day
from legislators.lookup import Place
from legislators.models import OfficeLimit, Seat, Term
from supporters.people import Entry
from worker.channels.cwc.requirements import TEXT
from worker.paper.laid_out import MOST_LINES, lines_of

ON_A_PAGE = 20
# One subject of several is shown: that of this form.
FORM_KEY = uuid.UUID(int=0)
SAM = Entry(
    given_name="Sam",
    family_name="Sample",
    email="sam@example.org",
    street="12 Example Street",
    city="Exampleton",
    zip="00000",
    prefix="Ms.",
)


@dataclass(frozen=True)
class DryLetter:
    """One seat: its letter, the name of its version, or why there is none."""

    seat: Seat
    place: Place
    letter: FinishedLetter | None = None
    version: str = ""
    why: str = ""
    limit: OfficeLimit | None = None

    @property
    def length(self) -> str:
        """How long it is, beside what its route takes where that is known."""
        if self.letter is None:
            return ""
        said = self.letter.text + self.letter.statement
        if self.letter.route == Route.CWC:
            known = _("%(number)s characters; Congress takes %(most)s of each text")
            return known % {"number": f"{len(said):,}", "most": f"{TEXT[1]:,}"}
        if self.letter.route == Route.PAPER:
            known = _("about %(number)d lines on paper; %(most)d fit")
            return known % {"number": lines_of([said]), "most": MOST_LINES}
        if self.limit:
            known = _("%(number)s characters; the office’s form %(takes)s")
            return known % {"number": f"{len(said):,}", "takes": takes(self.limit)}
        return _("%(number)s characters") % {"number": f"{len(said):,}"}


@dataclass(frozen=True)
class AtAddress:
    """What somebody at an address would get; with chambers left open the choice comes first."""

    found: Found
    letters: Sequence[DryLetter]


def at_address(ask: Ask, address: Address, choices: Mapping[str, str]) -> AtAddress:
    """Raises LookupUnavailable. All certain seats of the address are shown, with a word where the
    ask leaves one out.
    """
    found = seek(ask, address, choices)
    if found.failed:
        raise lookup.LookupUnavailable(address.zip)
    if found.open_states or found.asks_state:
        return AtAddress(found, [])
    written = letters_to(ask, found, address)
    addressed = {one.seat.pk for one in written}
    home = choices.get("state", "")
    match = lookup.find(address, home=home, nationwide=True)
    why = _("This ask does not address this seat.")
    others = [
        DryLetter(place.seat, place, why=why)
        for place in match.certain_places()
        if place.seat.pk not in addressed
    ]
    return AtAddress(found, [*written, *others])


def to_seats(ask: Ask, seats: Iterable[int]) -> list[DryLetter]:
    """To these seats, each as somebody in its state would write; in the order given."""
    places = places_by_id(list(seats))
    letters = []
    for state, of_state in groupby(places, key=lambda place: place.seat.jurisdiction_id):
        found = Found(state, list(of_state))
        letters += letters_to(ask, found, Address(SAM.street, SAM.city, state, SAM.zip))
    return letters


def from_abroad(ask: Ask, country: str) -> list[DryLetter]:
    """As somebody who lives there: to those offices alone that hear them."""
    home = Address(street="", city=SAM.city, zip="")
    return letters_to(ask, find_abroad(ask), home, country=country)


def letters_to(ask: Ask, found: Found, address: Address, *, country: str = HOME) -> list[DryLetter]:
    """The letters of one person to all of these places."""
    if not found.places:
        return []
    filled = untouched(ask, found, address, country=country)
    versions = words_by_seat(ask, [place.seat for place in found.places])
    limits = {
        row.seat_id: row
        for row in OfficeLimit.objects.filter(seat__in=[place.seat.pk for place in found.places])
    }
    finished = letters_of_form(ask, filled)
    return [
        DryLetter(
            place.seat,
            place,
            letter if letter.has_reader else None,
            versions[place.seat.pk].name,
            place.reason if letter.has_reader else _("Nobody is known to sit there."),
            limits.get(place.seat.pk) if letter.route == Route.ASSISTED else None,
        )
        for place, letter in zip(found.places, finished, strict=True)
    ]


def untouched(ask: Ask, found: Found, address: Address, *, country: str = HOME) -> FilledForm:
    """As the form would send it from somebody who changes nothing of ours."""
    form = AddressForm({}, ask=ask)
    if country == HOME:
        form.address = address
    else:
        form.is_abroad, form.home_abroad = True, address
    first = FirstStep(ask, form, found)
    home = first.address or address
    entry = Entry(
        **SAM.as_dict()
        | {"street": home.street, "city": home.city, "zip": home.zip, "state": found.state}
        | {"country": country}
    )
    return FilledForm(
        key=FORM_KEY,
        entry=entry,
        places=found.places,
        own_words=_("(Here come the supporter's own words.)"),
        **as_kept(first, opening_words(first, FORM_KEY)),
    )


def seats_after(ask: Ask, pk: int = 0, *, name: str = "") -> list[int]:
    """Ids of the ask's seats behind that one, a page of them and one more; `name` keeps those whose
    holder is called so.
    """
    seats = targeting.seats(ask).filter(pk__gt=pk)
    if name:
        named = Term.objects.current(office_day()).filter(legislator__name__icontains=name)
        seats = seats.filter(pk__in=named.values("seat"))
    return list(seats.order_by("pk").values_list("pk", flat=True)[: ON_A_PAGE + 1])
