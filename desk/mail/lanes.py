"""Lanes, as people see them: what waits in each and how long, how fast it goes, and what keeps it;
and what they may do about it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from desk.access import needs
from desk.at_most import AT_MOST, in_a_cell, in_digits
from desk.mail.delivery_status import SHORT
from desk.mail.destinations import destination
from desk.mail.who_reads import insist_on_lane
from worker.channels.mime import squeeze
from worker.engine import circuit
from worker.engine import pace as lane_pace
from worker.lane_numbers import lane_numbers
from worker.models import Delivery, Hold, Lane, State

ON_BOARD = 30
# With the relay down every lane is in trouble.
TOLD_AT_LENGTH = 5
A_MOMENT = dt.timedelta(minutes=1)
# Columns that are always there; the others only when there is something in them.
ALWAYS = (State.QUEUED, State.SENT, State.FAILED, State.UNCERTAIN)


@dataclass
class LaneRow:
    """One lane as the board shows it."""

    name: str
    numbers: dict[str, int] = field(default_factory=dict)
    due_since: dt.datetime | None = None
    lane: Lane | None = None
    hold: Hold | None = None

    @property
    def title(self) -> str:
        return destination(self.name)

    def cells(self, states: Sequence[State]) -> list[tuple[str, Any, str]]:
        """Blank where there is nothing."""
        numbers = [(state, self.numbers.get(state, 0)) for state in states]
        return [
            (state, SHORT[state], in_a_cell(number) if number else "") for state, number in numbers
        ]

    @property
    def in_line(self) -> str:
        return in_digits(self.numbers.get(State.QUEUED, 0))

    @property
    def waits(self) -> str:
        """How long its oldest letter could have gone already; blank when nothing is late."""
        if self.due_since is None or self.due_since > timezone.now() - A_MOMENT:
            return ""
        return timesince(self.due_since, depth=1)

    @property
    def pace(self) -> str:
        if not settings.DELIVERY_ENABLED:
            return _("Practice: at once")
        pace = lane_pace.pace_of(self.lane or Lane(name=self.name))
        return (
            _("%(number)d a minute") % {"number": pace.per_minute}
            if pace
            else _("As fast as it goes")
        )

    @property
    def trouble(self) -> str:
        """What keeps its real letters, in a few words."""
        if self.hold:
            return _("Paused")
        if self.lane is None or self.lane.opened_at is None:
            return ""
        if self.lane.open_until and self.lane.open_until > timezone.now():
            return _("Left alone until %s") % date_format(
                timezone.localtime(self.lane.open_until), "H:i"
            )
        return _("Tries one letter next")

    @property
    def pressing(self) -> tuple[bool, int, str]:
        work = sum(
            self.numbers.get(state, 0) for state in (State.UNCERTAIN, State.FAILED, State.QUEUED)
        )
        # Sorted upwards: False comes before True, and the most work has the least number.
        return (not self.trouble, -work, self.name)


def board(only: str = "") -> list[LaneRow]:
    """Every lane, or only this one: those that are kept, then those with trouble and work,
    first. Numbers stop where nobody would count on (desk.at_most).
    """
    wanted = {"lane": only} if only else {}
    # What is in each lane, since when something is late, and what is noted of the lane itself.
    counted = lane_numbers(most=AT_MOST + 1, only=only)
    rows = {name: LaneRow(name, numbers) for name, numbers in counted.items()}
    due = Delivery.objects.due_now().permitted(enabled=settings.DELIVERY_ENABLED).filter(**wanted)
    for name, since in due.values_list("lane").annotate(Min("due_at")).order_by():
        # A letter may have come into a new lane since the first query.
        rows.setdefault(name, LaneRow(name)).due_since = since
    for lane in Lane.objects.filter(name__in=rows):
        rows[lane.name].lane = lane
    for hold in Hold.objects.filter(scope=Hold.Scope.LANE, key__in=rows):
        rows[hold.key].hold = hold
    return sorted(rows.values(), key=lambda row: row.pressing)


class PaceForm(forms.Form):
    """Blank is what the settings say."""

    per_minute = forms.IntegerField(
        label=gettext_lazy("Letters a minute"), min_value=1, max_value=6000, required=False
    )
    burst = forms.IntegerField(
        label=gettext_lazy("Letters at once"), min_value=1, max_value=1000, required=False
    )
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=200)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("per_minute")) != bool(told.get("burst")) and not self.errors:
            raise ValidationError(_("Give both numbers, or neither for what the settings say."))
        return told


@needs("see_outbox")
def lane(request: HttpRequest) -> HttpResponse:
    """One lane: what waits, its pace, what keeps it. 404 for a lane with no deliveries."""
    return _show(request, _asked(request, request.GET.get("name", "")))


@require_POST
@needs("hold_deliveries")
def set_pace(request: HttpRequest) -> HttpResponse:
    """A pace of its own, or what the settings say. 422 for half a pace or no reason."""
    name, form = _asked(request, request.POST.get("name", "")), PaceForm(request.POST)
    if not form.is_valid():
        return _show(request, name, form, status=422)
    author, told = request.user.get_username(), form.cleaned_data
    with transaction.atomic():
        lane_pace.set_pace(name, per_minute=told["per_minute"], burst=told["burst"])
        pace = f"{told['per_minute']}/{told['burst']}" if told["burst"] else "as set up"
        audit.record(author, "lane's pace set", f"{name} {pace}", reason=told["reason"])
    return redirect(_address(name))


@require_POST
@needs("hold_deliveries")
def try_now(request: HttpRequest) -> HttpResponse:
    """Let one letter try before its time; nothing changes for a lane that is not left alone."""
    name = _asked(request, request.POST.get("name", ""))
    with transaction.atomic():
        if circuit.try_now(name):
            audit.record(request.user.get_username(), "lane tried before its time", name)
    return redirect(_address(name))


def _asked(request: HttpRequest, text: str) -> str:
    """The lane that is named. Raises Http404, or PermissionDenied."""
    name = squeeze(text)
    insist_on_lane(request, name)
    if not Delivery.objects.filter(lane=name).exists():
        raise Http404
    return name


def _address(name: str) -> str:
    return f"{reverse('desk:lane')}?{urlencode({'name': name})}"


def _show(
    request: HttpRequest, name: str, form: PaceForm | None = None, status: int = 200
) -> HttpResponse:
    # Exactly one: `_asked` has seen a delivery in it.
    [row] = board(only=name)
    own = {"per_minute": row.lane.per_minute, "burst": row.lane.burst} if row.lane else {}
    usual = settings.LANE_PACE.get(name.partition(":")[0])
    context = {
        "row": row,
        "now": timezone.now(),
        "form": form or PaceForm(initial=own),
        "usual": lane_pace.Pace.parse(usual) if usual else None,
        "own": bool(own.get("burst")),
    }
    return render(request, "desk/lane.html", context, status=status)
