"""The relay's own log: what became of a message after our relay had taken it, by its Message-ID.

Postfix's lines are understood.

To us "sent" means that the relay said 250. Its log knows more: whether it had a letter that is in
doubt, and what the office's server said. Reading the same log again, or one that overlaps, changes
nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from worker.inbound.parse import MESSAGE_ID, InboundReport, storable_words
from worker.inbound.returns import note_return
from worker.models import Delivery, Return, State
from worker.smtp_status import enhanced_status, reply_code

# Times as rsyslog writes them today, or as syslog always did ("Nov 30 02:12:38").
LINE = re.compile(
    r"^(?P<at>\S+T\S+|\w{3} [ \d]\d \d\d:\d\d:\d\d) .*?postfix\S*\[\d+\]:"
    r" (?P<queue>[0-9A-Za-z]{6,20}): (?P<rest>.*)$"
)
STATUS = re.compile(r"\bstatus=(sent|deferred|bounced|expired)\b(?: \((.*)\))?")
RECIPIENT = re.compile(r"\bto=<([^>]+)>")
DSN, PEER = re.compile(r"\bdsn=([\d.]+)"), re.compile(r"\brelay=(?!none)([^,]+)")
# What Postfix calls "sent", the office's server has taken: passed on, and no more is known.
KINDS = {
    "sent": Return.Kind.RELAYED,
    "deferred": Return.Kind.DELAYED,
    "bounced": Return.Kind.FAILED,
    "expired": Return.Kind.FAILED,
}
# The clocks of two machines.
APART = dt.timedelta(minutes=10)


@dataclass
class LogSummary:
    """What reading a log came to."""

    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    seen: set[str] = field(default_factory=set)  # Message-IDs shaped like ours


@dataclass(frozen=True)
class Entry:
    message_id: str
    at: dt.datetime
    report: InboundReport
    queue: str


def take_in_log(lines: Iterable[str], *, now: dt.datetime | None = None) -> LogSummary:
    """Note what the log says of our messages, and draw its consequences."""
    summary = LogSummary()
    for entry in entries(lines, summary, now or timezone.now()):
        delivery = (
            Delivery.objects.filter(message_id=entry.message_id, channel="email")
            .defer("message")
            .first()
        )
        if delivery and not is_of_before(entry, delivery):
            note_return(entry.report, delivery, digest=digest(entry), source="log")
    return summary


def entries(lines: Iterable[str], summary: LogSummary, now: dt.datetime) -> Iterator[Entry]:
    """What the log says of our messages, as it says it; `summary` is filled on the way."""
    # Postfix names the Message-ID once, and from then on only its own queue id.
    ours: dict[str, str] = {}
    for line in lines:
        match = LINE.match(line)
        at = moment(match["at"], now) if match else None
        if not match or at is None:
            continue
        summary.begins, summary.ends = min(summary.begins or at, at), max(summary.ends or at, at)
        queue, rest = match["queue"], match["rest"]
        if mid := MESSAGE_ID.search(rest) if rest.startswith("message-id=") else None:
            ours[queue] = mid[0]
        elif rest == "removed":
            ours.pop(queue, None)
        elif queue in ours and (status := STATUS.search(rest)):
            summary.seen.add(ours[queue])
            yield Entry(ours[queue], at, report_of(rest, status[1], status[2] or ""), queue)


def report_of(rest: str, status: str, said: str) -> InboundReport:
    peer, dsn = PEER.search(rest), DSN.search(rest)
    words = f"The relay's log: {said or status}" + (f" ({peer[1]})" if peer else "")
    return InboundReport(
        KINDS[status],
        dsn[1] if dsn else enhanced_status(said),
        reply_code(said),
        storable_words(words),
    )


def is_of_before(entry: Entry, delivery: Delivery) -> bool:
    """A failure from before it was sent again says nothing about the sending that stands."""
    stands_since = None
    if delivery.state == State.SENT:
        stands_since = delivery.settled_at
    elif delivery.state == State.QUEUED:
        stands_since = delivery.due_at
    return (
        entry.report.kind == Return.Kind.FAILED
        and stands_since is not None
        and entry.at < stands_since - APART
    )


def digest(entry: Entry) -> str:
    """A message is deferred many times: once is enough to know."""
    return hashlib.sha256(
        f"log {entry.message_id} {entry.queue} {entry.report.kind}".encode()
    ).hexdigest()


def moment(text: str, now: dt.datetime) -> dt.datetime | None:
    """Syslog's time: with its zone, or without year and zone, in this site's zone and the year that
    makes it past.
    """
    try:
        if "T" in text:
            at = dt.datetime.fromisoformat(text)
            return at if at.tzinfo else timezone.make_aware(at)
        at = dt.datetime.strptime(f"{now.year} {text}", "%Y %b %d %H:%M:%S").replace(
            tzinfo=timezone.get_current_timezone()
        )
        return at if at < now + dt.timedelta(days=2) else at.replace(year=now.year - 1)
    except ValueError:
        return None


def not_in(summary: LogSummary) -> list[Delivery]:
    """Letters in doubt whose time the log covers, and that it does not know: a hint for whoever
    looks for them, no evidence.

    The log may be of one relay among several, or have lost lines.
    """
    if summary.begins is None or summary.ends is None:
        return []
    doubted = Delivery.objects.filter(
        state=State.UNCERTAIN, channel="email", settled_at__range=(summary.begins, summary.ends)
    ).defer("message")
    return [row for row in doubted.order_by("settled_at") if row.message_id not in summary.seen]
