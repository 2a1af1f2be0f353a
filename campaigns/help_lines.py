"""Where somebody in despair finds a person to talk to: the organization's list, or ours.

A line of a list is "Name | What to do", and behind it links: tel:, sms: or https:.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns import brand

SCHEMES = ("tel:", "sms:", "https://")
# As the lines' own pages had them on that day: 988lifeline.org/get-help, crisistextline.org.
READ_ON = dt.date(2026, 11, 30)
OURS = {
    "en": """\
988 Suicide & Crisis Lifeline | Call or text 988: free, day and night | tel:988 | sms:988 \
| https://988lifeline.org/
Crisis Text Line | Text HOME to 741741 | sms:741741
Emergency | If somebody is in danger right now, call 911 | tel:911""",
    "es": """\
988 Línea de Prevención del Suicidio y Crisis | Llama al 988 y marca 2, o envía AYUDA al \
988: gratis, de día y de noche | tel:988 | sms:988 | https://988lifeline.org/es/
Crisis Text Line | Envía AYUDA al 741741 | sms:741741
Emergencias | Si alguien está en peligro ahora mismo, llama al 911 | tel:911""",
}


class BadLine(ValueError):
    """A line that is not one; its message says why."""


@dataclass(frozen=True)
class HelpLine:
    name: str
    what_to_do: str
    links: tuple[str, ...] = ()

    @property
    def ways(self) -> list[tuple[str, str, str]]:
        """Each link, its kind (tel, sms or https), and whom or what it leads to."""
        found = []
        for link in self.links:
            kind, _colon, to = link.partition(":")
            found.append((link, kind, to.strip("/")))
        return found


@dataclass(frozen=True)
class HelpLines:
    """`checked_on`: the day on which somebody last looked whether the numbers are right."""

    lines: tuple[HelpLine, ...]
    checked_on: dt.date


def current(language: str) -> HelpLines:
    """The organization's own in this language, ours where it has none."""
    row = brand.current()
    own = read((row.help_lines or {}).get(language, ""))
    if own and row.help_lines_on:
        return HelpLines(own, row.help_lines_on)
    return HelpLines(read(OURS.get(language, OURS["en"])), READ_ON)


def read(text: str) -> tuple[HelpLine, ...]:
    """Raises BadLine."""
    return tuple(read_line(line) for line in text.splitlines() if line.strip())


def read_line(line: str) -> HelpLine:
    """Raises BadLine."""
    name, *rest = [part.strip() for part in line.split("|")]
    if not name or not rest or not rest[0]:
        raise BadLine(
            _("Each line is a name, a bar (|), and what to do: %(line)s") % {"line": line}
        )
    links = tuple(part for part in rest[1:] if part)
    for link in links:
        if not link.startswith(SCHEMES):
            raise BadLine(_("A link begins with tel:, sms: or https://: %(link)s") % {"link": link})
    return HelpLine(name, rest[0], links)
