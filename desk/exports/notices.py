"""Mail to administrators that somebody takes a list away; it names nobody who is on it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.roles import administrators
from desk.exports import approval
from desk.exports.columns import column_of
from desk.models import Export
from desk.supporters.filters import Filter
from supporters import mail_to_colleagues, purposes
from supporters.mail_to_colleagues import Notice

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
    approvers = {user.pk for user in approval.others(export.author)}
    with translation.override(settings.LANGUAGE_CODE):
        return sum(
            mail_to_colleagues.post(
                _notice(export, may_approve=may_approve),
                [user for user in told.values() if (user.pk in approvers) is may_approve],
            )
            for may_approve in (True, False)
        )


def _notice(export: Export, *, may_approve: bool) -> Notice:
    waits = export.state == Export.State.APPROVAL
    subject = (
        _("A list of %(rows)s people waits for a second person")
        if waits
        else _("%(who)s takes a list of %(rows)s people away")
    ) % {"rows": export.rows_expected, "who": export.author}
    return Notice(
        template="export",
        key=f"export:{export.pk}",
        subject=subject,
        context={
            "export": export,
            "purpose": purposes.purpose(export.purpose_key).label,
            "filters": Filter.from_json(export.filters).said(),
            "columns": [column_of(name).label for name in export.columns],
            "waits": waits and may_approve,
            "page_url": settings.SITE_URL + reverse("desk:export", args=[export.public_id]),
        },
        is_demo=export.author.is_demo,
        expires_after=LIVES,
    )
