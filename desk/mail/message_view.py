"""A caught message made readable.

It came off a wire: nothing in it is trusted, and whatever is broken is shown as far as it goes.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext as _

from supporters import links
from worker.channels.mime import readable
from worker.inbound.bounded import may_have_too_many_parts

LONGEST = 200_000
MAILBOXES = ("From", "Reply-To")
SHOWN = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "Auto-Submitted",
)


@dataclass(frozen=True)
class Reading:
    text: str = ""
    html: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def read_message(content: bytes, without_links: Collection[str] = ()) -> Reading:
    """Headers, the text, and the HTML part's source; both cut at 200,000 characters. Links of these
    purposes (supporters.links) are made unusable; all are, unless this is practice.
    """
    hidden = links.LASTS.keys() if settings.DELIVERY_ENABLED else without_links
    if may_have_too_many_parts(content):
        return Reading(text=_("This message has too many parts to be shown."))
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Reading(
        text=links.blanked(_body(message, "plain"), hidden),
        html=links.blanked(_body(message, "html"), hidden),
        headers=[
            (name, links.blanked(value, hidden))
            for name in SHOWN
            if (value := _header(message, name))
        ],
        attachments=_attachments(message),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):  # a character set or an encoding nobody knows
        # latin-1 has a letter for every byte: nothing is lost, some of it is misread.
        raw = part.get_payload(decode=True)
        text = raw.decode("latin-1") if isinstance(raw, bytes) else str(raw)
    return text.replace("\0", "")[:LONGEST]


def _attachments(message: EmailMessage) -> list[str]:
    if not message.is_multipart():
        return []
    return [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]


def _header(message: EmailMessage, name: str) -> str:
    raw = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    if name in MAILBOXES and raw:
        with suppress(ValueError, LookupError):
            return readable(raw[0])
    try:
        return str(message.get(name, ""))
    except (
        ValueError,
        IndexError,
        AttributeError,
    ):  # the parser of addresses and dates gives up in several ways
        return ""
