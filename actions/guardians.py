"""A grown-up whom somebody of 13 to 17 named is asked once whether it is fine with them.

An option of a campaign, and of the young person, who is told before. It happens once their own
mailbox has answered, so that nobody makes us write to strangers (docs/safety.md A5, A6); neither
words nor issue stand in that mail or on its page. Their action counts meanwhile; a no takes it
back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from actions import notices
from actions.models import Action, Guardian
from actions.withdraw import withdraw
from supporters import journal, links, mail
from supporters.journal import Deed
from supporters.models import Supporter
from supporters.people import mailbox_of
from worker import outbox
from worker.models import CaughtMail, Delivery

UNANSWERED = dt.timedelta(days=7)
SUBJECT = _("A young person named you as their grown-up")
AUTHOR = "guardian"


def ask(action: Action, email: str) -> None:
    """One mail, ever. Nobody where that mailbox wants none, or had its mails for today."""
    is_off = not action.ask.campaign.asks_guardian
    if is_off or Guardian.objects.filter(action=action).exists():
        return
    guardian = Guardian.objects.create(
        action=action, email=email, language=action.language, asked_at=timezone.now()
    )
    token = links.make("guardian", guardian.public_id)
    with translation.override(action.language):
        note = mail.Note(
            template="guardian",
            key=f"guardian:{guardian.public_id.hex}",
            subject=translation.gettext(SUBJECT),
            context={
                "guardian_url": notices.address("actions:guardian", token),
                "days": UNANSWERED.days,
            },
            language=action.language,
            rehearsal=mail.is_rehearsal(is_demo=action.ask.campaign.is_demo),
        )
        # Nobody whom we know: in memory only, and an unproven mailbox.
        stranger = Supporter(email=email, mailbox=mailbox_of(email), language=action.language)
        if mail.send(stranger, note) is None:
            guardian.delete()


@transaction.atomic
def say_yes(guardian: Guardian, wording: str) -> None:
    """That it was given, when, and to which words. Twice is once."""
    unanswered = Guardian.objects.filter(pk=guardian.pk, said_yes_at=None)
    if unanswered.update(said_yes_at=timezone.now(), wording=wording):
        forget_mail([guardian])


@transaction.atomic
def say_no(guardian: Guardian) -> None:
    """The action is taken back, its writer is told, and the grown-up's mailbox is deleted. Raises
    journal.CannotNote.
    """
    action = guardian.action
    journal.note(Deed.GUARDIAN_REFUSED, action=action.public_id)
    if action.state != Action.State.WITHDRAWN:
        withdraw(action, author=AUTHOR, reason="a grown-up said no")
        notices.guardian_refused(action)
    forget([guardian])


def forget_old() -> None:
    """Nightly: whoever did not answer in time, and whose action is nobody's."""
    unanswered = Guardian.objects.filter(said_yes_at=None)
    forget(list(unanswered.filter(asked_at__lt=timezone.now() - UNANSWERED)))
    let_go(Guardian.objects.filter(action__supporter=None).values_list("action", flat=True))


def let_go(actions: Collection[int]) -> None:
    """These actions are nobody's: the mailbox goes, and what was not answered."""
    theirs = Guardian.objects.filter(action__in=list(actions))
    forget(list(theirs.filter(said_yes_at=None)))
    theirs.exclude(email="").update(email="")


def forget(guardians: Collection[Guardian]) -> None:
    forget_mail(guardians)
    Guardian.objects.filter(pk__in=[guardian.pk for guardian in guardians]).delete()


def forget_mail(guardians: Collection[Guardian]) -> None:
    """It leaves no more, and nothing says to whom it went."""
    keys = [f"guardian:{guardian.public_id.hex}" for guardian in guardians]
    written = Delivery.objects.filter(key__in=keys)
    outbox.cancel(written.values_list("pk", flat=True), reason="answered", author=AUTHOR)
    # Practice mail names them as well.
    CaughtMail.objects.filter(message_id__in=written.values("message_id")).delete()
    written.update(recipient="", message=b"", subject="")
