"""The final check before a letter leaves (worker.engine.final_check): does its writer still want it
to go, is it still for whom it was written to, and is that still their address?

A letter may wait for hours or, behind a Hold, for days. Whoever was written to is on the letter;
who holds the seat now and how they are reached is on the roster. Where the two differ a person
decides (desk/mail/review.py); where a new term has begun and no roster tells of it yet, it waits
for one (awaits_roster).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.alerts import final_check as alerts
from actions.letters.ladders import in_wire_form
from actions.models import REASON_LENGTH, Action, Letter
from actions.updates import final_check as updates
from legislators.by_hand.contacts import unapproved_among
from legislators.contacts import Reach, reach_of
from legislators.holders import holders_of, in_turnover
from legislators.models import Term
from legislators.new_terms import NewTerm
from legislators.seat_address import belongs_to_seat
from worker.engine.final_check import MustWait, NotYet, TakenBack
from worker.inbound import dead_addresses
from worker.models import WaitsFor
from worker.queued_letter import QueuedLetter

# It took another route since, or was taken out: nobody can tell whom it was for, nor whether
# anybody still wants it.
NOBODYS = "No action has this letter any more, or it took another way."
ENDED = "The campaign ended before it left."


def review(rows: Sequence[QueuedLetter]) -> Mapping[int, str | MustWait | NotYet | TakenBack]:
    """Those that must not leave now, each with the reason.

    Five queries, however many there are, seven where a new term has begun; none where no row is a
    letter's. Updates and alerts have checks of their own.
    """
    return {**of_letters(rows), **updates.not_wanted(rows), **alerts.not_wanted(rows)}


def of_letters(rows: Sequence[QueuedLetter]) -> dict[int, str | MustWait | TakenBack]:
    """Those letters to offices that must not leave now, as `review`."""
    ours = {row.pk: row for row in rows if row.recipient_key.startswith("seat:")}
    if not ours:
        return {}
    letters = list(
        Letter.objects.filter(delivery__in=list(ours)).select_related(
            "seat__jurisdiction", "action__ask__campaign"
        )
    )
    holders = holders_of({letter.seat_id for letter in letters})
    seats = {letter.seat_id: letter.seat for letter in letters}
    new_terms = in_turnover(seats.values(), holders)
    contacts = reach_of([term.legislator_id for term in holders.values()])
    mailed_to = [row.recipient for row in ours.values() if row.channel == "email"]
    dead = dead_addresses.dead_among(mailed_to)
    unapproved = unapproved_among(mailed_to)
    known = {letter.delivery_id for letter in letters}
    found: dict[int, str | MustWait | TakenBack] = {pk: NOBODYS for pk in ours if pk not in known}
    for letter in letters:
        # By the filter above; for the types.
        assert letter.delivery_id is not None
        row, term = ours[letter.delivery_id], holders.get(letter.seat_id)
        contact = contacts.get(term.legislator_id, Reach()) if term else Reach()
        written_to = letter.legislator_id or (term.legislator_id if term else 0)
        # None: a roster publishes this address, or a second person approved it.
        is_refused = unapproved.get((written_to, row.recipient.lower()))
        reason = (
            why_not(letter, row, term, contact, dead, new_terms.get(letter.seat_id))
            if is_refused is None
            else unwanted(letter.action) or not_approved(row.recipient, is_refused=is_refused)
        )
        if reason is not None:
            found[row.pk] = reason
    return found


def why_not(
    letter: Letter,
    row: QueuedLetter,
    term: Term | None,
    contact: Reach,
    dead: set[str],
    new_term: NewTerm | None,
) -> str | MustWait | TakenBack | None:
    """What keeps this letter here; None where it may go. `new_term`: its seat is in turnover."""
    nobodys_wish = unwanted(letter.action)
    if nobodys_wish:
        return nobodys_wish
    waits_for = WaitsFor.REVIEW
    if new_term and (term is None or was_written_to(letter, term)):
        changed = maybe_changed(letter, row, new_term)
        waits_for = WaitsFor.ROSTER
    else:
        changed = what_changed(letter, row, term, contact, dead)
    # Whoever let it go knew this and no more: anything else that changed since is looked at.
    if changed and changed[:REASON_LENGTH] != letter.sent_despite:
        return MustWait(waits_for, changed)
    if row.channel == "email" and row.recipient.lower() in dead:
        return MustWait(WaitsFor.ADDRESS, f"{row.recipient} takes no mail any more.")
    return None


def not_approved(address: str, *, is_refused: bool) -> MustWait:
    """Whatever a person lets go: nothing leaves to an address for which only one login stands."""
    if is_refused:
        return MustWait(WaitsFor.ADDRESS, f"{address} was typed in here, and refused.")
    why = f"{address} was typed in here, and no second person has approved it."
    return MustWait(WaitsFor.APPROVAL, why)


def unwanted(action: Action) -> MustWait | TakenBack | None:
    """It was on the wire while its writer took it back, and its peer said "not now"; or they began
    again, and have not confirmed yet.
    """
    if action.state == Action.State.WITHDRAWN:
        return TakenBack("Its writer took it back.")
    if action.supporter_id is None:
        return TakenBack("Its writer was erased.")
    # It was on the wire when the others were stopped, or was addressed since.
    if action.ask.campaign.letters_stopped_at:
        return TakenBack(ENDED)
    if action.state == Action.State.QUARANTINED:
        return MustWait(WaitsFor.CONFIRMATION, "It was set aside for a look.")
    if action.state != Action.State.CONFIRMED:
        return MustWait(
            WaitsFor.CONFIRMATION,
            "Its writer took it back and began again: it waits for their confirmation.",
        )
    return None


def maybe_changed(letter: Letter, row: QueuedLetter, new_term: NewTerm) -> str:
    """In English: for the people here. "" where the address belongs to the seat, so that it reaches
    whoever sits there now.

    The same change always reads the same: it may be passed over by it.
    """
    is_mail = row.channel == "email"
    if is_mail and belongs_to_seat(row.recipient, letter.seat, letter.holder_name):
        return ""
    return (
        f"A new term of this seat began on {new_term.first}, and no roster here is newer: it may"
        f" have changed hands. It was written to {letter.holder_name}."
    )


def what_changed(
    letter: Letter, row: QueuedLetter, term: Term | None, contact: Reach, dead: set[str]
) -> str:
    """In plain English for the people here, "" when nothing did.

    The same change always reads the same: it may be passed over by it.
    """
    if term is None or not was_written_to(letter, term):
        return other_holder(letter, term)
    if row.channel == "email" and row.recipient.lower() not in dead:
        return address_change(row.recipient, contact)
    return ""


def other_holder(letter: Letter, term: Term | None) -> str:
    """In English: for the people here."""
    if term is None:
        return f"Nobody is known to hold this seat now. It was written to {letter.holder_name}."
    return f"{term.legislator.name} holds this seat now. It was written to {letter.holder_name}."


def was_written_to(letter: Letter, term: Term) -> bool:
    """Older letters know only a name."""
    return (
        letter.legislator_id == term.legislator_id
        if letter.legislator_id
        else letter.holder_name == term.legislator.name
    )


def address_change(recipient: str, contact: Reach) -> str:
    """In English, "" where the address is still theirs."""
    now = [in_wire_form(email) for email in contact.emails]
    if recipient.lower() in now:
        return ""
    if not now:
        return f"They publish no e-mail address any more. It is addressed to {recipient}."
    return f"Their address is {contact.emails[0]} now. It is addressed to {recipient}."
