"""What had left since the backup is settled by what the relay took, by Message-ID; what nobody can
know is in doubt, and is not sent again by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from worker.engine import transitions
from worker.inbound.relay_log import take_in_log
from worker.models import Attempt, Delivery, Restore, State, WaitsFor
from worker.restoring.relay import Taken, TakenByRelay

AUTHOR = "restore"
AT_ONCE = 500
# In each of these it may have gone on since the backup; what was taken back since is among them.
MAY_HAVE_LEFT = [
    State.WAITING,
    State.QUEUED,
    State.CLAIMED,
    State.DATA,
    State.UNCERTAIN,
    State.FAILED,
    State.CANCELLED,
]
# The clocks of two machines; who was sent again was so by a person, who takes longer.
APART = dt.timedelta(minutes=1)


@dataclass
class Settled:
    """How many of what. `lost`: by Message-ID what the relay took and no row here knows, with its
    recipient, or blank where the log does not say.
    """

    taken: int = 0
    known: int = 0
    sent: int = 0
    in_doubt: int = 0
    again: int = 0
    stay: int = 0
    lost: dict[str, str] = field(default_factory=dict)


class Rehearsed(Exception):
    """Ends a dry run, so that nothing of it is kept."""


def settle(
    found: TakenByRelay,
    lines: Iterable[str],
    restore: Restore,
    *,
    is_complete: bool,
    really: bool,
) -> Settled:
    """`lines` are those of `found`, once more. `is_complete`: somebody says that this is all that
    was taken since the backup, so what is not in it has not left. Without that word it is in doubt.

    May run again, with more of the log. A dry run does everything and takes it back.
    """
    settled = Settled(taken=len(found.messages))
    try:
        with transaction.atomic():
            by_the_log(found, restore, settled)
            # What became of it at the offices; before anything else is in doubt, which an old line
            # would settle.
            take_in_log(lines)
            beside_the_log(restore, settled, is_complete=is_complete)
            if not really:
                raise Rehearsed
    except Rehearsed:
        pass
    return settled


def by_the_log(found: TakenByRelay, restore: Restore, settled: Settled) -> None:
    for ids in chunks(sorted(found.messages)):
        rows = Delivery.objects.filter(message_id__in=ids).defer("message")
        known = {row.message_id: row for row in rows}
        settled.known += len(known)
        since = {mid: found.messages[mid] for mid in ids if mid not in known}
        settled.lost |= {
            mid: found.recipients.get(mid, "")
            for mid, taken in since.items()
            # What left before the backup may have been forgotten in its time.
            if taken.at is None or taken.at > restore.moment - APART
        }
        for row in news(known, found.messages):
            settled.sent += note_as_sent(row, found.messages[row.message_id], restore)


def news(known: dict[str, Delivery], messages: dict[str, Taken]) -> Iterator[Delivery]:
    """Of which the log knows more than the rows: taken, though never sent by what they say, or
    later than a person queued it once more.
    """
    open_rows = {row.pk: row for row in known.values() if may_have_left(row)}
    sent_before = dict(
        Attempt.objects.filter(delivery__in=open_rows)
        .values_list("delivery")
        .annotate(last=Max("at"), sent=Count("pk", filter=Q(state=State.SENT)))
        .filter(sent__gt=0)
        .values_list("delivery", "last")
    )
    for pk, row in open_rows.items():
        at = messages[row.message_id].at
        if pk not in sent_before or (at and at > sent_before[pk] - APART):
            yield row


def may_have_left(row: Delivery) -> bool:
    return row.state in MAY_HAVE_LEFT and row.channel == "email" and not row.rehearsal


def note_as_sent(row: Delivery, taken: Taken, restore: Restore) -> int:
    moved = transitions.move(
        Delivery.objects.filter(pk=row.pk, state__in=MAY_HAVE_LEFT),
        State.SENT,
        author=AUTHOR,
        answer=(
            f"It had left, which the backup of {told(restore.moment)} did not know. The relay:"
            f" {taken.words}"
        ),
        waits_for="",
        claim="",
        lease_until=None,
        # As old as it is: what came back of it later still counts (worker.inbound.relay_log).
        settled_at=taken.at or Now(),
    )
    return len(moved)


def beside_the_log(restore: Restore, settled: Settled, *, is_complete: bool) -> None:
    """What no relay took, as far as we know."""
    doubted = Attempt.objects.filter(delivery=OuterRef("pk"), author=AUTHOR, state=State.UNCERTAIN)
    by_mail = Delivery.objects.filter(rehearsal=False, channel="email")
    if is_complete:
        mine = by_mail.filter(Exists(doubted), state=State.UNCERTAIN)
        said = "The relay's whole log since the backup does not know it."
        back: dict[str, Any] = {"author": AUTHOR, "answer": said, "settled_at": None}
        waited = mine.exclude(waits_for=WaitsFor.CONFIRMATION)
        settled.again += len(transitions.move(waited, State.WAITING, **back))
        settled.again += len(transitions.move(mine, State.QUEUED, **back))
    else:
        settled.in_doubt += doubt(by_mail, restore)
    settled.in_doubt += doubt(to_congress(), restore)
    at_rest = by_mail.filter(state__in=[State.WAITING, State.QUEUED, State.CLAIMED])
    settled.stay = at_rest.count()


def doubt(rows: QuerySet[Delivery], restore: Restore) -> int:
    """What waits for its confirmation alone cannot have left without it."""
    waits = Q(state=State.WAITING) & ~Q(waits_for=WaitsFor.CONFIRMATION)
    moved = transitions.move(
        rows.filter(Q(state__in=[State.QUEUED, State.CLAIMED, State.DATA]) | waits),
        State.UNCERTAIN,
        author=AUTHOR,
        answer=(
            f"Our records were restored from a backup of {told(restore.moment)}. It may have left"
            " since, and is not sent again by itself."
        ),
        claim="",
        lease_until=None,
        settled_at=Now(),
    )
    return len(moved)


def to_congress() -> QuerySet[Delivery]:
    """To a chamber that may take the same message twice (worker.engine.reconcile). The other one,
    and Lob, are asked before they get it again.
    """
    known = [c for c in ("house", "senate") if getattr(settings, f"CWC_{c.upper()}_KNOWS_REPEATS")]
    mine = Delivery.objects.filter(rehearsal=False, channel="cwc")
    return mine.exclude(lane__in=[f"cwc:{chamber}" for chamber in known])


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def told(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S %Z}"
