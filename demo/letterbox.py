"""What became of the letters of the past.

An accepted letter's envelope is empty, as after retention; the others keep theirs.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import F
from django.utils import timezone

from actions.letters import ladders
from actions.letters.envelopes import letter_key, seal
from actions.letters.text import subject_line
from actions.models import Action, Letter, Route
from actions.status.evidence import SETTLED_WITHIN
from demo.taking import Taken
from legislators.contacts import reach
from legislators.lookup import Place
from worker import outbox
from worker.channels.email import message_id
from worker.models import Attempt, Delivery, State

HOW_THEY_END = {State.SENT: 960, State.FAILED: 28, State.UNCERTAIN: 12}
# An SMTP code and words as a mail server or our worker would have put them.
ANSWERS: dict[str, tuple[int | None, str]] = {
    State.SENT: (250, "2.0.0 Ok: queued"),
    State.FAILED: (550, "5.1.1 Recipient address rejected: mailbox unavailable"),
    State.UNCERTAIN: (
        None,
        "The line broke after the message was handed over and before an answer came.",
    ),
    State.CANCELLED: (None, "withdrawn by its writer"),
}
SELF_SENT = 0.45


def fill(taken: Sequence[Taken], dice: random.Random) -> None:
    """One letter for each action and seat, by the route that it would take today."""
    places = {place.seat.pk: place for one in taken for place in one.places}
    facts = ladders.facts_for(list(places.values()))
    routes = {seat: ladders.route_to_place(place, facts) for seat, place in places.items()}
    envelopes = {
        delivery.key: delivery for one in taken for delivery in envelopes_of(one, routes, dice)
    }
    Delivery.objects.bulk_create(envelopes.values(), batch_size=300)
    # The database wrote down today as the day on which they were posted.
    Delivery.objects.filter(
        scope_key__in={delivery.scope_key for delivery in envelopes.values()}
    ).update(posted_at=F("due_at"))
    Attempt.objects.bulk_create(
        [attempt for delivery in envelopes.values() for attempt in attempts(delivery)],
        batch_size=500,
    )
    written = [
        letter(one.action, place, routes[place.seat.pk], envelopes, dice)
        for one in taken
        for place in one.places
    ]
    Letter.objects.bulk_create(written, batch_size=500)


def envelopes_of(one: Taken, routes: Mapping[int, str], dice: random.Random) -> Iterator[Delivery]:
    """For the offices that take e-mail."""
    for place in one.places:
        if routes[place.seat.pk] == Route.EMAIL:
            yield envelope(one.action, place, end_of(one.action, dice), dice)


def end_of(action: Action, dice: random.Random) -> str:
    """The state of its delivery: dice decide only for what was not taken back."""
    # Thrown for everybody, needed or not: all later throws then fall as they did.
    [end] = dice.choices(list(HOW_THEY_END), list(HOW_THEY_END.values()))
    if action.state == Action.State.WITHDRAWN:
        return State.CANCELLED
    return end


def envelope(action: Action, place: Place, end: str, dice: random.Random) -> Delivery:
    at = action.confirmed_at or action.created_at
    empty = blank(action, place)
    sealed = (
        empty
        if end in (State.SENT, State.CANCELLED)
        else seal(action, place, Route.EMAIL, empty.recipient) or empty
    )
    delivery = outbox.seal(sealed, at)
    delivery.state, delivery.rehearsal = end, True
    delivery.settled_at = at + dt.timedelta(seconds=dice.uniform(2, 90))
    delivery.attempts_made = 0 if end == State.CANCELLED else 1
    return delivery


def blank(action: Action, place: Place) -> outbox.Envelope:
    """Addressed as actions.letters.envelopes addresses it, without a message."""
    email = reach(place.holder.legislator).email if place.holder else ""
    return outbox.Envelope(
        key=letter_key(action, place),
        lane=f"letters:{email.rpartition('@')[2].lower()}",
        recipient=email,
        subject=subject_line(action, place),
        message=b"",
        message_id=message_id("letter", action.public_id, place.seat.pk),
        sender_key=f"action:{action.public_id}",
        recipient_key=f"seat:{place.seat.pk}",
        scope_key=f"campaign:{action.ask.campaign_id}",
    )


def attempts(delivery: Delivery) -> Iterator[Attempt]:
    """What the outbox and the worker would have left; none yet of a letter that waits."""
    if delivery.settled_at is None:
        return
    code, answer = ANSWERS[delivery.state]
    if delivery.state == State.CANCELLED:
        yield Attempt(
            delivery=delivery,
            at=delivery.settled_at,
            state=State.CANCELLED,
            answer=answer,
            author="supporter",
        )
        return
    yield Attempt(delivery=delivery, at=delivery.due_at, state=State.QUEUED, author="confirmation")
    yield Attempt(delivery=delivery, at=delivery.settled_at, state=State.DATA, author="worker")
    yield Attempt(
        delivery=delivery,
        at=delivery.settled_at,
        state=delivery.state,
        code=code,
        answer=answer,
        author="worker",
    )


def letter(
    action: Action, place: Place, route: str, envelopes: dict[str, Delivery], dice: random.Random
) -> Letter:
    envelope = envelopes.get(letter_key(action, place))
    says_so = (
        route == Route.ASSISTED
        and action.state == Action.State.CONFIRMED
        and dice.random() < SELF_SENT
    )
    return Letter(
        action=action,
        seat=place.seat,
        legislator=place.holder.legislator if place.holder else None,
        holder_name=place.holder.legislator.name if place.holder else "",
        route=route,
        delivery=envelope,
        bad_address=envelope.recipient if envelope and envelope.state == State.FAILED else "",
        rehearsal=True,
        reported_at=action.confirmed_at if says_so else None,
        told_at=envelope.settled_at if envelope and envelope.state == State.FAILED else None,
        told_late_at=told_late(envelope),
    )


def told_late(envelope: Delivery | None) -> dt.datetime | None:
    """When actions.followup.tell_writers would have written that nobody could find out; None while
    that is still to come.
    """
    if envelope is None or envelope.settled_at is None or envelope.state != State.UNCERTAIN:
        return None
    at = envelope.settled_at + SETTLED_WITHIN
    return at if at <= timezone.now() else None
