"""Mail to whoever tells a story. Neither subject nor text says that there is one, or what is in it:
others may read that mailbox, and our outbox.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from actions.models import Story
from supporters import links, mail
from supporters.models import Supporter
from worker import outbox
from worker.models import CaughtMail, Delivery

CONFIRM, NEWS = _("Please confirm that this was you"), _("Something waits on your own page")
KINDS = ("own", "own-news")


def ask_to_confirm(story: Story) -> bool:
    """Whether a mail leaves: none where that mailbox wants none, or had its mails for today."""
    return _send(story, "own_confirm", f"own:{story.public_id.hex}", CONFIRM)


def tell(story: Story) -> bool:
    """That there is news on their page, and no word of which."""
    key = f"own-news:{story.public_id.hex}:{timezone.now():%Y%m%d%H%M%S%f}"
    return bool(story.email) and _send(story, "own_news", key, NEWS)


def _send(story: Story, template: str, key: str, subject: str) -> bool:
    # Nobody whom we know: in memory only.
    teller = Supporter(
        email=story.email,
        mailbox=story.mailbox,
        language=story.language,
        proven_at=story.proven_at,
    )
    with translation.override(story.language):
        note = mail.Note(
            template=template,
            key=key,
            subject=translation.gettext(subject),
            context={"own_url": url(story)},
            language=story.language,
            rehearsal=mail.is_rehearsal(is_demo=story.is_demo),
        )
        return mail.send(teller, note) is not None


def url(story: Story) -> str:
    """Their own page, in the language that is active."""
    token = links.make("own", story.public_id)
    return settings.SITE_URL + reverse("actions:own_story", args=[token])


def forget(stories: Collection[Story]) -> None:
    """What waits leaves no more, and nothing says to whom anything went."""
    if not stories:
        return
    starts = [f"{kind}:{story.public_id.hex}" for story in stories for kind in KINDS]
    written = Delivery.objects.filter(reduce(or_, (Q(key__startswith=start) for start in starts)))
    outbox.cancel(written.values_list("pk", flat=True), reason="taken back", author="take-action")
    # Practice mail names them as well.
    CaughtMail.objects.filter(message_id__in=written.values("message_id")).delete()
    # The rows stay for the counts of the outbox, as those of an erased person do.
    written.update(recipient="", message=b"", subject="", sender_key="")
