"""A reminder of what is left to the writer, as a file that any calendar takes (RFC 5545)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action

AT = dt.time(10)  # offices pick up the telephone then, wherever the writer is
SATURDAY = 5
LINE_BYTES = 75


def reminder(action: Action, number: int) -> bytes:
    """For the next weekday at ten, by the clock of whoever opens it; `number` offices are left.

    Without its writer's name, words and private link: calendars are shared, in families too.
    """
    now = timezone.now()
    day = timezone.localdate(now) + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    title = ngettext(
        "Finish my letter: %(number)d office needs me",
        "Finish my letters: %(number)d offices need me",
        number,
    ) % {"number": number}
    where = _("The link stands in our mail with your letters.")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Take Action//EN",
        "BEGIN:VEVENT",
        f"UID:{action.public_id.hex}",
        f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{dt.datetime.combine(day, AT):%Y%m%dT%H%M%S}",
        "DURATION:PT15M",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(where)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0M",
        f"DESCRIPTION:{escaped(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text


def folded(line: str) -> bytes:
    """No line of a calendar is longer than 75 bytes, and no letter is cut in two."""
    rows = [b""]
    for char in line.encode():
        begins_a_letter = char & 0xC0 != 0x80
        # Three bytes may follow, and the row after the first begins with a blank.
        if begins_a_letter and len(rows[-1]) > LINE_BYTES - 4:
            rows.append(b" ")
        rows[-1] += bytes([char])
    return b"\r\n".join(rows) + b"\r\n"
