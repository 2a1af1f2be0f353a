"""The mailbox answered: one submission becomes the action that counts, with its letters.

What is confirmed is what was shown: letters are sealed here, from this submission and no other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions import guardians, notices
from actions.letters.finished import FinishedLetter, finish
from actions.letters.write import write_letters
from actions.models import NEVER_LEFT, TAKEN_OVER, Action, Call, Letter, Submission
from actions.offices import has_reader, places_by_id
from actions.screening.why_quarantined import MANY_NAMES
from actions.take import FilledForm, as_typed, counted_action
from actions.withdraw import lock, move, stop
from campaigns.models import Ask
from legislators.lookup import Place
from supporters import consent
from supporters.models import Consent, Supporter
from supporters.people import (
    Entry,
    key_today,
    learn_details,
    recognize,
    remember,
    stranger,
    take_turns,
)

# One mailbox may speak for a household: people of different names at one ZIP code, this many and no
# more without a look.
HOUSEHOLD = 4


@transaction.atomic
def confirm(submission: Submission) -> Action | None:
    """The mailbox answered and chose this one: count it, learn what was typed, seal its letters.

    Returns the action that counts; None where it does not, as for a letter to nobody. Twice is
    once, and the first one chosen stands. A quarantined submission stays in quarantine, and the
    answer is kept as an appeal. Raises Submission.DoesNotExist for one that was forgotten
    meanwhile.
    """
    # Everybody of its mailbox takes turns; then its state is what nobody else can change.
    take_turns(submission.mailbox)
    lock(submission)
    name_by_todays_key(submission)
    counted = counted_action(submission)
    if counted:
        return counted
    if submission.state == Submission.State.QUARANTINED:
        change(submission, appealed_at=timezone.now())
    elif submission.state == Submission.State.WAITING and fills_the_house(submission):
        change(
            submission,
            state=Submission.State.QUARANTINED,
            quarantined_because=MANY_NAMES,
            appealed_at=timezone.now(),
        )
        notices.quarantined(submission)
    elif submission.state == Submission.State.WAITING:
        return accept(submission)
    return submission.action


def writes_to_nobody(submission: Submission, places: Collection[Place] | None = None) -> bool:
    """Whether it is a letter that no office reads any more. `places` are all of its seats', where
    they are known already.
    """
    if submission.ask.kind != Ask.Kind.LETTER or submission.needs_lookup:
        return False
    found = places_by_id(submission.seats) if places is None else places
    return not any(map(has_reader, found))


def name_by_todays_key(submission: Submission) -> None:
    """Sent to a process of the release before, or before its supporter was rekeyed, it may have
    another key than its supporter (actions.rekeying).
    """
    if submission.entry:
        key = key_today(Entry(**submission.entry))
        if key != submission.supporter_key:
            change(submission, supporter_key=key)


def fills_the_house(submission: Submission) -> bool:
    """Whether this mailbox already speaks for a full household, or for people at another ZIP
    code.
    """
    others = (
        Action.objects.counted()
        .filter(ask=submission.ask_id, supporter__mailbox=submission.mailbox)
        .exclude(supporter__key=submission.supporter_key)
    )
    zips = list(others.values_list("supporter__zip", flat=True))
    elsewhere = submission.entry.get("zip", "")
    return len(zips) >= HOUSEHOLD or any(zip_code != elsewhere for zip_code in zips)


def accept(submission: Submission) -> Action | None:
    """It becomes the action: its supporter learns it, its letters are sealed as they were shown. A
    letter to nobody does not, and keeps waiting.

    A campaign that ended meanwhile sends no more letters, but the voice stays counted.
    """
    places = places_by_id(submission.seats)
    if writes_to_nobody(submission, places):
        return None

    # Who it is, and what they allowed, now that it is surely them.
    entry = submission.entry
    supporter = remember(Entry(**entry))
    learn_details(supporter, entry, age_was_asked=submission.ask.campaign.asks_age)
    if supporter.is_minor:
        forget_answers(supporter)
    action = take_up(submission, supporter)
    allow(action)

    # What comes of it.
    write_letters(action, not_written_to(submission, places))
    if action.ask.kind == Ask.Kind.CALL:
        report_calls(action, submission.outcomes)
    if not action.ask.campaign.sends:
        stop(action, reason="the campaign closed before the mailbox answered", author="take-action")

    # Its words are the action's now; an entry that lookup has yet to read stays there too.
    move(action, action.state, entry=entry if action.needs_lookup else {})
    guardian = submission.guardian
    change(submission, state=Submission.State.CONFIRMED, action=action, **TAKEN_OVER)
    notices.receipt(action)
    if guardian:
        guardians.ask(action, guardian)
    return action


def take_up(submission: Submission, supporter: Supporter) -> Action:
    """Their action on this ask, counted: a new one, or the one they took back, begun anew."""
    fields = becomes(submission, supporter)
    before = Action.objects.filter(ask=submission.ask_id, supporter=supporter)
    action: Action | None = before.select_for_update().first()
    if action is None:
        return Action.objects.create(**fields)
    make_room(action)
    for name, value in fields.items():
        setattr(action, name, value)
    action.save(update_fields=list(fields))
    return action


def becomes(submission: Submission, supporter: Supporter) -> dict[str, Any]:
    """The fields of the action that it becomes."""
    now = timezone.now()
    return {
        **submission.typed(),
        # Known to be young from another form, whatever this one said.
        "answers": [] if supporter.is_minor else submission.answers,
        "supporter": supporter,
        "idempotency_key": submission.public_id,
        "state": Action.State.CONFIRMED,
        "quarantined_because": "",
        "created_at": submission.created_at,
        "confirmed_at": now,
        "changed_at": now,
        "withdrawn_at": None,
    }


def forget_answers(supporter: Supporter) -> None:
    """To the questions of asks that took them for grown: nobody under 18 is asked any."""
    answered = Action.objects.filter(supporter=supporter).exclude(answers=[])
    answered.update(answers=[], changed_at=timezone.now())


def make_room(action: Action) -> None:
    """Letters that had left stay, and no office gets a second one; the others never will leave."""
    stop(action, reason="its writer chose other words", author="supporter")
    action.letters.filter(NEVER_LEFT).delete()
    action.calls.all().delete()


def not_written_to(submission: Submission, places: Collection[Place]) -> list[Place]:
    """Whom it writes to: an office that has their letter on this ask gets no second one."""
    before = Letter.objects.filter(
        action__ask=submission.ask_id, action__supporter__key=submission.supporter_key
    )
    has_theirs = set(before.exclude(NEVER_LEFT).values_list("seat_id", flat=True))
    return [place for place in places if place.seat.pk not in has_theirs]


def finished_letters(submission: Submission) -> list[FinishedLetter]:
    """Its letters as confirming would seal them now. Nothing is stored."""
    if submission.ask.kind != Ask.Kind.LETTER:
        return []
    action = Action(**becomes(submission, recognize(Entry(**submission.entry))))
    # By the name that confirming will give it.
    submission.supporter_key = key_today(Entry(**submission.entry))
    return finish(action, not_written_to(submission, places_by_id(submission.seats)))


def letters_of_form(ask: Ask, form: FilledForm) -> list[FinishedLetter]:
    """The letters of a form that nobody has sent yet, as they would be sealed now. Nothing is
    stored, and nothing is told of whoever may be known by that name.
    """
    submission = Submission(ask=ask, created_at=timezone.now(), **as_typed(ask, form))
    return finish(Action(**becomes(submission, stranger(form.entry))), form.places)


def allow(action: Action) -> None:
    """Write down what they ticked, now that it is surely them."""
    granted = dict(action.permissions)
    if action.newsletter_wording:
        granted[Consent.Purpose.NEWSLETTER] = action.newsletter_wording
    if action.name_is_public:
        with translation.override(action.language):
            granted[Consent.Purpose.PUBLIC_NAME] = _("Show my first name and place on this page")
    for purpose, wording in granted.items():
        consent.grant(
            action.writer,
            purpose,
            wording,
            language=action.language,
            campaign=action.ask.campaign,
        )


def report_calls(action: Action, outcomes: Mapping[str, str]) -> None:
    """What came of each call, and which offices are still to be called: their private page goes on
    from there.
    """
    now = timezone.now()
    Call.objects.bulk_create(
        Call(action=action, seat_id=int(seat), outcome=told, reported_at=now if told else None)
        for seat, told in outcomes.items()
    )


def change(submission: Submission, **changes: object) -> None:
    """And let the counts notice."""
    for name, value in {"changed_at": timezone.now(), **changes}.items():
        setattr(submission, name, value)
    submission.save(update_fields=["changed_at", *changes])
