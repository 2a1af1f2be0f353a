"""Whom does this person's ask address?

Certain seats at once; where a ZIP is split, those that the person chose.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from actions.letters import ladders
from actions.letters.fates import Fate, Fates, of_place
from actions.letters.ladders import RouteFacts
from actions.models import Route
from actions.offices import has_reader, places_by_id
from actions.pages.address_forms import NOT_SURE, AddressForm
from campaigns import targeting
from campaigns.abroad.countries import country_name
from campaigns.abroad.heard import seats_that_hear
from campaigns.letter_versions import LetterWords, own_words_of, words_by_seat
from campaigns.models import Ask, Question
from campaigns.questions import asked_now
from legislators import lookup
from legislators.addresses import Address
from legislators.contacts import phones
from legislators.lookup import Match, Place
from legislators.models import OfficeLimit
from legislators.zips.districts import is_home


@dataclass(frozen=True)
class Found:
    """`places` are addressed and settled; `open_chambers` still wait for a choice; `failed` means
    that lookup gave no answer.

    `asks_state` says why the state has to be typed, `open_states` are those to choose between; both
    come before any district. `home` is the state that the person chose. `left_open` are the
    chambers of which they said that they are not sure.
    """

    state: str = ""
    places: Sequence[Place] = ()
    open_chambers: Mapping[str, Mapping[str, Sequence[Place]]] = field(default_factory=dict)
    chosen_by_person: bool = False
    failed: bool = False
    is_addressed: bool = True
    asks_state: str = ""
    open_states: Sequence[str] = ()
    home: str = ""
    street_words: str = ""  # for a street that its ZIP does not have
    near_streets: Sequence[str] = ()  # lines to type instead
    left_open: Mapping[str, Mapping[str, Sequence[Place]]] = field(default_factory=dict)

    @property
    def readers(self) -> list[Place]:
        """The places whose letter somebody reads: an empty seat is none."""
        return [place for place in self.places if has_reader(place)]

    @property
    def doubt(self) -> str:
        """Why there is a choice: "line", a street beside a district's edge; "street", several that
        fit; or "zip".
        """
        open_places = [
            place
            for districts in self.open_chambers.values()
            for places in districts.values()
            for place in places
        ]
        methods = {place.method for place in open_places}
        if methods <= {"zip", "near", "state"}:
            return "zip"
        return (
            "line"
            if any(
                place.boundary_m is not None and place.boundary_m <= place.radius_m
                for place in open_places
            )
            else "street"
        )


@dataclass(frozen=True)
class LetterGroup:
    """The offices that read the same words."""

    words: LetterWords
    readers: list[Place]

    def field(self, name: str) -> str:
        """What the form calls this group's `name`: "subject", or of a version "subject_12"."""
        return f"{name}_{self.words.version}" if self.words.version else name


@dataclass(frozen=True)
class FirstStep:
    """Everything that the step before the words has settled; each later step reads it anew."""

    ask: Ask
    form: AddressForm
    found: Found
    is_minor: bool = False

    @property
    def is_adult(self) -> bool:
        """As far as they were asked: where the age is asked and not known, nobody is."""
        return not self.is_minor and ("age" not in self.form.fields or self.age is not None)

    @property
    def age(self) -> int | None:
        return self.form.cleaned_data.get("age")

    @cached_property
    def questions(self) -> list[Question]:
        """What this person is asked besides."""
        return asked_now(self.ask) if self.is_adult else []

    @cached_property
    def address(self) -> Address | None:
        """As typed; with the town that its ZIP code is published under where none was, and where
        offices are written to or called.
        """
        typed = self.form.address
        if self.form.is_abroad:
            return self.form.home_abroad
        if typed is None or typed.city or not self.ask.has_targets:
            return typed
        return lookup.with_town(typed, self.found.state)

    def home_line(self, language: str) -> str:
        """Where they live, read back; "" where they need not have said."""
        line = self.address.one_line() if self.address else ""
        if not self.form.is_abroad:
            return line
        country = country_name(self.form.cleaned_data["country"], language)
        return ", ".join(part for part in (line, country) if part)

    @property
    def reaches_nobody(self) -> bool:
        """Whether there is no office to write to, or to call, for all that was typed."""
        if not self.ask.has_targets or self.found.failed:
            return False
        if self.ask.kind == Ask.Kind.CALL:
            holders = [place.holder for place in self.found.places if place.holder]
            return not any(phones(holder.legislator) for holder in holders)
        return not self.found.readers

    @cached_property
    def route_facts(self) -> RouteFacts:
        """What decides between the routes of this person's letters today."""
        facts = ladders.facts_for(self.found.places)
        return facts.without_street() if self.is_minor else facts

    @cached_property
    def routes(self) -> dict[int, str]:
        """The route of this person's letter to each of the places today, by the seat's id."""
        return {
            place.seat.pk: ladders.route_to_place(place, self.route_facts)
            for place in self.found.places
        }

    @cached_property
    def limits(self) -> dict[int, OfficeLimit]:
        """Of the offices to whose form this person brings their letter: what it takes, by seat."""
        if self.ask.kind != Ask.Kind.LETTER:
            return {}
        by_form = [pk for pk, route in self.routes.items() if route == Route.ASSISTED]
        rows = OfficeLimit.objects.filter(seat__in=by_form) if by_form else ()
        return {row.seat_id: row for row in rows}

    @cached_property
    def groups(self) -> list[LetterGroup]:
        """The words of this person's letters, each with the offices that read it; the ask's own
        letter while no office is known.
        """
        readers = self.found.readers
        by_seat = words_by_seat(self.ask, [place.seat for place in readers])
        groups: dict[int, LetterGroup] = {}
        for place in readers:
            words = by_seat[place.seat.pk]
            groups.setdefault(words.version, LetterGroup(words, [])).readers.append(place)
        return list(groups.values()) or [LetterGroup(own_words_of(self.ask), [])]

    @cached_property
    def fates(self) -> Fates:
        """What becomes of this person's letters once they confirm; of no other kind of ask."""
        if self.ask.kind != Ask.Kind.LETTER:
            return Fates()
        if self.found.failed:
            return Fates(unknown=True)
        return Fates.of(self.fate(place) for place in self.found.places)

    def fate(self, place: Place) -> Fate:
        return of_place(place, self.routes[place.seat.pk], self.route_facts)


