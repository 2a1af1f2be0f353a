"""Mail to administrators that somebody takes a list away; it names nobody who is on it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import administrators
from campaigns.brand import current
from desk.exports import approval
from desk.exports.columns import column_of
from desk.models import Export
from desk.supporters.filters import Filter
from supporters import purposes
from supporters.mail import LANE, is_rehearsal
from worker import outbox
from worker.channels.email import compose, message_id

LIVES = dt.timedelta(days=3)


def tell_administrators(export: Export) -> int:
    """All but the one who asked, and whoever may approve it; how many mails that were. Twice is
    once.
    """
    told = {user.pk: user for user in administrators() if user.is_demo == export.author.is_demo}
    if export.state == Export.State.APPROVAL:
        told |= {user.pk: user for user in approval.others(export.author)}
    # They know.
    told.pop(export.author_id, None)
    with translation.override(settings.LANGUAGE_CODE):
        return len(outbox.post([_envelope(export, user) for user in told.values()]))


def _envelope(export: Export, user: User) -> outbox.Envelope:
    brand, key = current(), f"export:{export.pk}:{user.pk}"
    waits = export.state == Export.State.APPROVAL
    subject = (
        _("A list of %(rows)s people waits for a second person")
        if waits
        else _("%(who)s takes a list of %(rows)s people away")
    ) % {"rows": export.rows_expected, "who": export.author}
    context = {
        "brand": brand,
        "language": settings.LANGUAGE_CODE,
        "export": export,
        "purpose": purposes.purpose(export.purpose_key).label,
        "filters": Filter.from_json(export.filters).said(),
        "columns": [column_of(name).label for name in export.columns],
        "waits": waits and approval.others(export.author).filter(pk=user.pk).exists(),
        "page_url": settings.SITE_URL + reverse("desk:export", args=[export.public_id]),
    }
    mid = message_id("export", key)
    return outbox.Envelope(
        key=key,
        lane=LANE,
        recipient=user.email,
        subject=subject,
        message=compose(
            message_id=mid,
            sender=(brand.name, settings.MAIL_FROM),
            recipient=("", user.email),
            subject=subject,
            text=render_to_string("email/export.txt", context),
            html=render_to_string("email/export.html", context),
            headers={"Auto-Submitted": "auto-generated"},
        ),
        message_id=mid,
        rehearsal=is_rehearsal(is_demo=export.author.is_demo),
        expires_after=LIVES,
    )
