"""Whoever has to bring their letter there themselves may print it: the same letter, from them, with
room for their name.
"""

from __future__ import annotations

from actions.letters import paper
from actions.letters.envelopes import addressing, text
from actions.models import Action
from actions.status import items
from campaigns import letters
from legislators.contacts import reach


class CannotPrint(Exception):
    """The letter holds what no font here can show."""


def own_copy(action: Action, *, seat_id: int) -> bytes | None:
    """A PDF of this action's letter to a seat; None where it is not for its writer to bring.

    Raises CannotPrint.
    """
    from worker.paper import typeset  # the typesetter is loaded by those who print

    found = action.letters.select_related("seat__jurisdiction", "delivery").prefetch_related(
        items.current("seat__")
    )
    letter = found.filter(seat_id=seat_id).first()
    if letter is None or items.needs(action, letter) != items.EVERYTHING:
        return None
    place, filling = items.place_of(letter.seat), addressing(action, items.place_of(letter.seat))
    address = reach(place.holder.legislator).address if place.holder else ""
    subject = letters.subject_for(action.subject, **filling)
    own = paper.to_mail_oneself(
        place, address, subject=subject, text=text(action, place), writer=filling["writer"]
    )
    try:
        return typeset.print_letter(own, leaves_room=True).pdf
    except typeset.CannotPrint as fault:
        raise CannotPrint from fault
