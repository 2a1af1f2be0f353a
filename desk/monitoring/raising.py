"""Alarms are raised once, told again each day while they stand, and told when they are over.

Mail is posted with the row that says so; the hook, which is asked outside of any transaction, hears
of it until it took it. Beat runs this, and a timer of the system besides, which also tells that
beat is dead: it may run twice, and at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from desk.models import RaisedAlarm
from desk.monitoring import alarm_mail, alarms, this_machine
from desk.monitoring.alarm import Alarm
from legislators.holders import office_day
from worker.channels import alarm_hook
from worker.models import Heartbeat

log = logging.getLogger(__name__)

News = RaisedAlarm.News
SIGN = "look for alarms"
# What goes and comes within it is one trouble.
QUIET = dt.timedelta(minutes=15)
DAILY = dt.timedelta(hours=23, minutes=50)
EVERY = dt.timedelta(days=7)
LAST_WEEK = 7  # days
KEPT = dt.timedelta(days=30)


def look(sources: Iterable[alarms.Source] | None = None) -> int:
    """Ask each source, and tell what is news. How many mails that were.

    Raises DatabaseError where the database is away: desk.monitoring.without_database tells that.
    """
    today, now = office_day(), timezone.now()
    straight: list[Alarm] = []
    mailed = 0
    with translation.override(settings.LANGUAGE_CODE):
        for source in alarms.SOURCES if sources is None else sources:
            found = _asked(source, today)
            if found is None:
                continue
            for alarm in found:
                mailed += _note(alarm, source=name_of(source), now=now, straight=straight)
            mailed += _end_others(found, source=name_of(source), now=now)
        for alarm in straight:
            mailed += alarm_mail.send_straight(alarm, today)
    RaisedAlarm.objects.filter(over_at__lt=now - KEPT).delete()
    Heartbeat.objects.update_or_create(name=SIGN, defaults={"at": now})
    tell_hook()
    return mailed


def test() -> tuple[int, bool | None]:
    """Mails posted, and whether the hook took it (None where there is none)."""
    now = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        alarm = Alarm("test", _("This is a test"), _("Nothing is wrong. It arrived: well."))
        row = RaisedAlarm(
            key=alarm.key,
            title=alarm.title,
            sentence=alarm.sentence,
            page=alarm.page,
            raised_at=now,
            told_at=now,
            news=News.RAISED,
        )
        took = alarm_hook.tell(as_news(row)) if alarm_hook.is_set() else None
        return alarm_mail.post(alarm, row), took


def standing() -> list[RaisedAlarm]:
    """What stands by the last look, what is wrong now before what comes, longest first."""
    rows = RaisedAlarm.objects.filter(over_at=None)
    return sorted(rows, key=lambda row: (row.day or dt.date.min, row.raised_at))


def name_of(source: Callable[..., object]) -> str:
    return f"{source.__module__.rpartition('.')[2]}.{source.__name__}"


def _asked(source: alarms.Source, today: dt.date) -> list[Alarm] | None:
    """None where the check itself broke: then nothing that it raised is over."""
    try:
        return source(today)
    except DatabaseError:
        raise
    except Exception:
        log.exception("A check for alarms broke: %s", name_of(source))
        return None


@transaction.atomic
def _note(alarm: Alarm, *, source: str, now: dt.datetime, straight: list[Alarm]) -> int:
    told = {"raised_at": now, "seen_at": now, "told_at": now}
    said = {
        "source": source,
        "machine": alarm.machine,
        "day": alarm.day,
        "title": alarm.title[:200],
        "sentence": alarm.sentence,
        "page": alarm.page,
    }
    # Locked until its mail is posted: of two looks at once the second finds it told.
    row, is_new = RaisedAlarm.objects.select_for_update().get_or_create(
        key=alarm.key[:80], defaults=told | said
    )
    news = ""
    if is_new or row.over_at:
        row.raised_at, row.over_at, news = row.raised_at if is_new else now, None, News.RAISED
    elif is_due(alarm, row.told_at, now):
        news = News.STILL
    for name, value in said.items():
        setattr(row, name, value)
    row.seen_at = now
    if news:
        row.told_at = now
        row.news = news if alarm_hook.is_set() else ""
    row.save()
    if not news:
        return 0
    if alarm.straight:
        straight.append(alarm)
        return 0
    return alarm_mail.post(alarm, row)


def is_due(alarm: Alarm, told_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is told once more: what is wrong now each day; what has a day each week, and each
    day in the week before.
    """
    if alarm.day is None:
        return now - told_at >= DAILY
    today, told_on = office_day(now), office_day(told_at)
    is_last_week = 0 <= alarm.days_left(today) <= LAST_WEEK
    return today - told_on >= (dt.timedelta(days=1) if is_last_week else EVERY)


@transaction.atomic
def _end_others(found: list[Alarm], *, source: str, now: dt.datetime) -> int:
    """What this source raised, here or anywhere, and does not any more."""
    mine = Q(machine="") | Q(machine=this_machine.name())
    rows = RaisedAlarm.objects.select_for_update().filter(
        mine, source=source, over_at=None, seen_at__lte=now - QUIET
    )
    mailed = 0
    for row in rows.exclude(key__in=[alarm.key[:80] for alarm in found]):
        row.over_at, row.told_at = now, now
        row.news = News.OVER if alarm_hook.is_set() else ""
        row.save()
        mailed += alarm_mail.post_over(row)
    return mailed


def tell_hook() -> None:
    """What it did not take yet, each by itself; it may hear of one twice."""
    for row in RaisedAlarm.objects.exclude(news="").order_by("pk"):
        if alarm_hook.tell(as_news(row)):
            # Unless there is newer news by now.
            RaisedAlarm.objects.filter(pk=row.pk, news=row.news).update(news="")


def as_news(row: RaisedAlarm) -> dict[str, str]:
    """What the hook gets, all of it text."""
    opening = {
        News.RAISED: _("Alarm: %(title)s"),
        News.STILL: _("Still: %(title)s"),
        News.OVER: _("Over: %(title)s"),
    }[News(row.news)] % {"title": row.title}
    url = settings.SITE_URL + reverse(row.page)
    sentence = "" if row.news == News.OVER else f"\n{row.sentence}"
    return {
        "text": f"{opening}{sentence}\n{url}",
        "site": settings.SITE_URL,
        "state": row.news,
        "key": row.key,
        "title": row.title,
        "sentence": row.sentence,
        "machine": row.machine,
        "since": row.raised_at.isoformat(timespec="seconds"),
        "day": row.day.isoformat() if row.day else "",
        "url": url,
    }
