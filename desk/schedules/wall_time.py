"""A day and a time by the clock of a zone, typed into a form."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import zones

WALL = "%Y-%m-%dT%H:%M"
# Nobody plans further; a year with a slip of the finger does.
FURTHEST = dt.timedelta(days=3 * 366)


class WallTimeField(forms.DateTimeField):
    """What a clock shows, in no zone: as text where it begins, naive where it was read."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WALL)
    input_formats = (WALL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
    default_error_messages = {"invalid": gettext_lazy("A day and a time, like 2026-12-03 09:00.")}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        # Past DateTimeField, which would take it for a time of this server's zone.
        return super(forms.DateTimeField, self).to_python(value)


def instant_to_come(
    form: forms.Form, name: str, wall: dt.datetime | None, zone: str
) -> dt.datetime | None:
    """None with a fault in the form where there is no such time to come."""
    if wall is None or not zone or name in form.errors:
        return None
    now = timezone.now()
    try:
        found = zones.instant(wall, zone)
    except zones.NoSuchTime as skipped:
        said = _(
            "There is no such time that night, clocks go forward over it: take %(before)s or"
            " %(after)s"
        )
        pair = {"before": shown(skipped.before), "after": shown(skipped.after)}
        form.add_error(name, said % pair)
        return None
    if not now < found < now + FURTHEST:
        said = _("That is over already.") if found <= now else _("That is years away.")
        form.add_error(name, said)
    return found


def wall_text(at: dt.datetime | None, zone: str) -> str:
    return zones.wall_time(at, zone).strftime(WALL) if at else ""


def shown(wall: dt.datetime) -> str:
    return str(date_format(wall, "g:i a"))


def twice(walls: list[dt.datetime | None], zone: str) -> list[str]:
    """Of these times those that clocks there show twice that night; the first is meant."""
    return [shown(wall) for wall in walls if wall and zones.comes_twice(wall, zone)]
