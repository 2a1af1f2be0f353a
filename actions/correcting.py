"""What we know of a person, put right: their name, where they live, their mailbox.

Name and mailbox make the key by which a person is known, so a correction may lead to somebody who
is here already. Those two are not joined here: that is for somebody who works here to see.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from actions.erasing.person import Person
from actions.erasing.seals import BLANK_MAIL, mail_to
from actions.models import Action, KeptSeal, PageKey, SameKey, Submission
from actions.rekeying import give_key
from supporters import consent
from supporters.models import Consent, FormerKey, Supporter, Suppression
from supporters.people import key_of, mailbox_of, take_turns
from worker import outbox
from worker.models import CaughtMail, Delivery
from worker.retention import OVER

# What may be put right without another key, and may be blank.
DETAILS = ("prefix", "phone", "street", "city", "state", "zip", "country", "language")
NAMES = ("given_name", "family_name")
# Whose mailbox wanted no mail; a mailbox that is gone says nothing of the next one.
NO_MAIL = (Consent.Purpose.PUBLIC_NAME, Consent.Purpose.HERO)
WANTED_NONE = (Suppression.Reason.ASKED, Suppression.Reason.COMPLAINED)


@transaction.atomic
def correct(supporter: Supporter, typed: Mapping[str, str]) -> bool:
    """Take over what was typed, blanks too; what they did keeps the words it had.

    False where the name is somebody's of this mailbox who is here already: then all but the name is
    taken over, and the two stand on a list at the desk.
    """
    take_turns(supporter.mailbox)
    row = Supporter.objects.select_for_update().get(pk=supporter.pk)
    changes = {name: typed[name] for name in DETAILS if name in typed}
    if row.is_minor:
        changes["street"] = ""  # no letter of theirs names it
    names = {name: typed.get(name, getattr(row, name)) for name in NAMES}
    key = key_of(row.email, *names.values())
    is_free = take_key(row, key, SameKey.Deed.NAME)
    # By the name of before the same mailbox still leads here.
    if is_free and key != row.key and not Supporter.objects.filter(key=row.key).exists():
        leave_a_way(row, row.key)
    Supporter.objects.filter(pk=row.pk).update(**changes, **(names if is_free else {}))
    supporter.refresh_from_db()
    return is_free


@transaction.atomic
def move(supporter: Supporter, email: str) -> bool:
    """To a mailbox that is proven to be theirs. Whoever shared the old one stays there, and so does
    what still waits for it to answer.

    False where somebody of their name is here already with this one: then nothing is changed, and
    the two stand on a list at the desk.
    """
    mailbox = mailbox_of(email)
    # All who name several name them in one order.
    take_turns(*sorted({supporter.mailbox, mailbox}))
    row = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if not take_key(row, key_of(email, row.given_name, row.family_name), SameKey.Deed.MAILBOX):
        return False
    if mailbox != row.mailbox:
        keep_silence(row)
        forget_mail(row)
    Supporter.objects.filter(pk=row.pk).update(
        mailbox=mailbox, email=email, proven_at=timezone.now()
    )
    # Links that went to the old mailbox open nothing any more.
    PageKey.objects.filter(supporter=row, opened_at=None).update(link_ends_at=timezone.now())
    supporter.refresh_from_db()
    return True


def take_key(row: Supporter, key: str, deed: str) -> bool:
    """Known by this key from now on, unless that is somebody else's."""
    if key == row.key:
        return True
    other = Supporter.objects.select_for_update().filter(key=key).first()
    if other is None:
        remember_key(row)
        give_key(row, key)
        return True
    if other.merged_into_id == row.pk:
        remember_key(row)
        # Their own record under this key: those two change keys, and no two have one in between.
        Supporter.objects.filter(pk=other.pk).update(key=f"moving {other.pk}")
        give_key(row, key)
        Supporter.objects.filter(pk=other.pk).update(key=row.key)
        return True
    SameKey.objects.update_or_create(
        supporter=row,
        other=other.person,
        # Whom somebody here found to be two stay settled.
        defaults={"deed": deed, "asked_at": timezone.now()},
    )
    return False


def leave_a_way(row: Supporter, key: str) -> None:
    """From the key that it had, by a record that holds nothing else, and no mailbox to share."""
    Supporter.objects.create(
        key=key, mailbox="", is_minor=row.is_minor, is_demo=row.is_demo, merged_into=row
    )


def remember_key(row: Supporter) -> None:
    """That it was known by this one: a later erasure holds for it too."""
    FormerKey.objects.get_or_create(supporter=row, key=row.key)


def keep_silence(row: Supporter) -> None:
    """Who wanted no mail wants none in another mailbox either."""
    if Suppression.objects.in_force().filter(mailbox=row.mailbox, reason__in=WANTED_NONE).exists():
        lines = Consent.objects.filter(supporter=row).exclude(purpose__in=NO_MAIL)
        for purpose in lines.order_by().values_list("purpose", flat=True).distinct():
            consent.end(row, purpose)


def forget_mail(row: Supporter) -> None:
    """What we mailed to the old mailbox: by the new one nobody would find it to erase it."""
    theirs = Action.objects.filter(supporter=row)
    sent = Submission.objects.filter(mailbox=row.mailbox, supporter_key=row.key)
    ids = mail_to(
        [Person.of(row)],
        list(theirs.values_list("pk", flat=True)),
        [public_id.hex for public_id in sent.values_list("public_id", flat=True)],
    )
    outbox.cancel(ids, reason="they have another mailbox now", author="supporter")
    rows = Delivery.objects.filter(pk__in=ids)
    CaughtMail.objects.filter(message_id__in=rows.values("message_id")).delete()
    rows.filter(state__in=OVER).update(**BLANK_MAIL)
    KeptSeal.objects.bulk_create(
        [
            KeptSeal(delivery_id=pk, is_to_the_person=True, since=timezone.now())
            for pk in rows.exclude(state__in=OVER).values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )
