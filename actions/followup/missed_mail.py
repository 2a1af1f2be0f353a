"""Mail to organizers when a campaign did not open or close at its time."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import holding
from campaigns import words, zones
from campaigns.brand import current
from campaigns.models import Schedule
from supporters.mail import LANE, is_rehearsal
from worker import outbox
from worker.channels.email import compose, message_id


def post(times: Schedule) -> int:
    """One to each who runs campaigns; how many that are. Posted twice it is sent once."""
    everybody = holding("run_campaigns", is_demo=times.campaign.is_demo)
    return len(outbox.post([envelope(times, user) for user in everybody]))


def envelope(times: Schedule, user: User) -> outbox.Envelope:
    campaign, brand = times.campaign, current()
    assert times.missed_at
    key = f"missed:{times.pk}:{times.missed}:{times.missed_at:%Y%m%d%H%M}:{user.pk}"
    is_start = times.missed == Schedule.Missed.START
    title = words.of(campaign, settings.LANGUAGE_CODE).title
    said = _("Did not open: %(title)s") if is_start else _("Did not close: %(title)s")
    subject = said % {"title": title}
    context = {
        "brand": brand,
        "language": settings.LANGUAGE_CODE,
        "is_start": is_start,
        "title": title,
        "when": zones.in_words(times.missed_at, times.zone),
        "because": times.missed_because,
        "page_url": settings.SITE_URL + reverse("desk:campaign_schedule", args=[campaign.slug]),
    }
    mid = message_id("missed", key)
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
            text=render_to_string("email/desk/missed.txt", context),
            html=render_to_string("email/desk/missed.html", context),
            headers={"Auto-Submitted": "auto-generated"},
        ),
        message_id=mid,
        rehearsal=is_rehearsal(is_demo=campaign.is_demo),
    )
