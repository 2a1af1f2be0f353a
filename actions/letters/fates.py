"""What becomes of one person's letters: how many go out, need their writer, find nobody, wait, or
are paused.

The one place where these numbers are made, and where every page and mail has its words for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.letters import ladders
from actions.letters.ladders import RouteFacts
from actions.models import Letter, Route, Submission
from actions.offices import has_reader, holder_name, places_by_id
from campaigns.models import Ask
from legislators.contacts import reach
from legislators.lookup import Place
from legislators.seat_address import belongs_to_seat
from worker.models import State, WaitsFor


class Fate(StrEnum):
    """Of one letter. `EMPTY`: nobody is known to sit there, so there is none. `PAUSED`: a Hold
    keeps it back, as after its campaign's end.
    """

    GOES = "goes"
    NEEDS_YOU = "needs you"
    EMPTY = "empty"
    WAITS = "waits"
    PAUSED = "paused"


@dataclass(frozen=True)
class Fates:
    """How many of each. `unknown`: lookup has yet to say where the one letter goes."""

    go: int = 0
    need_you: int = 0
    empty: int = 0
    wait: int = 0
    paused: int = 0
    unknown: bool = False

    @classmethod
    def of(cls, fates: Iterable[Fate]) -> Fates:
        number = Counter(fates)
        return cls(
            go=number[Fate.GOES],
            need_you=number[Fate.NEEDS_YOU],
            empty=number[Fate.EMPTY],
            wait=number[Fate.WAITS],
            paused=number[Fate.PAUSED],
        )

    @property
    def written(self) -> int:
        """How many letters there are to read: an empty seat gets none."""
        return self.go + self.need_you + self.wait + self.paused

    def once_closed(self) -> Fates:
        """Of a campaign that sends no more: each is left for its writer to bring."""
        return replace(self, go=0, wait=0, paused=0, need_you=self.written)

    def while_paused(self) -> Fates:
        """Of a campaign under a Hold: what would go waits, and so does what waits already."""
        return replace(self, go=0, wait=0, paused=self.go + self.wait + self.paused)

    @property
    def sign(self) -> str:
        """The button under the form: nothing leaves by it."""
        return ngettext("Sign my letter", "Sign my %(number)s letters", max(self.written, 1)) % {
            "number": self.written
        }

    @property
    def send(self) -> str:
        """The button that confirms."""
        if not self.go:
            return _("Yes, these are my words")
        return ngettext("Yes, send my letter", "Yes, send my %(number)s letters", self.go) % {
            "number": self.go
        }

    @property
    def ahead(self) -> list[str]:
        """What happens once the button is pressed."""
        goes = ngettext("One letter goes out.", "%(number)s letters go out.", self.go)
        return self._told(goes)

    @property
    def now(self) -> list[str]:
        """What has come of it, once it was pressed."""
        goes = ngettext(
            "One letter is on its way.", "%(number)s letters are on their way.", self.go
        )
        return self._told(goes)

    def _told(self, goes: str) -> list[str]:
        needs = ngettext(
            "One letter needs you: we cannot bring it there. Your page has its text, and the way"
            " to the door.",
            "%(number)s letters need you: we cannot bring them there. Your page has their texts,"
            " and the way to each door.",
            self.need_you,
        )
        waits = ngettext(
            "One letter waits until we know who sits there, or where to send it. Then it goes out,"
            " or a person here looks at it.",
            "%(number)s letters wait until we know who sits there, or where to send them. Then they"
            " go out, or a person here looks at them.",
            self.wait,
        )
        paused = ngettext(
            "One letter waits here: letters are paused for now. Your page says why, and what"
            " becomes of it.",
            "%(number)s letters wait here: letters are paused for now. Your page says why, and what"
            " becomes of them.",
            self.paused,
        )
        empty = ngettext(
            "In one office we know of nobody, so nothing is sent there.",
            "In %(number)s offices we know of nobody, so nothing is sent there.",
            self.empty,
        )
        told = [
            (goes, self.go),
            (needs, self.need_you),
            (waits, self.wait),
            (paused, self.paused),
            (empty, self.empty),
        ]
        lines = [words % {"number": number} for words, number in told if number]
        if self.unknown:
            lines.append(
                _(
                    "Your letter waits until we could look up your offices. Your page then says how"
                    " it reaches each of them."
                )
            )
        return lines


def of_place(place: Place, route: str, facts: RouteFacts) -> Fate:
    """Of a letter that takes this route there today, as the final check will have it."""
    if not has_reader(place):
        return Fate.EMPTY
    if route in Letter.BY_HAND:
        return Fate.NEEDS_YOU
    if waits_for_roster(place, route) or waits_for_approval(place, route, facts):
        return Fate.WAITS
    return Fate.GOES


def waits_for_roster(place: Place, route: str) -> bool:
    """Whether a letter there waits to know who sits there (actions.followup.recheck)."""
    if place.status != "turnover" or route in Letter.BY_HAND:
        return False
    email = reach(place.holder.legislator).email if place.holder else ""
    is_mail = route == Route.EMAIL
    return not (is_mail and belongs_to_seat(email, place.seat, holder_name(place)))


def waits_for_approval(place: Place, route: str, facts: RouteFacts) -> bool:
    """Whether the only address that is known there was typed here and nobody else approved it."""
    if route != Route.EMAIL or place.holder is None:
        return False
    return not ladders.leads_to(route, place.seat, reach(place.holder.legislator), facts)


def of_submission(submission: Submission) -> Fates:
    """As confirming would have it today. None of what was typed is in it."""
    if submission.ask.kind != Ask.Kind.LETTER:
        return Fates()
    if submission.needs_lookup:
        return Fates(unknown=True)
    places = places_by_id(submission.seats)
    facts = ladders.facts_for(places)
    if submission.entry.get("is_minor"):
        facts = facts.without_street()
    routes = [(place, ladders.route_to_place(place, facts)) for place in places]
    return Fates.of(of_place(place, route, facts) for place, route in routes)


def of_letter(letter: Letter, place: Place, *, needs_writer: bool, is_paused: bool) -> Fate:
    """Of one that was written, and whoever sits there today. Wants `delivery` loaded."""
    if letter.route == Route.NONE:
        return Fate.WAITS if letter.awaits_roster_since else Fate.EMPTY
    if needs_writer:
        return Fate.NEEDS_YOU
    is_kept = letter.delivery is not None and letter.delivery.state == State.WAITING
    if is_kept or will_wait_for(letter, place):
        return Fate.WAITS
    return Fate.PAUSED if is_paused else Fate.GOES


def will_wait_for(letter: Letter, place: Place) -> str:
    """What the last look will keep it for (worker.models.WaitsFor), though it stands in line; or
    blank.
    """
    if letter.delivery is None or letter.delivery.state != State.QUEUED or place.holder is None:
        return ""
    if waits_for_roster(place, letter.route) and not letter.sent_despite:
        return WaitsFor.ROSTER
    contact, to = reach(place.holder.legislator), letter.delivery.recipient
    is_unapproved = to in contact.pending and to not in contact.emails
    return WaitsFor.APPROVAL if is_unapproved else ""
