"""Mail to administrators about what they have to do by a day (desk.monitoring.alarms).

One mail an alarm to each of them: when it is first seen, then every week, and in the last week
before its day every day. It leaves like every other mail, so practice mode catches it.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import administrators
from desk.models import AlarmMail
from desk.monitoring.alarms import Alarm, alarms
from legislators.holders import office_day
from supporters import mail_to_colleagues
from supporters.mail_to_colleagues import Notice

EVERY = dt.timedelta(days=7)
LAST_WEEK = 7  # days
# It waits for a mail server as other mail does, and is of no use after the next one.
LIVES = dt.timedelta(days=3)


def send() -> int:
    """Mail what is due today. Returns how many mails that were. May run twice, and at once."""
    today = office_day()
    with translation.override(settings.LANGUAGE_CODE):
        found = alarms(today)
        sent = sum(_send_if_due(alarm, today) for alarm in found)
    # What was mended and comes back is news at once.
    AlarmMail.objects.exclude(key__in=[alarm.key for alarm in found]).delete()
    return sent


@transaction.atomic
def _send_if_due(alarm: Alarm, today: dt.date) -> int:
    # Locked until the mails are posted: of two runs at once the second finds them sent.
    mailed, is_new = AlarmMail.objects.select_for_update().get_or_create(
        key=alarm.key, defaults={"sent_on": today}
    )
    if not is_new and not is_due(alarm, mailed.sent_on, today):
        return 0
    mailed.sent_on = today
    mailed.save(update_fields=["sent_on"])
    return mail_to_colleagues.post(notice(alarm, today), administrators())


def is_due(alarm: Alarm, sent_on: dt.date, today: dt.date) -> bool:
    """Whether it is told once more, when it was last told on that day."""
    is_last_week = 0 <= alarm.days_left(today) <= LAST_WEEK
    return today - sent_on >= (dt.timedelta(days=1) if is_last_week else EVERY)


def notice(alarm: Alarm, today: dt.date) -> Notice:
    """The alarm's own sentence, and the page that helps. One a day, however often it is posted."""
    return Notice(
        template="alarm",
        key=f"alarm:{alarm.key}:{today}",
        subject=_subject(alarm, today),
        context={
            "alarm": alarm,
            "days_left": alarm.days_left(today),
            "page_url": settings.SITE_URL + reverse(alarm.page),
        },
        expires_after=LIVES,
    )


def _subject(alarm: Alarm, today: dt.date) -> str:
    days = alarm.days_left(today)
    if days < 0:
        return _("Overdue: %(what)s") % {"what": alarm.title}
    left = ngettext("%(days)d day left: %(what)s", "%(days)d days left: %(what)s", days)
    return left % {"days": days, "what": alarm.title}
