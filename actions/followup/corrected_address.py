"""Letters that wait for a better address than one that takes no mail.

Whoever corrects an address sends them on (desk/mail/addresses.py); a roster that brings another
address does so by itself.
"""

from __future__ import annotations

import datetime as dt
import logging
import time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from actions.followup.recheck import was_written_to
from actions.followup.reroute import addresses_tried, load_for_reroute, reroute_letter
from actions.letters import ladders
from actions.letters.ladders import RouteFacts
from actions.models import Action, Letter, Route
from actions.offices import place_of
from legislators.contacts import Reach, reach, reach_of
from legislators.holders import holders_of
from legislators.models import Seat, Term
from worker.models import State, WaitsFor

log = logging.getLogger("actions.followup.corrected_address")

# A letter to a campaign that ended longer ago helps nobody.
ENDED_WITHIN = dt.timedelta(days=14)
BUDGET_S = 100


def waiting_for_address() -> QuerySet[Letter]:
    """Letters that would go by mail, had they an address.

    Not what its writer took back or brought there already.
    """
    running = Q(action__ask__campaign__state__in=["live", "paused"])
    ended = Q(
        action__ask__campaign__state__in=["closed", "won"],
        action__ask__campaign__closed_at__gt=timezone.now() - ENDED_WITHIN,
        action__ask__campaign__letters_stopped_at=None,
    )
    # What a person stopped has kept its route; what fell back on its writer has not.
    fell_back = Q(delivery__state=State.CANCELLED, route__in=Letter.BY_HAND)
    over = Q(delivery=None) | Q(delivery__state=State.FAILED) | fell_back
    waits = Q(delivery__state=State.WAITING, delivery__waits_for=WaitsFor.ADDRESS)
    letters = Letter.objects.filter(running | ended, over | waits, reported_at=None).exclude(
        bad_address=""
    )
    return letters.exclude(action__state=Action.State.WITHDRAWN).exclude(action__supporter=None)


def send_on(seat: Seat, *, author: str, reason: str, budget_s: float = BUDGET_S) -> int:
    """The letters that wait here go to the address that is known now.

    Returns how many; what does not fit the time waits for another call.

    Each in a transaction of its own. Those written to somebody who no longer sits there stay where
    they are.
    """
    return send_to(
        waiting_for_address().filter(seat=seat),
        holders_of([seat.pk]),
        author=author,
        reason=reason,
        even_if_tried=True,
        budget_s=budget_s,
    )


def correct() -> int:
    """Letters whose office has another address by now go there: a roster brought it.

    Returns how many. May run twice, and at once.

    Never to an address that this letter has tried: two bad addresses would take turns for ever.
    """
    letters = waiting_for_address()
    holders = holders_of(letters.values("seat_id"))
    return send_to(
        letters,
        holders,
        author="roster",
        reason="The office has another address now.",
        even_if_tried=False,
        budget_s=BUDGET_S,
    )


def send_to(
    letters: QuerySet[Letter],
    holders: dict[int, Term],
    *,
    author: str,
    reason: str,
    even_if_tried: bool,
    budget_s: float,
) -> int:
    """How many of these letters went to the address of whoever holds their seat."""
    stop_at, sent = time.monotonic() + budget_s, 0
    to, facts = usable_addresses(holders)
    for pk, action, seat_id, bad in (
        letters.filter(seat__in=to)
        .order_by("pk")
        .values_list("pk", "action_id", "seat_id", "bad_address")
    ):
        if time.monotonic() > stop_at:
            break
        # Cheap, and asked before any lock. Under it every address counts that was tried (send_one).
        if even_if_tried or bad.lower() != to[seat_id].lower():
            try:
                sent += send_one(
                    pk,
                    action,
                    holders[seat_id],
                    facts,
                    author=author,
                    reason=reason,
                    even_if_tried=even_if_tried,
                )
            # One broken letter keeps no other waiting; the next run meets it again.
            except Exception:
                log.exception("Letter %s could not be sent on", pk)
    return sent


def usable_addresses(holders: dict[int, Term]) -> tuple[dict[int, str], RouteFacts]:
    """By seat, the address that takes mail, where there is one; and what that was judged by."""
    contacts = reach_of([term.legislator_id for term in holders.values()])
    seats = list(Seat.objects.filter(pk__in=holders))
    emails = (email for contact in contacts.values() for email in contact.emails)
    facts = ladders.facts_for_seats(seats, emails)
    to = {}
    for seat in seats:
        contact = contacts.get(holders[seat.pk].legislator_id, Reach())
        address = ladders.leads_to(Route.EMAIL, seat, contact, facts)
        # An office whose ladder knows no e-mail gets none.
        if address and Route.EMAIL in facts.ladder(seat):
            to[seat.pk] = address
    return to, facts


@transaction.atomic
def send_one(
    letter_pk: int,
    action_pk: int,
    term: Term,
    facts: RouteFacts,
    *,
    author: str,
    reason: str,
    even_if_tried: bool,
) -> bool:
    """Whether it went: as it stands under the lock it may have gone, or be wanted no more."""
    # The action first, as a withdrawal does.
    list(Action.objects.select_for_update(of=("self",)).filter(pk=action_pk).values_list("pk"))
    letter = load_for_reroute(waiting_for_address()).filter(pk=letter_pk).first()
    if letter is None or not was_written_to(letter, term):
        return False
    if not even_if_tried:
        facts = facts.without(*addresses_tried(letter))
    if not ladders.leads_to(Route.EMAIL, letter.seat, reach(term.legislator), facts):
        return False
    return bool(
        reroute_letter(
            letter,
            place_of(letter.seat, term),
            facts,
            author=author,
            reason=reason,
            routes=[Route.EMAIL],
        )
    )