def find_addressees(ask: Ask, form: AddressForm, choices: Mapping[str, str]) -> Found:
    """For a valid form: the seats its ask addresses; of a petition's, which addresses nobody in
    particular, only the state.
    """
    if form.is_abroad:
        return find_abroad(ask) if ask.has_targets else Found()
    if form.address is None:
        return Found()
    if not ask.has_targets:
        return only_state(form.address)
    return seek(ask, form.address, choices)


def find_abroad(ask: Ask) -> Found:
    """Whom of those that the ask addresses somebody abroad may write to or call."""
    why = _("You live outside the United States. You may write to this office all the same.")
    places = [replace(place, reason=why) for place in places_by_id(seats_that_hear(ask))]
    return Found(places=places, is_addressed=bool(places))


def only_state(address: Address) -> Found:
    """For a petition's count. A lookup that fails costs nothing."""
    try:
        known = lookup.state_of_zip(address.zip, address.state)
    except lookup.LookupUnavailable:
        return Found(state=address.state)
    return Found(state=known.state, asks_state=known.asks)


def seek(ask: Ask | None, address: Address, choices: Mapping[str, str]) -> Found:
    """Look the address up and keep what the ask's rules address; without an ask, everybody.

    `choices` are by chamber, and the state's by "state". A lookup that fails loses nobody:
    `failed`.
    """
    try:
        match, home = _match_in_one_state(address, choices)
    except lookup.LookupUnavailable:
        return Found(state=address.state, failed=True)
    if match.asks_state:
        return Found(asks_state=match.asks_state)
    seats = [place.seat for place in match.places]
    addressed = {seat.pk for seat in (targeting.choose(ask, seats) if ask else seats)}
    if not addressed:
        return Found(match.state, home=home, is_addressed=False)
    states = _states_to_choose(match, address)
    if len(states) > 1:
        return Found(open_states=states)
    return _settled(match, addressed, choices, home)


def _match_in_one_state(address: Address, choices: Mapping[str, str]) -> tuple[Match, str]:
    """The lookup, and the state that the person chose where it could not tell.

    A district that was chosen names its state too: what other states offer drops away.
    """
    match = lookup.find(address, nationwide=True)
    states = _states_to_choose(match, address)
    if len(states) < 2:
        return match, ""
    of_division = {place.seat.division: place.seat.jurisdiction_id for place in match.places}
    named = [choices.get("state", "")]
    named += [
        of_division[choices[chamber]]
        for chamber in match.split_chambers()
        if choices.get(chamber, "") in of_division
    ]
    home = next((state for state in named if state in states), "")
    return (lookup.find(address, home=home, nationwide=True), home) if home else (match, "")


def _states_to_choose(match: Match, address: Address) -> tuple[str, ...]:
    """Those that the ZIP touches, and another that was written."""
    if match.state or not match.states:
        return match.states
    written = (address.state,) if is_home(address.state) else ()
    return tuple(dict.fromkeys((*match.states, *written)))


def _settled(
    match: Match, addressed: Collection[int], choices: Mapping[str, str], home: str
) -> Found:
    """Certain places, and for each chamber that is left open the district that was chosen."""
    settled = list(match.certain_places())
    waiting: dict[str, Mapping[str, Sequence[Place]]] = {}
    left_open: dict[str, Mapping[str, Sequence[Place]]] = {}
    chosen = bool(home)
    for chamber, districts in match.split_chambers().items():
        if not any(place.seat.pk in addressed for places in districts.values() for place in places):
            continue
        choice = choices.get(chamber, "")
        if choice in districts:
            settled += districts[choice]
            chosen = True
        # Who is not sure writes to nobody there: a guess could be another's representative.
        elif choice == NOT_SURE:
            left_open[chamber] = districts
        else:
            waiting[chamber] = districts
    places = [place for place in settled if place.seat.pk in addressed]
    return Found(
        match.state,
        places,
        waiting,
        chosen,
        home=home,
        street_words=match.street_words,
        near_streets=match.near_streets,
        left_open=left_open,
    )
