"""Mail to organizers when a campaign did not open or close at its time."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import holding
from campaigns import words, zones
from campaigns.models import Schedule
from supporters import mail_to_colleagues
from supporters.mail_to_colleagues import Notice


def post(times: Schedule) -> int:
    """One to each who runs campaigns; how many that are. Posted twice it is sent once."""
    everybody = holding("run_campaigns", is_demo=times.campaign.is_demo)
    return mail_to_colleagues.post(notice(times), everybody)


def notice(times: Schedule) -> Notice:
    campaign = times.campaign
    assert times.missed_at
    is_start = times.missed == Schedule.Missed.START
    title = words.of(campaign, settings.LANGUAGE_CODE).title
    said = _("Did not open: %(title)s") if is_start else _("Did not close: %(title)s")
    return Notice(
        template="desk/missed",
        key=f"missed:{times.pk}:{times.missed}:{times.missed_at:%Y%m%d%H%M}",
        subject=said % {"title": title},
        context={
            "is_start": is_start,
            "title": title,
            "when": zones.in_words(times.missed_at, times.zone),
            "because": times.missed_because,
            "page_url": settings.SITE_URL + reverse("desk:campaign_schedule", args=[campaign.slug]),
        },
        is_demo=campaign.is_demo,
    )
