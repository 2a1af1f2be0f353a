"""What the relay took, as its log tells: all that is left of what a restored database forgot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from worker.inbound.parse import MESSAGE_ID
from worker.inbound.relay_log import LINE, RECIPIENT, STATUS, moment


@dataclass(frozen=True)
class Taken:
    """One message of ours. `at` is None in a mere list of Message-IDs."""

    at: dt.datetime | None
    words: str


@dataclass
class TakenByRelay:
    """By Message-ID what was taken, and to whom it went where a line says so; `begins` and `ends`
    are of all lines.
    """

    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    messages: dict[str, Taken] = field(default_factory=dict)
    recipients: dict[str, str] = field(default_factory=dict)


def read(lines: Iterable[str], now: dt.datetime) -> TakenByRelay:
    """Postfix's log, or a Message-ID a line. Lines of anything else are passed over.

    A Message-ID alone proves nothing there: Postfix writes it before it has taken the message.
    """
    found = TakenByRelay()
    ours: dict[str, str] = {}
    for line in lines:
        if listed := MESSAGE_ID.fullmatch(line.strip()):
            found.messages.setdefault(listed[0], Taken(None, "in a list of what was taken"))
            continue
        match = LINE.match(line)
        at = moment(match["at"], now) if match else None
        if not match or at is None:
            continue
        found.begins, found.ends = min(found.begins or at, at), max(found.ends or at, at)
        queue, rest = match["queue"], match["rest"]
        if mid := MESSAGE_ID.search(rest) if rest.startswith("message-id=") else None:
            ours[queue] = mid[0]
        elif rest == "removed":
            ours.pop(queue, None)
        elif queue in ours and ("(queue active)" in rest or STATUS.search(rest)):
            found.messages[ours[queue]] = Taken(at, f"taken at {at.isoformat()} as {queue}")
            if to := RECIPIENT.search(rest):
                found.recipients[ours[queue]] = to[1].lower()
    return found
