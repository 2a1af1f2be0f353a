"""What became of one person's letters, in words that claim no more than the evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.models import Action, Letter
from actions.sealing import text
from actions.write import office
from legislators.contacts import Reach, reach
from legislators.lookup import Place
from legislators.models import Term
from worker.models import Delivery, State

# After this long without a bounce the words change; never to "delivered".
BOUNCES_WITHIN = dt.timedelta(hours=48)


def items(action: Action, *, only: Collection[int] | None = None) -> list[dict[str, Any]]:
    """One entry per office (or for the letters with these ids), in the order of the chambers. Four queries, however many letters."""
    today = timezone.localdate()
    current = Prefetch("seat__terms", Term.objects.current(today).select_related("legislator").prefetch_related("legislator__contacts"))
    letters = action.letters.select_related("seat__jurisdiction", "delivery").prefetch_related(current, "delivery__attempts")
    chosen = letters if only is None else letters.filter(pk__in=only)
    return [item(action, letter) for letter in chosen.order_by("seat__chamber", "seat__position")]


def calls(action: Action) -> list[tuple[str, str]]:
    """Each office that was called, and what came of it, as its caller told us."""
    made = action.calls.select_related("seat__jurisdiction").order_by("seat__chamber", "seat__position")
    return [(office(Place(call.seat, None, "unknown", True, "", 0, "", "")), call.get_outcome_display()) for call in made]


def item(action: Action, letter: Letter) -> dict[str, Any]:
    term = next(iter(letter.seat.terms.all()), None)
    contact = reach(term.legislator) if term else Reach()
    place = Place(letter.seat, term, "held" if term else "vacant", True, "", 0, "", "")
    word, explanation, shape = in_words(action, letter)
    return {
        "name": letter.holder_name,
        "office": office(place),
        "seat_id": letter.seat_id,
        "route": letter.route,
        "state_word": word,
        "explanation": explanation,
        "shape": shape,
        "when": letter.delivery.settled_at if letter.delivery else letter.reported_at,
        "evidence": evidence(letter.delivery),
        "needs_another_way": needs_another_way(action, letter),
        "text": text(action, place) if needs_another_way(action, letter) else "",
        "form_url": contact.form,
        "site_url": contact.website,
        "phone": contact.phone,
        "reported_at": letter.reported_at,
        "rehearsal": bool(letter.delivery and letter.delivery.rehearsal),
    }


def needs_another_way(action: Action, letter: Letter) -> bool:
    return action.state != Action.State.WITHDRAWN and letter.needs_its_writer


def in_words(action: Action, letter: Letter) -> tuple[str, str, str]:
    """A word, a sentence and a shape ("done", "waiting", "trouble" or "you")."""
    if letter.route == Letter.Route.NONE:
        return _("Empty seat"), _("This seat is empty; nothing to send. The others go ahead."), "waiting"
    if letter.reported_at and letter.needs_its_writer:
        return _("Sent by you"), _("You told us that you sent it yourself. We count that as your word."), "done"
    if action.state == Action.State.WITHDRAWN and (letter.delivery is None or letter.delivery.state == State.CANCELLED):
        return _("Withdrawn"), _("You took it back before it left."), "waiting"
    if letter.route in Letter.BY_HAND:
        return _("Needs you"), _("This office takes no letters from us. Here is your text, and the way to their door."), "you"
    if letter.delivery and letter.route == Letter.Route.CWC and not ended_silently(letter.delivery):
        return congress_in_words(letter.delivery) or delivery_in_words(letter.delivery)
    return delivery_in_words(letter.delivery)


def congress_in_words(delivery: Delivery) -> tuple[str, str, str] | None:
    """What differs from mail: a chamber's system answers at once, for good, and knows what it has."""
    is_senate = delivery.recipient.startswith("S")
    if delivery.state == State.SENT and not delivery.rehearsal:
        by_senate = _("The Senate’s own message system took it for this office. We can't see whether anyone read it.")
        by_house = _("The House’s own message system took it for this office. We can't see whether anyone read it.")
        return _("Accepted"), by_senate if is_senate else by_house, "done"
    if delivery.state == State.FAILED:
        by_senate = _("The Senate’s message system refused it. A call or their own form still gets through.")
        by_house = _("The House’s message system refused it. A call or their own form still gets through.")
        return _("Not accepted"), by_senate if is_senate else by_house, "trouble"
    return None


def delivery_in_words(delivery: Delivery | None) -> tuple[str, str, str]:
    state = delivery.state if delivery else State.QUEUED
    if state == State.HELD:
        return _("Waiting for you"), _("It leaves when you press the button in the mail that we sent you."), "waiting"
    if state in (State.QUEUED, State.CLAIMED, State.DATA):
        return _("On its way"), _("It is in line and leaves soon."), "waiting"
    if state == State.SENT and delivery and delivery.rehearsal:
        return _("Rehearsed"), _("Practice mode: it went to this machine's own mail catcher and to nobody else."), "done"
    if state == State.SENT and ended_silently(delivery):
        return _("Accepted"), _("It was in doubt. A person here looked into it and found that it arrived."), "done"
    if state == State.SENT and delivery and delivery.settled_at:
        return sent_in_words(delivery.settled_at)
    if state == State.UNCERTAIN:
        return _("Not sure"), _("The line broke while we handed it over. We don't send it twice; a person is finding out."), "trouble"
    if state == State.CANCELLED:
        return _("Not sent"), _("It was stopped before it left."), "waiting"
    if ended_silently(delivery):
        return _("Not accepted"), _("We could not hand it over. A call or their own form still gets through."), "trouble"
    return _("Not accepted"), _("The office's mail server refused it. A call or their own form still gets through."), "trouble"


def sent_in_words(settled_at: dt.datetime) -> tuple[str, str, str]:
    if timezone.now() - settled_at > BOUNCES_WITHIN:
        return (
            _("Accepted, no bounce"),
            _("The office's mail server accepted it and nothing came back. We can't see whether anyone read it."),
            "done",
        )
    return _("Accepted"), _("The office's mail server accepted it. We can't see whether anyone read it."), "done"


def ended_silently(delivery: Delivery | None) -> bool:
    """No peer said the last word: a person did, or the time ran out."""
    lines = list(delivery.attempts.all()) if delivery else []
    return bool(delivery and lines and lines[-1].state == delivery.state and lines[-1].code is None)


def evidence(delivery: Delivery | None) -> str:
    """The peer's own words at the last step, if a peer spoke."""
    if delivery is None:
        return ""
    spoken = [attempt.answer for attempt in delivery.attempts.all() if attempt.answer and attempt.code]
    return spoken[-1] if spoken else ""


@transaction.atomic
def report(action: Action, *, seat_id: int, at: dt.datetime) -> bool:
    """The writer says they sent it themselves. Counted apart from what we have evidence for; a second time changes nothing."""
    # Whoever sends a refused letter again takes the action first as well: an office gets it one way.
    action = Action.objects.select_for_update().get(pk=action.pk)
    letter = action.letters.select_related("delivery").filter(seat_id=seat_id, reported_at=None).first()
    done = letter is not None and needs_another_way(action, letter)
    if letter and done:
        letter.reported_at = at
        letter.save(update_fields=["reported_at"])
        action.changed_at = at
        action.save(update_fields=["changed_at"])
    return done
