"""Alarms that stand, those that lately did, and how they are told."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import administrators
from desk.access import needs
from desk.models import RaisedAlarm
from desk.monitoring import raising
from desk.navigation import may_open
from legislators.holders import office_day
from worker.channels import alarm_hook
from worker.models import Heartbeat

SHOWN = 50
# Three looks that did not come.
LOOKED_LATELY = dt.timedelta(minutes=16)


@require_safe
@needs("see_outbox")
def alarms(request: HttpRequest) -> HttpResponse:
    """By the last look, which is minutes old."""
    today = office_day()
    looked_at = next(
        iter(Heartbeat.objects.filter(name=raising.SIGN).values_list("at", flat=True)), None
    )
    context = {
        "standing": [
            {
                "alarm": row,
                "days_left": (row.day - today).days if row.day else None,
                "url": where_it_is_seen(row.page, request),
            }
            for row in raising.standing()
        ],
        "over": RaisedAlarm.objects.exclude(over_at=None).order_by("-over_at")[:SHOWN],
        "looked_at": looked_at,
        "is_late": looked_at and looked_at < timezone.now() - LOOKED_LATELY,
        "administrators": administrators().count(),
        "has_hook": alarm_hook.is_set(),
    }
    return render(request, "desk/alarms.html", context)


def where_it_is_seen(page: str, request: HttpRequest) -> str:
    """Its address; empty where it is this page, or closed to whoever looks."""
    is_open = page != "desk:alarms" and may_open(request.user, page)
    return reverse(page) if is_open else ""
