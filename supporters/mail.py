"""Mail to supporters: composed in the request, posted like every other envelope, in a lane that
never waits behind campaigns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from campaigns import brand
from supporters.consent import is_suppressed
from supporters.models import Supporter
from worker import outbox
from worker.channels.email import compose, message_id
from worker.models import Delivery

LANE = "mail"
UNPROVEN_MAILS_A_DAY = 3


@dataclass(frozen=True)
class Note:
    """A mail to write: `template` names email/<template>.txt and .html; `key` makes it once
    only.
    """

    template: str
    key: str
    subject: str
    context: Mapping[str, Any]
    rehearsal: bool
    unsubscribe_url: str = ""
    language: str = ""  # else the supporter's own


def send(supporter: Supporter, note: Note) -> Delivery | None:
    """Post one mail to a supporter.

    None when their mailbox is suppressed, or unproven and written to enough for one day
    (docs/safety.md A5).
    """
    if is_suppressed(supporter.mailbox):
        return None
    if supporter.proven_at is None and was_written_enough(supporter):
        return None
    [delivery] = outbox.post([envelope(supporter, note)])
    return delivery


def was_written_enough(supporter: Supporter) -> bool:
    """So that nobody can fill a stranger's mailbox by typing it into our forms."""
    since = timezone.now() - timedelta(days=1)
    recent = Delivery.objects.filter(
        sender_key=mailbox_key(supporter), lane=LANE, posted_at__gte=since
    )
    return recent.count() >= UNPROVEN_MAILS_A_DAY


def envelope(supporter: Supporter, note: Note) -> outbox.Envelope:
    """The mail as worker.outbox takes it, in the note's language or the supporter's."""
    ours = brand.current()
    language = note.language or supporter.language
    with translation.override(language):
        context = {
            "brand": ours,
            "site_url": settings.SITE_URL,
            "language": language,
            **note.context,
        }
        text = render_to_string(f"email/{note.template}.txt", context)
        html = render_to_string(f"email/{note.template}.html", context)
    mid = message_id("mail", note.key)
    return outbox.Envelope(
        key=note.key,
        lane=LANE,
        recipient=supporter.email,
        subject=note.subject,
        message=compose(
            message_id=mid,
            sender=(ours.name, settings.MAIL_FROM),
            # No name: to an unproven mailbox not even that may be said (docs/safety.md A5).
            recipient=("", supporter.email),
            reply_to=None,
            subject=note.subject,
            text=text,
            html=html,
            headers=headers(note),
        ),
        message_id=mid,
        sender_key=mailbox_key(supporter),
        rehearsal=note.rehearsal,
    )


def headers(note: Note) -> dict[str, str]:
    """RFC 3834 for all; RFC 8058 (one click) where there is a newsletter to leave."""
    lines = {"Auto-Submitted": "auto-generated"}
    if note.unsubscribe_url:
        lines["List-Unsubscribe"] = f"<{note.unsubscribe_url}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return lines


def mailbox_key(supporter: Supporter) -> str:
    """What all mail to one mailbox has in common, without its address."""
    return f"mailbox:{supporter.mailbox}"


def is_rehearsal(*, is_demo: bool) -> bool:
    """Whether what is posted now is only practice: delivery is off, or it belongs to the
    demonstration.
    """
    return is_demo or not settings.DELIVERY_ENABLED
