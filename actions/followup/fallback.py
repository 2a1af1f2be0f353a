"""A broken route: the letter takes the next of its ladder, and a dead address becomes a task for
the people here (actions.followup.corrected_address).

Only what certainly was not taken falls back: a letter that waits for an address known to be dead,
one that a mail server refused because of its address, one that Congress's system refused. What is
in doubt never does, and what a server refused by policy does not either: the same people would only
get it by another door; its writer is told, with the text and what is left to do.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from actions.followup.recheck import other_holder, was_written_to
from actions.followup.reroute import addresses_tried, load_for_reroute, reroute_letter
from actions.letters import ladders
from actions.letters.envelopes import SEALS
from actions.models import Action, Letter, Route
from actions.offices import place_of
from legislators.contacts import reach
from legislators.holders import holders_of, in_turnover
from legislators.models import Term
from worker import outbox
from worker.models import DeadAddress, Delivery, State, WaitsFor
from worker.smtp_status import is_no_such_address

log = logging.getLogger("actions.followup.fallback")

AUTHOR = "ladder"
# The rest waits for the next run.
BUDGET_S = 100
# A failure is looked at in the next run, or after a time in which nothing ran; older ones are
# history.
LOOKS_BACK = dt.timedelta(days=3)


@dataclass(frozen=True)
class Fault:
    """What broke: a route, and the address if that was it."""

    route: str
    address: str = ""

    @property
    def reason(self) -> str:
        """In English: for the people here."""
        if self.address:
            return f"{self.address} takes no mail."
        return "Congress's system did not take it."


def fall_back() -> int:
    """Every letter whose route is broken takes the next. Returns how many did.

    May run twice, and at once.
    """
    stop_at, rerouted = time.monotonic() + BUDGET_S, 0
    wait_for_address()
    letters = (
        broken()
        .select_related("delivery")
        .defer("delivery__message")
        .prefetch_related("delivery__attempts")
    )
    for letter in letters.order_by("pk"):
        if time.monotonic() > stop_at:
            break
        if fault_of(letter.delivery):
            try:
                rerouted += take_next_route(letter.pk, letter.action_id)
            # One broken letter keeps no other from its next route.
            except Exception:
                log.exception("Letter %s could not take another route", letter.pk)
    return rerouted


def wait_for_address() -> int:
    """What is in line for an address that takes no mail any more does not wait for its turn to
    learn it.
    """
    dead = DeadAddress.objects.filter(address=Lower(OuterRef("recipient")), revived_at=None)
    doomed = Delivery.objects.filter(
        Exists(dead), state=State.QUEUED, channel="email", recipient_key__startswith="seat:"
    )
    ids = doomed.values_list("pk", flat=True)
    return outbox.keep_waiting(
        ids, waits_for=WaitsFor.ADDRESS, reason="Its address takes no mail any more.", author=AUTHOR
    )


def broken() -> QuerySet[Letter]:
    """Letters whose route may be broken: `fault_of` says whether it is.

    What its writer took back, or brought there already, is left alone; so is what was refused at an
    address that it fell back from. A letter may fall back more than once: from the second address
    of its office, and the third.
    """
    waits = Q(delivery__state=State.WAITING, delivery__waits_for=WaitsFor.ADDRESS)
    failed = Q(delivery__state=State.FAILED, delivery__settled_at__gt=timezone.now() - LOOKS_BACK)
    by_mail = (
        failed & Q(delivery__channel="email") & ~Q(bad_address__iexact=F("delivery__recipient"))
    )
    # With Congress there may be no other route: then its writer is told, and it is not looked at
    # any more.
    to_congress = failed & Q(delivery__channel="cwc", told_at=None)
    return Letter.objects.filter(
        waits | by_mail | to_congress,
        reported_at=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
        action__ask__campaign__letters_stopped_at=None,
    )


def fault_of(delivery: Delivery | None) -> Fault | None:
    """What broke, by the evidence; None for a letter that stays where it is."""
    if delivery is None:
        return None
    if delivery.state == State.WAITING and delivery.waits_for == WaitsFor.ADDRESS:
        return Fault(Route.EMAIL, delivery.recipient)
    refusals = [one for one in delivery.attempts.all() if one.state == State.FAILED]
    last = refusals[-1] if refusals else None
    if delivery.state != State.FAILED or last is None:
        return None
    if delivery.channel == "email" and is_no_such_address(last.code, last.answer):
        return Fault(Route.EMAIL, delivery.recipient)
    if delivery.channel == "cwc" and last.code is not None and 400 <= last.code < 500:
        return Fault(Route.CWC)
    return None


@transaction.atomic
def take_next_route(letter_pk: int, action_pk: int) -> bool:
    """Whether it did.

    Where somebody else has locked the action, and may be changing it, the next run looks anew.
    """
    free = Action.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=action_pk)
    # The question takes the lock: where somebody else has it there is nothing to be found.
    if not free.exists():
        return False
    # What was broken when the run began may have changed since: read it under the lock.
    letter = load_for_reroute(broken()).filter(pk=letter_pk).first()
    fault = fault_of(letter.delivery) if letter else None
    if letter is None or fault is None:
        return False
    holders = holders_of([letter.seat_id])
    term = holders.get(letter.seat_id)
    if in_turnover([letter.seat], holders):
        return leave_to_a_roster(letter, fault)
    if term is None or not was_written_to(letter, term):
        return leave_to_a_person(letter, term, fault)

    place = place_of(letter.seat, term)
    facts = ladders.facts_for([place]).without(fault.address, *addresses_tried(letter))
    routes = next_routes(fault, facts.ladder(letter.seat))
    usable = ladders.usable_routes(letter.seat, reach(term.legislator), facts)
    # What Congress refused stays refused where we can't bring it there ourselves: its page says so.
    if not fault.address and not any(one.route in routes for one in usable):
        return False
    took = reroute_letter(
        letter,
        place,
        facts,
        author=AUTHOR,
        reason=fault.reason,
        routes=routes,
        bad_address=fault.address,
    )
    return bool(took)


def next_routes(fault: Fault, ladder: Sequence[str]) -> list[str]:
    """Below the broken one.

    For an address another of the same office comes first; without one only what we can do ourselves
    is news.
    """
    below = ladder[ladder.index(fault.route) + 1 :] if fault.route in ladder else ladder
    others = [route for route in below if route != fault.route]
    if not fault.address:
        return [route for route in others if route in SEALS]
    return [fault.route, *others] if fault.route in ladder else others


def leave_to_a_roster(letter: Letter, fault: Fault) -> bool:
    """A new term has begun: their mailbox may be closed because they left. What waits goes on
    waiting, until it is known who sits there; what failed is told to its writer.
    """
    if letter.delivery and letter.delivery.state == State.WAITING:
        reason = f"{fault.reason} A new term has begun, and no roster here is newer."
        outbox.keep_waiting(
            [letter.delivery.pk], waits_for=WaitsFor.ROSTER, reason=reason, author=AUTHOR
        )
    return False


def leave_to_a_person(letter: Letter, term: Term | None, fault: Fault) -> bool:
    """The seat changed hands: what waits is looked at by somebody, what failed is told to its
    writer. Neither goes on by itself.
    """
    if letter.delivery and letter.delivery.state == State.WAITING:
        outbox.keep_waiting(
            [letter.delivery.pk],
            waits_for=WaitsFor.REVIEW,
            reason=other_holder(letter, term),
            author=AUTHOR,
        )
    elif fault.address:
        Letter.objects.filter(pk=letter.pk).update(bad_address=fault.address)
    return False
