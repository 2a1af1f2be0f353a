"""Letters to seats whose new term has begun wait for a roster that tells who sits there.

Once one is here the final check looks at them anew; what was written while nobody was known is
addressed now. After WAITS_AT_MOST a person decides (desk/mail/review.py).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Collection

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from actions.followup.reroute import load_for_reroute, reroute_letter
from actions.letters import ladders
from actions.models import Action, Letter, Route
from actions.offices import place_of
from legislators.contacts import reach
from legislators.holders import holders_of, in_turnover
from legislators.models import Seat, Term
from worker import outbox
from worker.models import Attempt, State, WaitsFor

log = logging.getLogger("actions.followup.awaits_roster")

AUTHOR = "roster"
WAITS_AT_MOST = dt.timedelta(days=14)
# The rest waits for the next run.
BUDGET_S = 100
REASON = "A roster tells who holds this seat."


def look_again() -> int:
    """Every letter that waits for a roster goes on where one has come, and to a person where none
    came in time. Returns how many moved. May run twice, and at once.
    """
    # 1. Which of the seats that letters wait for has a roster told by now?
    sealed, unaddressed = awaiting(), without_holder()
    waiting = Q(pk__in=sealed.values("seat")) | Q(pk__in=unaddressed.values("seat"))
    seats = list(Seat.objects.filter(waiting).select_related("jurisdiction"))
    holders = holders_of([seat.pk for seat in seats])
    open_seats = in_turnover(seats, holders)
    told = [seat for seat in seats if seat.pk not in open_seats]

    # 2. Sealed letters go to the final check, which decides with the new roster in hand.
    moved = outbox.release(
        _deliveries(sealed.filter(seat__in=told)), author=AUTHOR, waits_for=WaitsFor.ROSTER
    )
    # 3. What has waited for too long is a person's.
    moved += hand_over(sealed.filter(seat__in=open_seats))
    # 4. What was written to nobody is sealed now, to whoever sits there.
    stop_at = time.monotonic() + BUDGET_S
    for seat in told:
        moved += address(seat, holders.get(seat.pk), unaddressed.filter(seat=seat), stop_at)
    return moved


def awaiting() -> QuerySet[Letter]:
    """Sealed letters that wait for a roster."""
    return Letter.objects.filter(delivery__state=State.WAITING, delivery__waits_for=WaitsFor.ROSTER)


def without_holder() -> QuerySet[Letter]:
    """Letters of which nobody knows yet to whom they go; those of an unconfirmed action wait for
    that first.
    """
    return Letter.objects.filter(
        awaits_roster_since__isnull=False,
        route=Route.NONE,
        delivery=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )


def is_overdue() -> Q:
    """Of letters without a holder: no roster came in time, and a person looks at them."""
    return Q(
        awaits_roster_since__lt=timezone.now() - WAITS_AT_MOST,
        route=Route.NONE,
        delivery=None,
        action__state=Action.State.CONFIRMED,
        action__supporter__isnull=False,
    )


def hand_over(letters: QuerySet[Letter]) -> int:
    """What has waited for too long waits for a person from now on, for the same reason."""
    last = Attempt.objects.filter(delivery=OuterRef("delivery")).order_by("-pk")
    old = letters.annotate(
        since=Subquery(last.values("at")[:1]), reason=Subquery(last.values("answer")[:1])
    ).filter(since__lt=timezone.now() - WAITS_AT_MOST)
    by_reason: dict[str, list[int]] = {}
    for delivery, reason in old.values_list("delivery", "reason"):
        by_reason.setdefault(reason, []).append(delivery)
    return sum(
        outbox.keep_waiting(ids, waits_for=WaitsFor.REVIEW, reason=reason, author=AUTHOR)
        for reason, ids in by_reason.items()
    )


def address(seat: Seat, term: Term | None, letters: QuerySet[Letter], stop_at: float) -> int:
    """Write to whoever holds the seat what was written while nobody was known; where it is vacant
    nothing can be sent.
    """
    if term is None:
        return letters.update(awaits_roster_since=None)
    facts = ladders.facts_for_seats([seat], reach(term.legislator).emails)
    done = 0
    for pk, action in letters.order_by("pk").values_list("pk", "action_id"):
        if time.monotonic() > stop_at:
            break
        try:
            done += _address_one(pk, action, term, facts)
        except Exception:
            log.exception("Letter %s could not be addressed", pk)
    return done


@transaction.atomic
def _address_one(letter_pk: int, action_pk: int, term: Term, facts: ladders.RouteFacts) -> bool:
    # Somebody acts on it at this moment, takes it back perhaps: the next run looks again.
    free = Action.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=action_pk)
    if not free.exists():
        return False
    letter = load_for_reroute(without_holder()).filter(pk=letter_pk).first()
    if letter is None:
        return False
    place = place_of(letter.seat, term)
    if not reroute_letter(letter, place, facts, author=AUTHOR, reason=REASON):
        return False
    # Where only its writer can go, the mark stays until they were told (tell_writers.untold).
    if letter.delivery_id:
        Letter.objects.filter(pk=letter.pk).update(awaits_roster_since=None)
    return True


def _deliveries(letters: QuerySet[Letter]) -> Collection[int]:
    return list(letters.values_list("delivery_id", flat=True))
