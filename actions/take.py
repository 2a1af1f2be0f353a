"""Taking action: the heart.

One person does one ask; their letters are posted with it, and wait until the mailbox answers.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions import notices
from actions.letters.write import write_letters
from actions.models import Action, Call
from campaigns.models import Ask
from campaigns.petitions import current_text
from legislators.lookup import Place
from supporters import consent
from supporters.models import Consent, Supporter
from supporters.people import Entry, learn_details, remember
from worker import outbox
from worker.models import State

# One mailbox may speak for a household: people of different names at one ZIP code, this many and no
# more without a look.
HOUSEHOLD = 4


class CampaignClosed(Exception):
    """The campaign takes no actions now; the page gives the person's words back."""


@dataclass(frozen=True)
class Submission:
    """What came out of the forms.

    `places` are those the person's ask addresses, already chosen where a ZIP was split.
    """

    key: uuid.UUID
    entry: Entry
    places: Sequence[Place] = ()
    subject: str = ""
    statement: str = ""
    statement_edited: bool = False
    own_words: str = ""
    outcomes: Mapping[int, str] = field(default_factory=dict)
    newsletter_wording: str = ""
    name_is_public: bool = False
    needs_lookup: bool = False
    chosen_by_person: bool = False
    source: str = ""
    suspicion: str = ""


@transaction.atomic
def take_action(ask: Ask, submission: Submission) -> Action:
    """Record one person's action, post their letters and the mail that asks their mailbox.

    Acting twice returns the first action and sends nothing more than a note to the mailbox; whoever
    withdrew may act again. Raises CampaignClosed. Nothing leaves the building until the transaction
    commits, and no letter before the action is confirmed.
    """
    if not ask.campaign.is_open:
        raise CampaignClosed(ask.campaign.slug)

    # Who it is, and whether they did this before.
    supporter = remember(submission.entry)
    action, is_new = get_or_add(ask, supporter, submission)
    if not is_new and not take_up_anew(action, submission):
        notices.already(action)
        return action

    # What comes of it. Letters are posted now, so that none is lost, and wait for the mailbox.
    write_letters(action, submission.places)
    if ask.kind == Ask.Kind.CALL:
        report_calls(action, submission)

    # Their mailbox has the last word, unless the campaign asks for none.
    if action.state == Action.State.PENDING and not ask.campaign.confirms_by_mail:
        confirm(action, by_mail=False)
    else:
        notices.ask_to_confirm(action)
    return action


def get_or_add(ask: Ask, supporter: Supporter, submission: Submission) -> tuple[Action, bool]:
    """The person's action on this ask.

    A form sent again under another name (a typo put right) is another action with a key of its own.
    """
    taken = (
        Action.objects.filter(idempotency_key=submission.key)
        .exclude(ask=ask, supporter=supporter)
        .exists()
    )
    key = uuid.uuid5(submission.key, supporter.key) if taken else submission.key
    return Action.objects.select_related("ask__campaign", "supporter").get_or_create(
        ask=ask,
        supporter=supporter,
        defaults={
            "idempotency_key": key,
            "created_at": timezone.now(),
            **as_typed(ask, submission),
        },
    )


def take_up_anew(action: Action, submission: Submission) -> bool:
    """Take up a withdrawn action with what was typed now.

    What never left makes room; the very form that was withdrawn stays withdrawn.
    """
    if action.state != Action.State.WITHDRAWN or action.idempotency_key == submission.key:
        return False
    changes = {
        "idempotency_key": submission.key,
        "withdrawn_at": None,
        "confirmed_at": None,
        **as_typed(action.ask, submission),
    }
    for name, value in changes.items():
        setattr(action, name, value)
    action.save(update_fields=list(changes))
    # Letters that had left stay, and no office gets a second one.
    action.letters.filter(Q(delivery=None) | Q(delivery__state=State.CANCELLED)).delete()
    action.calls.all().delete()
    return True


def as_typed(ask: Ask, submission: Submission) -> dict[str, Any]:
    """An action's fields as one submission gives them."""
    first, entry = (submission.places[0] if submission.places else None), submission.entry
    return {
        "state": Action.State.QUARANTINED if submission.suspicion else Action.State.PENDING,
        "quarantined_because": submission.suspicion,
        "us_state": entry.state,
        "language": entry.language,
        "source": submission.source,
        "petition_text": (
            current_text(ask, entry.language) if ask.kind == Ask.Kind.PETITION else None
        ),
        "name_is_public": submission.name_is_public and not entry.is_minor,
        "subject": submission.subject,
        "statement": submission.statement,
        "statement_edited": submission.statement_edited,
        "own_words": submission.own_words,
        "entry": entry.as_dict(),
        "newsletter_wording": "" if entry.is_minor else submission.newsletter_wording,
        "needs_lookup": submission.needs_lookup,
        # One lookup found them all: the first says how.
        "match_method": first.method if first else "",
        "match_certain": all(place.certain for place in submission.places),
        "chosen_by_person": submission.chosen_by_person,
        "changed_at": timezone.now(),
    }


