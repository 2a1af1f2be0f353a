"""One action's letters: for each seat by its best route, sealed and posted when it is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from actions.letters import ladders
from actions.letters.envelopes import SEALS, seal
from actions.letters.ladders import RouteFacts
from actions.letters.text import is_young
from actions.models import Action, Letter, Route
from actions.offices import holder_name, is_for_whoever_comes
from campaigns.models import Ask
from legislators.contacts import reach
from legislators.lookup import Place
from supporters.mail import is_rehearsal
from worker import outbox


@dataclass(frozen=True)
class Chosen:
    """The route a letter takes: with its envelope where we go ourselves, and the dead address that
    kept it from going by e-mail, if one did.
    """

    route: str
    envelope: outbox.Envelope | None = None
    bad_address: str = ""


def write_letters(action: Action, places: Sequence[Place]) -> None:
    """Seal and post one letter per place. A place written to before is left alone."""
    if action.ask.kind != Ask.Kind.LETTER or not places:
        return
    written = set(action.letters.values_list("seat_id", flat=True))
    places = [place for place in places if place.seat.pk not in written]
    facts = ladders.facts_for(places)
    chosen = {place.seat.pk: choose_route(action, place, facts) for place in places}
    posted = {
        d.key: d for d in outbox.post([one.envelope for one in chosen.values() if one.envelope])
    }
    rehearsal = is_rehearsal(is_demo=action.ask.campaign.is_demo)
    letters = []
    for place in places:
        one = chosen[place.seat.pk]
        letter = Letter(
            action=action,
            seat=place.seat,
            legislator=place.holder.legislator if place.holder else None,
            holder_name=holder_name(place),
            route=one.route,
            delivery=posted[one.envelope.key] if one.envelope else None,
            bad_address=one.bad_address,
            awaits_roster_since=timezone.now() if is_for_whoever_comes(place) else None,
            rehearsal=rehearsal,
        )
        letters.append(letter)
    Letter.objects.bulk_create(letters)


def choose_route(
    action: Action,
    place: Place,
    facts: RouteFacts,
    *,
    routes: Collection[str] | None = None,
    nth: int = 0,
) -> Chosen:
    """The first usable of these routes (default: all) for which this letter can be written."""
    if place.holder is None:
        return Chosen(Route.NONE)
    if is_young(action):
        facts = facts.without_street()
    contact = reach(place.holder.legislator)
    for usable in ladders.usable_routes(place.seat, contact, facts):
        if routes is not None and usable.route not in routes:
            continue
        envelope = (
            seal(action, place, usable.route, usable.to, nth=nth) if usable.route in SEALS else None
        )
        # A route of ours for which nothing can be sealed gives way to the next.
        if envelope or usable.route not in SEALS:
            return Chosen(usable.route, envelope, ladders.bad_address(place.seat, contact, facts))
    # Where nothing else leads there: written to it, and kept until its address is approved.
    pending = ladders.pending_address(place.seat, contact, facts)
    if pending and (routes is None or Route.EMAIL in routes):
        envelope = seal(action, place, Route.EMAIL, pending, nth=nth)
        if envelope:
            return Chosen(Route.EMAIL, envelope)
    return Chosen(Route.ASSISTED, None, ladders.bad_address(place.seat, contact, facts))
