"""What was sealed of somebody who is erased: stopped where it has not begun, blanked where it is
over, and kept until it is settled where it may have left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actions.erasing.person import Person
from actions.models import Action, KeptSeal, Letter
from supporters.mail import LANES, mailbox_key_of
from worker import outbox
from worker.models import Attempt, CaughtMail, DeadAddress, Delivery, PrintPart, Return
from worker.retention import OVER

AUTHOR, REASON = "take-action", "its writer was erased"
BLANK = {"message": b"", "subject": "", "writer_key": ""}
# Of mail to themselves the address too.
BLANK_MAIL = {**BLANK, "recipient": ""}
# Kinds of mail whose keys name an action by its row, or a submission, or an organization's
# signature, by its public id.
ABOUT_ACTIONS = (
    "receipt",
    "already",
    "failed",
    "late",
    "unaddressed",
    "again",
    "guardian_refused",
    "confirm",
    "held",
    "refused",
    "sign_on",
    "sign_on_again",
    "sign_on_approved",
    "sign_on_declined",
    "sign_on_changed",
    "sign_on_delivered",
)


def let_go(
    people: Sequence[Person], *, actions: Collection[int], submissions: Collection[str]
) -> None:
    """Letters of these actions to offices, and mail to these people about them. `submissions`:
    public ids in hex.

    Call it while their rows are still theirs, in the transaction of the erasure.
    """
    letters = Letter.objects.filter(action__in=actions).exclude(delivery=None)
    to_offices = set(letters.values_list("delivery_id", flat=True))
    to_offices |= set(
        # Ways that a letter took before its present one.
        Delivery.objects.filter(sender_key__in=sender_keys(actions)).values_list("pk", flat=True)
    )
    to_them = mail_to(people, actions, submissions)
    outbox.cancel([*to_offices, *to_them], reason=REASON, author=AUTHOR)
    forget_print_files(to_offices)
    # What others know of it names them too: practice mail, and what their own server said.
    everything = Delivery.objects.filter(pk__in=to_offices | to_them)
    CaughtMail.objects.filter(message_id__in=everything.values("message_id")).delete()
    forget_answers(people, to_offices, to_them)
    for person in people:
        if not person.shares_mailbox:
            CaughtMail.objects.filter(recipient__iexact=person.email).delete()
            DeadAddress.objects.filter(address=person.email.lower()).delete()
    # Whosever it was of those who share it: what has left is told of no more.
    mailed_to(people).filter(state__in=OVER).update(**BLANK)
    for ids, is_to_the_person in ((to_offices, False), (to_them, True)):
        rows = Delivery.objects.filter(pk__in=ids)
        rows.filter(state__in=OVER).update(**(BLANK_MAIL if is_to_the_person else BLANK))
        KeptSeal.objects.bulk_create(
            [
                KeptSeal(delivery_id=pk, is_to_the_person=is_to_the_person, since=timezone.now())
                for pk in rows.exclude(state__in=OVER).values_list("pk", flat=True)
            ],
            ignore_conflicts=True,
        )


def sender_keys(actions: Collection[int]) -> list[str]:
    """As actions.letters.envelopes writes them."""
    ids = Action.objects.filter(pk__in=actions).values_list("public_id", flat=True)
    return [f"action:{public_id}" for public_id in ids]


def mailed_to(people: Sequence[Person]) -> QuerySet[Delivery]:
    keys = {mailbox_key_of(person.mailbox) for person in people}
    found: QuerySet[Delivery] = Delivery.objects.filter(lane__in=LANES, sender_key__in=keys)
    return found


def mail_to(
    people: Sequence[Person], actions: Collection[int], submissions: Collection[str]
) -> set[int]:
    """Everything to their mailboxes; of one that others share, or that stays theirs, what is about
    these actions and submissions.
    """
    alone = {mailbox_key_of(one.mailbox) for one in people if not one.shares_mailbox}
    about = {
        *(str(pk) for pk in actions),
        *submissions,
        *(f"newsletter:{person.pk}" for person in people),
    }
    rows = mailed_to(people).values_list("pk", "sender_key", "key")
    return {pk for pk, whose, key in rows if whose in alone or is_about(key, about)}


def is_about(key: str, about: Collection[str]) -> bool:
    """A mail's key names its kind, and then what it is about (actions.notices)."""
    kind, _colon, rest = key.partition(":")
    what = rest.partition(":")[0]
    return (what if kind in ABOUT_ACTIONS else f"{kind}:{what}") in about


def forget_print_files(deliveries: Collection[int]) -> None:
    """The file of each batch that one of these was in: it is set anew, unless it is printed."""
    PrintPart.objects.filter(batch__items__delivery__in=deliveries).delete()


def forget_answers(
    people: Sequence[Person], to_offices: Collection[int], to_them: Collection[int]
) -> None:
    """Their own mail server's words go; of an office's those that name them."""
    for model, column in ((Attempt, "answer"), (Return, "words")):
        rows = model._default_manager.exclude(**{column: ""})
        rows.filter(delivery__in=to_them).update(**{column: ""})
        said = rows.filter(delivery__in=to_offices).values_list("pk", column)
        named = [pk for pk, text in said if any(one.is_named_in(text) for one in people)]
        model._default_manager.filter(pk__in=named).update(**{column: ""})


def blank_settled() -> int:
    """Every minute: what was kept and is settled by now, or came back to the queue. How many."""
    done = 0
    for pk in list(KeptSeal.objects.order_by("pk").values_list("pk", flat=True)):
        done += blank_if_settled(pk)
    return done


@transaction.atomic
def blank_if_settled(pk: int) -> bool:
    """May be asked twice, and at once."""
    kept = KeptSeal.objects.select_for_update().filter(pk=pk).first()
    if kept is None:
        return False
    # "Not now", said the other side: it never goes.
    outbox.cancel([pk], reason=REASON, author=AUTHOR)
    blank = BLANK_MAIL if kept.is_to_the_person else BLANK
    row = Delivery.objects.filter(pk=pk)
    if not row.filter(state__in=OVER).update(**blank):
        return False
    message_ids = row.values("message_id")
    CaughtMail.objects.filter(message_id__in=message_ids).delete()
    if kept.is_to_the_person:
        Attempt.objects.filter(delivery=pk).update(answer="")
    kept.delete()
    return True
