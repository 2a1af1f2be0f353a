"""An address that somebody here typed was approved by a second person, or refused: what follows for
the letters that waited for that.
"""

from __future__ import annotations

from django.db.models import QuerySet

from actions.followup import corrected_address
from actions.models import Letter
from legislators.holders import office_day
from legislators.models import Contact, Seat, Term
from worker import outbox
from worker.models import State, WaitsFor


def waiting_for(contact: Contact) -> QuerySet[Letter]:
    """Letters that are addressed there and may not go yet."""
    return Letter.objects.filter(
        legislator=contact.legislator_id,
        delivery__state=State.WAITING,
        delivery__waits_for=WaitsFor.APPROVAL,
        delivery__recipient__iexact=contact.value,
    )


def let_through(contact: Contact, *, author: str, budget_s: float) -> int:
    """What waits for this address leaves, and what waits for a better one is sent on to it.

    Returns how many letters; what does not fit the time goes with a later run of `correct`.
    """
    ids = waiting_for(contact).values_list("delivery_id", flat=True)
    released = outbox.release(list(ids), author=author, waits_for=WaitsFor.APPROVAL)
    for seat in held_by(contact.legislator_id):
        released += corrected_address.send_on(
            seat, author=author, reason="Its address was approved.", budget_s=budget_s
        )
    return released


def take_elsewhere(contact: Contact, *, author: str) -> int:
    """Its address was refused: they take the next route (actions.followup.fallback)."""
    ids = waiting_for(contact).values_list("delivery_id", flat=True)
    return outbox.keep_waiting(
        list(ids),
        waits_for=WaitsFor.ADDRESS,
        reason="Its address was typed in here, and refused.",
        author=author,
    )


def held_by(legislator_id: int) -> QuerySet[Seat]:
    """The seats that this person holds today."""
    terms = Term.objects.current(office_day()).filter(legislator=legislator_id)
    return Seat.objects.filter(pk__in=terms.values("seat"))
