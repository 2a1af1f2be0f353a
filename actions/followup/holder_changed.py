"""What the final check kept here is decided by a person: written anew to whoever holds the seat,
as it is, or not at all.
"""

from __future__ import annotations

import time

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from actions.followup.awaits_roster import is_overdue
from actions.followup.reroute import load_for_reroute, reroute_letter
from actions.letters import ladders
from actions.letters.ladders import RouteFacts
from actions.models import REASON_LENGTH, Action, Letter
from actions.offices import place_of
from legislators.contacts import reach
from legislators.holders import holders_of, in_turnover
from legislators.models import Legislator, Seat, Term
from worker import outbox
from worker.models import Attempt, State, WaitsFor

BUDGET_S = 20
UNTOLD = "Nobody was known to hold this seat when it was written, and no roster has told since."


def in_review() -> QuerySet[Letter]:
    """Letters that wait for a person, each with the `reason` in words; also those that were written
    while nobody was known to hold their seat, when no roster has told it in time.
    """
    last = Attempt.objects.filter(delivery=OuterRef("delivery"), state=State.WAITING).order_by(
        "-pk"
    )
    kept = Letter.objects.filter(delivery__state=State.WAITING, delivery__waits_for=WaitsFor.REVIEW)
    # Each by its own index: joined by OR, every letter would be read.
    overdue = Letter.objects.filter(is_overdue())
    letters = Letter.objects.filter(pk__in=kept.values("pk").union(overdue.values("pk")))
    said = Subquery(last.values("answer")[:1])
    return letters.annotate(reason=Coalesce(said, Value(UNTOLD), output_field=TextField()))


def forward(seat: Seat, letters: QuerySet[Letter], *, author: str, reason: str) -> int:
    """Written anew to whoever holds the seat now, by the best way there.

    Returns how many; what does not fit the time stays. None while the seat may have changed hands:
    nobody knows to whom.
    """
    term = known_holder(seat)
    if term is None:
        return 0
    facts = ladders.facts_for_seats([seat], reach(term.legislator).emails)
    stop_at, done = time.monotonic() + BUDGET_S, 0
    for pk, action in letters.order_by("pk").values_list("pk", "action_id"):
        if time.monotonic() > stop_at:
            break
        done += forward_one(pk, action, term, facts, author=author, reason=reason)
    return done


def known_holder(seat: Seat) -> Term | None:
    """None also in turnover: the last known holder may sit there no more."""
    holders = holders_of([seat.pk])
    return None if in_turnover([seat], holders) else holders.get(seat.pk)


@transaction.atomic
def forward_one(
    letter_pk: int, action_pk: int, term: Term, facts: RouteFacts, *, author: str, reason: str
) -> bool:
    """Whether it went: it may have been decided about meanwhile."""
    lock([action_pk])
    letter = load_for_reroute(in_review()).filter(pk=letter_pk).first()
    return bool(
        letter
        and reroute_letter(letter, place_of(letter.seat, term), facts, author=author, reason=reason)
    )


@transaction.atomic
def let_go(letters: QuerySet[Letter], *, author: str) -> int:
    """As they are.

    The last look passes over what this person knew, and over nothing else that may change yet.
    """
    found = locked(letters)
    for letter in found:
        letter.sent_despite = letter.reason[:REASON_LENGTH]  # type: ignore[attr-defined]
    Letter.objects.bulk_update(found, ["sent_despite"], batch_size=500)
    return outbox.release(
        [letter.delivery_id for letter in found if letter.delivery_id],
        author=author,
        waits_for=WaitsFor.REVIEW,
    )


@transaction.atomic
def stop(letters: QuerySet[Letter], *, author: str, reason: str) -> int:
    """They never leave. Their writers are told by actions.followup.tell_writers, but for letters to
    nobody: the page of those says so.
    """
    found = locked(letters)
    unaddressed = [letter.pk for letter in found if not letter.delivery_id]
    Letter.objects.filter(pk__in=unaddressed).update(awaits_roster_since=None)
    return len(unaddressed) + outbox.cancel(
        [letter.delivery_id for letter in found if letter.delivery_id],
        reason=reason,
        author=author,
    )


def same_person(seat: Seat, before: Legislator, now: Legislator) -> int:
    """Who was typed here is whom a roster names now: the letters to this seat stay theirs."""
    letters = Letter.objects.filter(seat=seat, legislator=before)
    return letters.update(legislator=now, holder_name=now.name)


def locked(letters: QuerySet[Letter]) -> list[Letter]:
    """As a withdrawal does: the action first."""
    lock(list(letters.values_list("action_id", flat=True)))
    return list(letters.order_by("pk"))


def lock(actions: list[int]) -> None:
    """These actions, in the order in which everybody takes them: none waits for another."""
    list(
        Action.objects.select_for_update(of=("self",))
        .filter(pk__in=actions)
        .order_by("pk")
        .values_list("pk")
    )
