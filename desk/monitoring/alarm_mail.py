"""Mail to administrators about an alarm (desk.monitoring.raising).

It leaves like every other mail, so practice mode catches it; save for the alarm that no mail
leaves, which is handed to the mail server by whoever found it out.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import administrators
from desk.models import RaisedAlarm
from desk.monitoring.alarm import Alarm
from legislators.holders import office_day
from supporters import mail_to_colleagues, unkept_mail
from supporters.mail import is_rehearsal
from supporters.mail_to_colleagues import Notice
from worker.channels import ChannelError, Interrupted, email

log = logging.getLogger(__name__)

# It waits for a mail server as other mail does, and is of no use after the next one.
LIVES = dt.timedelta(days=3)


def post(alarm: Alarm, row: RaisedAlarm) -> int:
    """One to each; how many that were."""
    return mail_to_colleagues.post(notice(alarm, row.told_at), administrators())


def post_over(row: RaisedAlarm) -> int:
    return mail_to_colleagues.post(
        Notice(
            template="alarm_over",
            key=f"alarm:{row.key}:over:{row.told_at:%Y%m%d%H%M}",
            subject=_("It is over: %(what)s") % {"what": row.title},
            context={"alarm": row, "page_url": settings.SITE_URL + reverse("desk:alarms")},
            expires_after=LIVES,
        ),
        administrators(),
    )


def send_straight(alarm: Alarm, today: dt.date) -> int:
    """Now, to each, once; how many the mail server took. What it does not take is not kept: the
    alarm's hook and the next day tell it.
    """
    said = notice(alarm, dt.datetime.now(dt.UTC))
    return sum(_send_one(said, user.email) for user in administrators())


def _send_one(said: Notice, to: str) -> bool:
    try:
        email.send(
            unkept_mail.letter(
                said.template,
                said.context,
                kind="alarm",
                to=to,
                subject=said.subject,
                language=settings.LANGUAGE_CODE,
                rehearsal=is_rehearsal(is_demo=False),
                lasts=LIVES,
            )
        )
    except (ChannelError, Interrupted) as trouble:
        log.error("An alarm could not be mailed: %s", type(trouble).__name__)
        return False
    return True


def notice(alarm: Alarm, at: dt.datetime) -> Notice:
    """The alarm's own sentence, and the page that helps. One each time, however often it is
    posted.
    """
    today = office_day(at)
    return Notice(
        template="alarm",
        key=f"alarm:{alarm.key}:{at:%Y%m%d%H%M}",
        subject=_subject(alarm, today),
        context={
            "alarm": alarm,
            "days_left": alarm.days_left(today) if alarm.day else None,
            "page_url": settings.SITE_URL + reverse(alarm.page),
        },
        expires_after=LIVES,
    )


def _subject(alarm: Alarm, today: dt.date) -> str:
    if alarm.day is None:
        return _("Alarm: %(what)s") % {"what": alarm.title}
    days = alarm.days_left(today)
    if days < 0:
        return _("Overdue: %(what)s") % {"what": alarm.title}
    left = ngettext("%(days)d day left: %(what)s", "%(days)d days left: %(what)s", days)
    return left % {"days": days, "what": alarm.title}
