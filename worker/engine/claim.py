"""Which letters a worker takes: of what is due in a lane, every campaign its share, oldest first,
and nobody takes one twice.

Plain SQL, as in worker.engine.transitions: it runs for every batch, on PostgreSQL and SQLite alike.
The campaigns of a lane are found by jumping from one to the next over an index, so that a hundred
thousand waiting letters of one hide nobody and cost nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from django.conf import settings
from django.db import connection, transaction

from worker.engine import pace
from worker.engine.transitions import LEASE, moment
from worker.models import PAPER, Delivery
from worker.queued_letter import QueuedLetter, queued_letters

BATCH = 50
# So many campaigns share one batch, drawn by lot when there are more.
SHARERS = 10

WAITS = "state = 'queued' AND lane = %s AND rehearsal = %s"
# The same as DeliveryQuerySet.not_paused says; holds are read once more when a letter begins
# (worker.engine.transitions.OPEN).
SCOPES = """
    WITH RECURSIVE scopes(name) AS (
        SELECT min(scope_key) FROM worker_delivery WHERE {waits}
        UNION ALL
        SELECT (
            SELECT min(scope_key) FROM worker_delivery WHERE {waits} AND scope_key > scopes.name)
        FROM scopes WHERE scopes.name IS NOT NULL)
    SELECT name FROM scopes
    WHERE EXISTS (
        SELECT 1 FROM worker_delivery
        WHERE {waits} AND scope_key = scopes.name AND due_at <= {now})
    AND NOT EXISTS (
        SELECT 1 FROM worker_hold
        WHERE scope = 'everything'
        OR (scope = 'campaign' AND key = scopes.name)
        OR (scope = 'lane' AND key = %s))"""
PICK = """
    WITH picked AS (
        SELECT id FROM worker_delivery
        WHERE {waits} AND scope_key = %s AND due_at <= {now} AND {alive} AND {crashed}
        AND NOT EXISTS (
            SELECT 1 FROM worker_hold
            WHERE scope = 'office' AND key = worker_delivery.recipient_key)
        ORDER BY due_at, id LIMIT %s {lock})
    UPDATE worker_delivery SET state = 'claimed', claim = %s, lease_until = {lease}
    WHERE id IN (SELECT id FROM picked) RETURNING id"""
# Other workers skip the rows that we look at; SQLite has let us in alone (its transaction mode).
LOCK = {"postgresql": "FOR UPDATE SKIP LOCKED", "sqlite": ""}
# One moment for the whole statement, so that an index can find it.
# strftime's own percent signs are doubled: the statement also has parameters.
NOW = {
    "postgresql": "statement_timestamp()",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
}


@dataclass(frozen=True)
class ClaimedBatch:
    """What a worker has taken, and how the lane stood for real letters."""

    letters: Sequence[QueuedLetter]
    grant: pace.Grant | None = None

    @property
    def may_be_more(self) -> bool:
        """Whether it is worth waking another worker.

        Not when the lane's pace, or its circuit, was what ended this batch.
        """
        return bool(self.letters) and not (self.grant and self.grant.is_short)


@transaction.atomic
def claim(lane: str, token: str) -> ClaimedBatch:
    """Take at most a batch: real letters while delivery is on and as the lane permits, rehearsals
    always. What people print, never.
    """
    if lane == PAPER:
        return ClaimedBatch([])
    ids: list[int] = []
    grant = None
    if settings.DELIVERY_ENABLED:
        # The lane's row is locked from here to the commit, so what is asked and spent is one
        # worker's.
        grant = pace.ask_for_grant(lane, most=BATCH)
        ids = take_fairly(lane, token, rehearsal=False, limit=grant.most, even_late=grant.is_probe)
        grant = pace.spend(grant, len(ids))
    # Practice gets what real letters leave of the batch.
    ids += take_fairly(lane, token, rehearsal=True, limit=BATCH - len(ids))
    mine = Delivery.objects.filter(pk__in=ids)
    return ClaimedBatch(queued_letters(mine, most=BATCH), grant)


def take_fairly(
    lane: str, token: str, *, rehearsal: bool, limit: int, even_late: bool = False
) -> list[int]:
    """Who has little leaves the rest to the others.

    Letters on which a worker died before are taken one at a time, when nothing else is due, so that
    they take nobody with them.
    """
    if limit <= 0:
        return []
    take = partial(pick, lane, token, rehearsal=rehearsal, even_late=even_late)
    found = due_scopes(lane, rehearsal=rehearsal)
    # Shuffled anew for each batch: no campaign comes first because of its key.
    drawn = random.sample(found, len(found))
    ids: list[int] = []
    # Draw on while those drawn had nothing for us: holds on their offices, or others were quicker.
    while drawn and not ids:
        sharers, drawn = drawn[:SHARERS], drawn[SHARERS:]
        # Round by round, what some left over goes to those who may have more.
        while sharers and len(ids) < limit:
            share = ceil((limit - len(ids)) / len(sharers))
            may_have_more = []
            for scope in sharers:
                taken = take(scope, limit=min(share, limit - len(ids)))
                ids += taken
                if len(taken) == share:
                    may_have_more.append(scope)
            sharers = may_have_more
    if ids:
        return ids
    for scope in found:
        if alone := take(scope, limit=1, crashed=True):
            return alone
    return []


def due_scopes(lane: str, *, rehearsal: bool) -> list[str]:
    """Whose letters are due in this lane, without those under a hold."""
    with connection.cursor() as cursor:
        waits: list[str | bool] = [lane, rehearsal]
        cursor.execute(SCOPES.format(waits=WAITS, now=NOW[connection.vendor]), [*waits * 3, lane])
        return [name for (name,) in cursor.fetchall()]


def pick(
    lane: str,
    token: str,
    scope: str,
    *,
    rehearsal: bool,
    limit: int,
    even_late: bool,
    crashed: bool = False,
) -> list[int]:
    """Claim the oldest letters of one campaign in a lane.

    `crashed`: those on which a worker died before, instead of the others. `even_late`: also those
    whose time is over, for a lane's probe.
    """
    now = NOW[connection.vendor]
    statement = PICK.format(
        waits=WAITS,
        now=now,
        alive="1 = 1" if even_late else f"expires_at > {now}",
        crashed="crashes > 0" if crashed else "crashes = 0",
        lock=LOCK[connection.vendor],
        lease=moment(),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [lane, rehearsal, scope, limit, token, LEASE.total_seconds()])
        return [pk for (pk,) in cursor.fetchall()]


def is_work_left(lane: str) -> bool:
    """Whether another worker would find something to claim here."""
    if settings.DELIVERY_ENABLED and due_scopes(lane, rehearsal=False):
        return True
    return bool(due_scopes(lane, rehearsal=True))
