"""The clock opens and closes campaigns, as the buttons do.

What beat missed is caught up with; two at once do it once, since each locks the campaign. What
cannot be done is told, and tried no more: a person decides.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.followup import campaign_end, missed_mail
from actions.status.evidence import OURSELVES
from actions.updates import outcome
from campaigns import publishing, zones
from campaigns.models import Campaign, Schedule
from campaigns.publishing import NotReady

log = logging.getLogger("actions.followup.schedule")

State = Campaign.State
RUNS = (State.LIVE, State.PAUSED)


@dataclass(frozen=True)
class Clock:
    """Who does it."""

    email: str = OURSELVES

    def get_username(self) -> str:
        return self.email


def keep_all() -> int:
    """Everything that is due. Returns for how many campaigns something was."""
    now, done = timezone.now(), 0
    starts = Q(opens_at__lte=now, campaign__state=State.DRAFT)
    ends = Q(closes_at__lte=now, campaign__state__in=RUNS)
    due = Schedule.objects.filter(starts | ends).order_by("pk")
    for campaign_id in due.values_list("campaign", flat=True):
        try:
            with translation.override(settings.LANGUAGE_CODE):
                done += keep(campaign_id)
        # One that breaks keeps no other waiting.
        except Exception:
            log.exception("The schedule of campaign %s could not be kept", campaign_id)
    return done


@transaction.atomic
def keep(campaign_id: int) -> bool:
    """Whether something was due."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    times = Schedule.objects.filter(campaign=campaign).first()
    now = timezone.now()
    if times is None:
        return False
    if campaign.state == State.DRAFT and times.opens_at and times.opens_at <= now:
        open_it(campaign, times)
        return True
    if campaign.state in RUNS and times.closes_at and times.closes_at <= now:
        close_it(campaign, times)
        return True
    return False


def open_it(campaign: Campaign, times: Schedule) -> None:
    """If the check is green now; else it stays a draft. One whose end is over is not green."""
    try:
        # What it changed before it was refused goes back.
        with transaction.atomic():
            publishing.launch(campaign, Clock(), note_of(times, times.opens_at))
    except NotReady as refused:
        miss(times, Schedule.Missed.START, refused)


def close_it(campaign: Campaign, times: Schedule) -> None:
    """With its half hour, in which it can be undone."""
    try:
        with transaction.atomic():
            campaign_end.end(
                campaign,
                "close",
                Clock(),
                note=note_of(times, times.closes_at),
                stops_letters=times.stops_letters,
            )
            if times.tells_signers:
                outcome.prepare(campaign, author=times.author)
    except NotReady as refused:
        miss(times, Schedule.Missed.END, refused)


def note_of(times: Schedule, at: object) -> str:
    """For the history."""
    when = zones.in_words(at, times.zone)  # type: ignore[arg-type]
    return (_("By its schedule: %(when)s, set by %(who)s") % {"when": when, "who": times.author})[
        :300
    ]


def miss(times: Schedule, what: Schedule.Missed, refused: NotReady) -> None:
    """Told on the overview and by mail; with the change, or not at all."""
    is_start = what == Schedule.Missed.START
    times.missed, times.missed_at = what, times.opens_at if is_start else times.closes_at
    times.missed_because = [finding.label for finding in refused.findings]
    if is_start:
        times.opens_at = None
    else:
        times.closes_at = None
    times.save()
    because = "; ".join(times.missed_because)
    times.campaign.changes.create(deed="missed", author=OURSELVES, note=because[:300])
    missed_mail.post(times)
