"""Mail to people who work here: the one way that all of it is written and posted.

It lies in this room because none below knows the brand and the outbox both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import User
from supporters.mail import LANE, is_rehearsal, written
from worker import outbox
from worker.channels.email import message_id
from worker.models import LIFE


@dataclass(frozen=True)
class Notice:
    """What several are told: `template` names email/<template>.txt and .html; `key` and its reader
    make it once only.
    """

    template: str
    key: str
    subject: str
    context: Mapping[str, Any]
    is_demo: bool = False
    expires_after: dt.timedelta = LIFE


def post(notice: Notice, people: Iterable[User]) -> int:
    """One to each, in the caller's transaction; how many that are. Posted twice it is sent once."""
    return len(outbox.post([envelope(notice, user) for user in people]))


def envelope(notice: Notice, user: User) -> outbox.Envelope:
    """To one of them, in the site's own language: the console has no other."""
    key = f"{notice.key}:{user.pk}"
    mid = message_id(key.partition(":")[0], key)
    return outbox.Envelope(
        key=key,
        lane=LANE,
        recipient=user.email,
        subject=notice.subject,
        message=written(
            notice.template,
            notice.context,
            to=user.email,
            subject=notice.subject,
            language=settings.LANGUAGE_CODE,
            mid=mid,
        ),
        message_id=mid,
        rehearsal=is_rehearsal(is_demo=notice.is_demo),
        expires_after=notice.expires_after,
    )
