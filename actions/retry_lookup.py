"""Supporters whose lookup failed: kept, and finished when it works again."""

from __future__ import annotations

from django.db import transaction

from actions import notices
from actions.letters.text import typed_details
from actions.letters.write import write_letters
from actions.models import Action
from actions.offices import has_reader
from actions.withdraw import move, withdraw
from campaigns import targeting
from legislators import lookup
from legislators.addresses import Address, BadAddress

BATCH = 200


def finish_all() -> int:
    """Finish what can be finished, oldest first. Stops at the first failure: lookup is still down.

    The number finished.
    """
    done = 0
    waiting = (
        Action.objects.counted()
        .filter(needs_lookup=True)
        .select_related("ask__campaign", "supporter")
    )
    for action in waiting.order_by("pk")[:BATCH]:
        if not finish(action):
            break
        done += 1
    return done


def finish(action: Action) -> bool:
    """Look up again for a supporter whose lookup failed, and write their letters.

    False while lookup still fails.
    """
    entry = typed_details(action)
    try:
        address = Address(entry["street"], entry["city"], entry["state"], entry["zip"])
        match = lookup.find(address, nationwide=True)
        if not address.city:
            address = lookup.with_town(address, match.state)
    except (lookup.LookupUnavailable, BadAddress):
        return False
    write_to_certain(action, match, city=address.city)
    return True


@transaction.atomic
def write_to_certain(action: Action, match: lookup.Match, *, city: str) -> None:
    """Seats that a ZIP leaves open are not guessed: only certain ones are written to.

    Nothing for an action that was taken back, begun anew or finished while lookup took its time.
    """
    waiting = Action.objects.counted().filter(needs_lookup=True)
    found = waiting.select_for_update(of=("self",)).select_related("ask__campaign", "supporter")
    locked = found.filter(pk=action.pk, changed_at=action.changed_at).first()
    if locked is None:
        return
    places = match.certain_places()
    addressed = {seat.pk for seat in targeting.choose(locked.ask, [each.seat for each in places])}
    theirs = [place for place in places if place.seat.pk in addressed]
    if not any(map(has_reader, theirs)):
        give_back(locked)
        return
    locked.entry = {**typed_details(locked), "city": city}
    write_letters(locked, theirs)

    if not locked.writer.city:
        locked.writer.city = city
        locked.writer.save(update_fields=["city"])
    # What they typed is kept no longer than it is needed: their supporter knows it by now.
    us_state = match.state or locked.us_state
    move(locked, locked.state, us_state=us_state, needs_lookup=False, entry={})


def give_back(action: Action) -> None:
    """A letter to nobody does not count: its writer has their words by mail, and may add what is
    missing.
    """
    withdraw(action, author="take-action", reason="no office is certain from what was typed")
    notices.unaddressed(action)
