"""What became of one person's letters and calls, office by office, and what is left for them to
do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from actions.letters.fates import Fates, of_letter
from actions.letters.text import Words, sealed_words
from actions.models import Action, Call, Letter, Route
from actions.offices import (
    holder_name,
    office_name,
    places_today,
    turnover_in_words,
    with_holders,
)
from actions.status.by_hand import ByHand, to_do
from actions.status.evidence import has_ended, is_late, notes, their_words
from actions.status.letter_status import letter_status
from campaigns import scripts
from campaigns.models import Ending
from legislators.lookup import Place
from worker.models import Delivery, State

# What is left for the writer to do.
EVERYTHING, A_CALL, NOTHING = "everything", "call", ""


def letters_of(action: Action, *, only: Collection[int] | None = None) -> list[dict[str, Any]]:
    """One entry per office (or for the letters with these ids), in the order of the chambers.

    Eight queries, however many letters.
    """
    return letters_of_each([action], only=only)[action.pk]


def letters_of_each(
    actions: Collection[Action], *, only: Collection[int] | None = None
) -> dict[int, list[dict[str, Any]]]:
    """The same of several actions, by their ids, in as many queries where those of one campaign
    share its instance.
    """
    mine = {action.pk: action for action in actions}
    letters = Letter.objects.filter(action__in=mine)
    letters = letters.select_related(
        "seat__jurisdiction", "seat__limit", "delivery"
    ).prefetch_related(with_holders("seat__"), "delivery__attempts", "delivery__returns")
    if only is not None:
        letters = letters.filter(pk__in=only)
    chosen = list(letters.order_by("seat__chamber", "seat__position"))
    for letter in chosen:
        letter.action = mine[letter.action_id]
    paused = paused_deliveries(chosen)
    said = Call.objects.filter(action__in=mine)
    calls = {(call.action_id, call.seat_id): call for call in said}
    places = places_today([letter.seat for letter in chosen])
    scripts_of: dict[tuple[int, str], str] = {}
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in mine}
    for letter, place in zip(chosen, places, strict=True):
        action, script = letter.action, ""
        campaign = action.ask.campaign
        # Read only where somebody will see it.
        if needs(action, letter):
            key = (campaign.pk, action.language)
            if key not in scripts_of:
                scripts_of[key] = scripts.of_campaign(campaign, action.language)
            script = scripts_of[key]
        is_paused = letter.delivery_id in paused
        found[action.pk].append(
            item(
                action,
                letter,
                place,
                calls.get((action.pk, letter.seat_id)),
                script,
                is_paused=is_paused,
                ending=campaign.undoable if paused else None,
            )
        )
    return found


def fates_of(items: Collection[dict[str, Any]]) -> Fates:
    """How many go, need their writer, find nobody or wait."""
    return Fates.of(
        of_letter(
            item["letter"],
            item["place"],
            needs_writer=bool(item["needs"]) and not item["reported_at"],
            is_paused=item["is_paused"],
        )
        for item in items
    )


def in_turn(items: Collection[dict[str, Any]]) -> int:
    """How many offices still need their writer. Each of these is told its `turn`, from 1."""
    left = [item for item in items if item["needs"] and not item["reported_at"]]
    for turn, item in enumerate(left, start=1):
        item["turn"] = turn
    return len(left)


def paused_deliveries(letters: Collection[Letter]) -> set[int]:
    """The deliveries in line that a Hold keeps back."""
    waiting = [
        letter.delivery.pk
        for letter in letters
        if letter.delivery and letter.delivery.state == State.QUEUED
    ]
    if not waiting:
        return set()
    free = Delivery.objects.filter(pk__in=waiting).not_paused().values_list("pk", flat=True)
    return set(waiting) - set(free)


def item(
    action: Action,
    letter: Letter,
    place: Place,
    call: Call | None,
    script: str,
    *,
    is_paused: bool,
    ending: Ending | None,
) -> dict[str, Any]:
    """What the status page, and a mail, say about one office."""
    left = needs(action, letter)
    status = letter_status(action, letter, place, is_paused=is_paused, ending=ending)
    by_hand = to_do(action, place, script=script, only_call=left == A_CALL) if left else ByHand()
    delivery = letter.delivery
    # Their own word about it is the last one, unless we are still bringing it there.
    by_word = bool(letter.reported_at and (delivery is None or has_ended(delivery)))
    return {
        "name": letter.holder_name,
        "office": office_name(place.seat),
        "seat_id": letter.seat_id,
        "route": letter.route,
        "state_word": status.word,
        "explanation": status.sentence,
        "shape": status.shape,
        "when": letter.reported_at if by_word or not delivery else delivery.settled_at,
        "evidence": their_words(delivery),
        "notes": notes(delivery),
        "needs": left,
        "turnover": turnover_in_words(place) if left else "",
        "by_hand": by_hand,
        "words": words_of(letter, by_hand),
        "call": call if call and call.outcome else None,
        "reported_at": letter.reported_at,
        "rehearsal": bool(delivery and delivery.rehearsal),
        "letter": letter,
        "place": place,
        "is_paused": is_paused,
    }


def words_of(letter: Letter, by_hand: ByHand) -> Words | None:
    """Its very words: as they were sealed, or as its writer is to bring them; None where they were
    forgotten since, or nothing was written.
    """
    if letter.delivery:
        return sealed_words(letter.delivery.channel, bytes(letter.delivery.message))
    return Words(by_hand.subject, by_hand.text) if by_hand.text else None


def needs(action: Action, letter: Letter) -> str:
    """What only its writer can still do: everything where it goes no more, a call where it is in
    doubt.
    """
    if action.state == Action.State.WITHDRAWN or letter.route == Route.NONE:
        return NOTHING
    if letter.needs_its_writer:
        return EVERYTHING
    if letter.delivery is None:
        return NOTHING
    if letter.delivery.state == State.CANCELLED and action.state == Action.State.CONFIRMED:
        return EVERYTHING
    if is_late(letter.delivery):
        return A_CALL if letter.delivery.state == State.UNCERTAIN else EVERYTHING
    return NOTHING


def calls_of(action: Action) -> list[dict[str, Any]]:
    """Each office to be called, its numbers and what to say there, and what came of it, as its
    caller told us.
    """
    made = (
        action.calls.select_related("seat__jurisdiction")
        .prefetch_related(with_holders("seat__"))
        .order_by("seat__chamber", "seat__position")
    )
    if action.ask.kind != action.ask.Kind.CALL or not made:
        return []
    script = scripts.of_campaign(action.ask.campaign, action.language)
    places = places_today([call.seat for call in made])
    return [called(action, call, place, script) for call, place in zip(made, places, strict=True)]


def called(action: Action, call: Call, place: Place, script: str) -> dict[str, Any]:
    """What the status page says about one call."""
    return {
        "name": holder_name(place),
        "office": office_name(place.seat),
        "seat_id": call.seat_id,
        "call": call if call.outcome else None,
        "turnover": turnover_in_words(place),
        "needs": A_CALL if action.state != Action.State.WITHDRAWN else NOTHING,
        "by_hand": to_do(action, place, script=script, only_call=True),
    }
