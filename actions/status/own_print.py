"""Whoever has to bring their letter there themselves may print it: the same letter, from them, with
room for their name.
"""

from __future__ import annotations

from actions.letters import paper
from actions.letters.text import subject_line, whole_text, writer_of
from actions.models import Action
from actions.offices import place_today, with_holders
from actions.status import items
from legislators.contacts import reach


class CannotPrint(Exception):
    """The letter holds what no font here can show."""


def letter_as_pdf(action: Action, *, seat_id: int) -> bytes | None:
    """A PDF of this action's letter to a seat; None where it is not for its writer to bring.

    Raises CannotPrint.
    """
    from worker.paper import typeset  # the typesetter is loaded by those who print

    found = action.letters.select_related("seat__jurisdiction", "delivery").prefetch_related(
        with_holders("seat__")
    )
    letter = found.filter(seat_id=seat_id).first()
    if letter is None or items.needs(action, letter) != items.EVERYTHING:
        return None
    place = place_today(letter.seat)
    address = reach(place.holder.legislator).address if place.holder else ""
    own = paper.to_mail_oneself(
        place,
        address,
        subject=subject_line(action, place),
        text=whole_text(action, place),
        writer=writer_of(action),
    )
    try:
        return typeset.print_letter(own, leaves_room=True).pdf
    except typeset.CannotPrint as fault:
        raise CannotPrint from fault