def report_calls(action: Action, submission: Submission) -> None:
    """What came of each call, and which offices are still to be called: their private page goes on
    from there.
    """
    now = timezone.now()
    to_call = {place.seat.pk: "" for place in submission.places if place.holder}
    outcomes = {**to_call, **submission.outcomes}
    calls = [
        Call(action=action, seat_id=seat, outcome=told, reported_at=now if told else None)
        for seat, told in outcomes.items()
    ]
    Call.objects.bulk_create(calls)


@transaction.atomic
def confirm(action: Action, *, by_mail: bool = True) -> Action:
    """The mailbox answered: count the action, learn what was typed, let the letters go.

    Twice is once.

    A quarantined action stays in quarantine, and its owner's answer is kept as an appeal. A
    withdrawn one stays withdrawn.
    """
    # Locks first: the action, then everybody of its mailbox.
    action = locked(action)
    take_turns(action.supporter.mailbox)
    if by_mail:
        prove(action.supporter)

    # By its state as it is now that nobody else can change it.
    if action.state == Action.State.QUARANTINED:
        move(action, action.state, appealed_at=timezone.now())
    elif action.state == Action.State.PENDING and fills_the_house(action):
        move(
            action,
            Action.State.QUARANTINED,
            quarantined_because="many names on one mailbox",
            appealed_at=timezone.now(),
        )
        notices.quarantined(action)
    elif action.state == Action.State.PENDING:
        accept(action)
    return action


def take_turns(mailbox: str) -> None:
    """Whoever else confirms from this mailbox waits here, so that the household's count sees them
    all.
    """
    list(
        Supporter.objects.select_for_update()
        .filter(mailbox=mailbox)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def accept(action: Action) -> None:
    """Count it.

    A campaign that closed meanwhile sends no more letters, but the voice stays counted.
    """
    # Only a mailbox that answered says that what was typed is true, and that they allowed it.
    supporter = action.supporter
    if supporter.proven_at:
        learn_details(supporter, action.entry)
        allow(action)

    # Still needed: an entry that lookup has yet to read, or that no supporter has learned.
    learned = supporter.proven_at and not action.needs_lookup
    move(
        action,
        Action.State.CONFIRMED,
        confirmed_at=timezone.now(),
        entry={} if learned else action.entry,
    )
    # A campaign that is only paused takes nobody new; who acted before is still heard.
    waiting = [letter.delivery_id for letter in action.letters.all() if letter.delivery_id]
    if action.ask.campaign.state in ("live", "paused"):
        outbox.release(waiting)
    else:
        outbox.cancel(
            waiting, reason="the campaign closed before the mailbox answered", author="take-action"
        )
    notices.receipt(action)


def allow(action: Action) -> None:
    """Write down what they ticked, now that it is surely them."""
    if action.newsletter_wording:
        consent.grant(
            action.supporter,
            Consent.Purpose.NEWSLETTER,
            action.newsletter_wording,
            language=action.language,
            campaign=action.ask.campaign,
        )
    if action.name_is_public:
        wording = "Show my first name and place on this page"
        consent.grant(
            action.supporter,
            Consent.Purpose.PUBLIC_NAME,
            wording,
            language=action.language,
            campaign=action.ask.campaign,
        )


@transaction.atomic
def withdraw(
    action: Action, *, author: str = "supporter", reason: str = "withdrawn by its writer"
) -> Action:
    """Take it back: the count follows, and what has not left yet never will. Twice is once."""
    action = locked(action)
    if action.state != Action.State.WITHDRAWN:
        move(
            action,
            Action.State.WITHDRAWN,
            withdrawn_at=timezone.now(),
            name_is_public=False,
            needs_lookup=False,
            entry={},
        )
        waiting = [letter.delivery_id for letter in action.letters.all() if letter.delivery_id]
        outbox.cancel(waiting, reason=reason, author=author)
    return action


@transaction.atomic
def release(action: Action) -> Action:
    """A person looked at a quarantined action and found it fair.

    It counts if its mailbox has answered, else when it does.
    """
    action = locked(action)
    if action.state == Action.State.QUARANTINED:
        move(action, Action.State.PENDING, quarantined_because="")
        if action.appealed_at:
            accept(action)
        else:
            notices.ask_to_confirm(action)
    return action


def locked(action: Action) -> Action:
    """Whoever changes an action reads it anew, under its lock."""
    return (
        Action.objects.select_for_update(of=("self",))
        .select_related("ask__campaign", "supporter")
        .get(pk=action.pk)
    )


def prove(supporter: Supporter) -> None:
    """Its mailbox answered."""
    if supporter.proven_at is None:
        supporter.proven_at = timezone.now()
        supporter.save(update_fields=["proven_at"])


def fills_the_house(action: Action) -> bool:
    """Whether this mailbox already speaks for a full household, or for people at another ZIP
    code.
    """
    others = (
        Action.objects.counted()
        .filter(ask=action.ask, supporter__mailbox=action.supporter.mailbox)
        .exclude(pk=action.pk)
    )
    zips = list(others.values_list("supporter__zip", flat=True))
    own_zip = action.entry.get("zip", "")
    return len(zips) >= HOUSEHOLD or any(zip_code != own_zip for zip_code in zips)


def move(action: Action, state: str, **changes: object) -> None:
    """Change its state and what goes with it, and let the counts notice."""
    for name, value in {"state": state, "changed_at": timezone.now(), **changes}.items():
        setattr(action, name, value)
    action.save(update_fields=["state", "changed_at", *changes])
