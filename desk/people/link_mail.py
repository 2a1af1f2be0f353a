"""Mailing one-use links: invitations, and new passwords that somebody asked for.

What stands in a link is made up here, when it leaves, so that no table, message or log ever holds
it; that is why this mail goes straight to the relay and not through the outbox. In practice mode
none is sent: whoever reads caught mail would have the link.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import one_use_links
from accounts.models import OneUseLink, User
from campaigns.brand import current
from desk.people.listing import url_of
from supporters import unkept_mail
from worker.channels import ChannelError, Interrupted, email
from worker.queued_letter import QueuedLetter

log = logging.getLogger(__name__)

MOST_TRIES = 5
# Past its end, a link is of use to nobody; who invited whom stands in the audit log.
KEPT = dt.timedelta(days=30)
TEMPLATES = {
    OneUseLink.Purpose.INVITATION: "invitation",
    OneUseLink.Purpose.PASSWORD: "new_password",
}


def send() -> int:
    """Mail what waits, each once. How many that were. May run twice, and at once."""
    # What was typed by strangers and never mailed ends here too.
    OneUseLink.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()
    return sum(_send_one(link) for link in waiting()) if settings.DELIVERY_ENABLED else 0


def waiting() -> QuerySet[OneUseLink]:
    """Not mailed yet, and still of use."""
    return OneUseLink.objects.filter(
        is_mailed=True,
        mailed_at=None,
        used_at=None,
        mail_tries__lt=MOST_TRIES,
        expires_at__gt=timezone.now(),
    ).select_related("made_by", "user")


def _send_one(link: OneUseLink) -> bool:
    # Whoever counts the try up makes it: of two runs at once one.
    counted = OneUseLink.objects.filter(pk=link.pk, mail_tries=link.mail_tries, mailed_at=None)
    if not counted.update(mail_tries=F("mail_tries") + 1):
        return False
    if link.purpose == OneUseLink.Purpose.PASSWORD and not _find_account(link):
        link.delete()
        return False
    try:
        email.send(_letter(link, one_use_links.give_token(link)))
    except ChannelError as trouble:
        log.warning("A one-use link could not be mailed: %s", type(trouble).__name__)
        return False
    except Interrupted:
        # It may have left. Another would make this one worth nothing.
        log.warning("Nobody can say whether a one-use link was mailed")
    OneUseLink.objects.filter(pk=link.pk).update(mailed_at=timezone.now())
    return True


def _find_account(link: OneUseLink) -> bool:
    """Whose password it is, if anybody's: only now, where nobody waits for a page."""
    mine = User.objects.filter(email__iexact=link.email, is_active=True, is_demo=False)
    link.user = mine.first()
    if link.user is None:
        return False
    link.email = link.user.email
    link.save(update_fields=["user", "email"])
    return True


def _letter(link: OneUseLink, token: str) -> QueuedLetter:
    purpose = OneUseLink.Purpose(link.purpose)
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            _("You are invited to work at %(who)s")
            if purpose == OneUseLink.Purpose.INVITATION
            else _("A new password for %(who)s")
        ) % {"who": current().name}
    return unkept_mail.letter(
        f"desk/{TEMPLATES[purpose]}",
        {"link": link, "url": url_of(link, token)},
        kind="one-use link",
        to=link.email,
        subject=subject,
        language=settings.LANGUAGE_CODE,
        rehearsal=False,
        lasts=link.expires_at - timezone.now(),
    )
