"""A letter as it would leave now, for its writer to read before they send and confirm it.

It is sealed as for sending and read out of that envelope, so that what is read is what leaves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from actions.letters import congress, ladders
from actions.letters.fates import Fate, of_place
from actions.letters.text import Words, is_young, sealed_words, subject_line, whole_text
from actions.letters.write import Chosen, choose_route
from actions.models import Action, Letter
from actions.offices import has_reader, holder_name, is_for_whoever_comes, office_name
from legislators.lookup import Place
from supporters.people import keyed_hash


@dataclass(frozen=True)
class FinishedLetter:
    """For one office. Congress's system has fields of its own: `statement` beside the `text`."""

    seat_id: int
    name: str
    office: str
    route: str
    subject: str
    text: str
    fate: Fate
    statement: str = ""
    waits_for_roster: bool = False  # nobody is known to sit there yet
    keeps_street: bool = False  # it would go, if it named the street of somebody under 18

    @property
    def has_reader(self) -> bool:
        """An empty seat's says nothing."""
        return bool(self.text or self.statement)

    @property
    def needs_its_writer(self) -> bool:
        """No route of ours leads there."""
        return self.route in Letter.BY_HAND


def finish(action: Action, places: Sequence[Place]) -> list[FinishedLetter]:
    """One for each place. `action` may be one that is not stored."""
    facts = ladders.facts_for(places)
    chosen = [(place, choose_route(action, place, facts)) for place in places]
    return [
        finish_one(action, place, one, fate=of_place(place, one.route, facts))
        for place, one in chosen
    ]


def finish_one(action: Action, place: Place, chosen: Chosen, *, fate: Fate) -> FinishedLetter:
    """By the route that it takes; read out of its envelope where there is one."""
    said = Words("", "")
    if has_reader(place):
        said = Words(subject_line(action, place), whole_text(action, place))
    if chosen.envelope:
        sealed = sealed_words(chosen.envelope.channel, chosen.envelope.message)
        said = sealed or said
    return FinishedLetter(
        seat_id=place.seat.pk,
        name=holder_name(place),
        office=office_name(place.seat),
        route=chosen.route,
        subject=said.subject,
        text=said.text,
        statement=said.statement,
        fate=fate,
        waits_for_roster=is_for_whoever_comes(place),
        keeps_street=chosen.route in Letter.BY_HAND
        and is_young(action)
        and congress.wants_street(place.seat),
    )


def read_by(finished: Sequence[FinishedLetter]) -> int:
    """How many of them somebody reads."""
    return sum(letter.has_reader for letter in finished)


def fingerprint(finished: Sequence[FinishedLetter]) -> str:
    """Of what they say and how they go: whoever confirms has read these letters, and not others."""
    said = [(one.seat_id, one.route, one.subject, one.statement, one.text) for one in finished]
    return keyed_hash(json.dumps(said))
