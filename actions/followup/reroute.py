"""A letter takes another route: its old envelope stays behind, and a new one goes out under the
next key. At most one is ever open.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet

from actions.letters.ladders import RouteFacts
from actions.letters.write import choose_route
from actions.models import Action, Letter
from actions.offices import holder_name
from legislators.lookup import Place
from worker import outbox
from worker.models import Delivery, State

# Certainly not taken, and nobody will try it again by itself. What is in doubt, or on the wire,
# takes no other route.
OVER = (State.FAILED, State.CANCELLED)
WAITS = (State.WAITING, State.QUEUED)


def reroute_letter(
    letter: Letter,
    place: Place,
    facts: RouteFacts,
    *,
    author: str,
    reason: str,
    routes: Collection[str] | None = None,
    bad_address: str = "",
) -> str:
    """The route it takes now, "" when it can't be changed any more.

    Call it in a transaction, with `letter.action` locked, and a letter as `load_for_reroute` loads
    it.

    By the first usable route, of `routes` if they are named; where that is none of ours, its writer
    is asked to go. A refused letter that ends so keeps its route: its page says that it was
    refused, and what can be done. Rehearsals stay rehearsals.
    """
    action, old = letter.action, letter.delivery
    if not is_kept(action) or (old is not None and old.state not in (*OVER, *WAITS)):
        return ""

    # The new envelope is written before the old one is taken out: its number counts them all.
    chosen = choose_route(action, place, facts, routes=routes, nth=posted_before(letter))
    if old is not None and old.state in WAITS:
        taken_out = outbox.cancel([old.pk], reason=reason, author=author)
        if taken_out != 1:  # it left, or somebody else decided about it, just now
            return ""
    if chosen.envelope:
        letter.delivery = post_instead(letter, chosen.envelope)
        letter.told_at = None  # it is on its way: should it fail once more, that is news

    # The letter says where it goes, and to whom.
    was_refused = old is not None and old.state == State.FAILED
    if chosen.envelope or not was_refused:
        letter.route = chosen.route
    letter.bad_address = bad_address
    letter.legislator = place.holder.legislator if place.holder else letter.legislator
    letter.holder_name = holder_name(place) or letter.holder_name
    letter.save(
        update_fields=["delivery", "route", "bad_address", "legislator", "holder_name", "told_at"]
    )
    return chosen.route


def post_instead(letter: Letter, envelope: outbox.Envelope) -> Delivery:
    """As real as the letter was, and as sure of its writer as their action is today."""
    is_counted = letter.action.state == Action.State.CONFIRMED
    [posted] = outbox.post(
        [replace(envelope, rehearsal=is_rehearsal(letter), awaits_confirmation=not is_counted)]
    )
    return posted


def load_for_reroute(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With all that `reroute_letter` reads."""
    return letters.select_related(
        "action__ask__campaign", "action__supporter", "seat__jurisdiction", "delivery"
    )


def posted_before(letter: Letter) -> int:
    """How many envelopes this letter has had."""
    return envelopes_of(letter).count()


def addresses_tried(letter: Letter) -> set[str]:
    """Addresses that this letter was refused at."""
    refused = envelopes_of(letter).filter(channel="email", state=State.FAILED)
    return set(refused.values_list("recipient", flat=True))


def envelopes_of(letter: Letter) -> QuerySet[Delivery]:
    """All that were ever posted for it, whichever route each took."""
    return Delivery.objects.filter(
        sender_key=f"action:{letter.action.public_id}", recipient_key=f"seat:{letter.seat_id}"
    )


def is_kept(action: Action) -> bool:
    """Whether what was written is still here; what nobody confirmed is forgotten in time."""
    return bool(action.statement or action.own_words)


def is_rehearsal(letter: Letter) -> bool:
    """As it was born. What is not known was practice."""
    if letter.delivery is not None:
        return letter.delivery.rehearsal
    return letter.rehearsal is not False
