"""Restore mode: reads are served, nothing leaves, and nothing new is taken in but what takes back
(config.restore_mode).

It begins by itself with the first connection to a restored database, and ends by a person's word,
once the relay was asked what had left since the backup and the journal was replayed.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from worker.engine import holds
from worker.models import Attempt, Delivery, Heartbeat, Hold, KnownDatabase, Restore

AUTHOR = "restore"
REASON = "This database was restored from a backup, and does not know what has left since."


class NotYet(Exception):
    """What has to be done before it may end."""


def current() -> Restore | None:
    """The restore that is not over."""
    return Restore.objects.filter(ended_at=None).last()


def last() -> Restore | None:
    """The newest, over or not: what happened between its `moment` and `found_at` may be missing."""
    return Restore.objects.last()


def is_on() -> bool:
    """Whether nothing may be sent, and nothing new taken in."""
    return Restore.objects.filter(ended_at=None).exists()


@transaction.atomic
def begin(identity: str, *, moment: dt.datetime | None = None) -> Restore:
    """Once for each database. `moment`: what it knew last, else the newest time that it holds."""
    moment = moment or newest_known()
    restore, is_new = Restore.objects.get_or_create(
        identity=identity, defaults={"moment": moment or timezone.now()}
    )
    if is_new:
        hold = holds.place(Hold.Scope.EVERYTHING, reason=REASON, author=AUTHOR)
        # What it is paused for counts from the backup: no letter grows old by our loss.
        Hold.objects.filter(pk=hold.pk, author=AUTHOR).update(placed_at=restore.moment)
    return restore


def newest_known() -> dt.datetime | None:
    """The newest time in rows that are written all day long. None for an empty house."""
    times = [
        Heartbeat.objects.order_by("-at").values_list("at", flat=True).first(),
        Attempt.objects.order_by("-pk").values_list("at", flat=True).first(),
        Delivery.objects.order_by("-pk").values_list("posted_at", flat=True).first(),
    ]
    return max((at for at in times if at), default=None)


@transaction.atomic
def note(line: str, **done: dt.datetime) -> None:
    """Keep a line of what was found, and which step is done; nothing outside of restore mode."""
    restore = Restore.objects.select_for_update().filter(ended_at=None).last()
    if restore:
        restore.account = f"{restore.account}{timezone.now():%Y-%m-%d %H:%M} {line}\n"
        for name, at in done.items():
            setattr(restore, name, at)
        restore.save()


@transaction.atomic
def end(*, by: str, reason: str, nothing_was_lost: bool = False) -> Restore:
    """Letters go on, and everything is taken in again.

    Raises NotYet before both steps are done, unless nothing was lost, as when a house moves.
    """
    restore = Restore.objects.select_for_update().filter(ended_at=None).last()
    if restore is None:
        raise NotYet("There is no restore to end.")
    if not nothing_was_lost and restore.settled_at is None:
        raise NotYet("First ask the relay's log what had left: manage.py settle_restored")
    if not nothing_was_lost and restore.replayed_at is None:
        raise NotYet("First take back what was taken back: manage.py replay_journal --really")
    restore.ended_at, restore.ended_by, restore.reason = timezone.now(), by, reason
    restore.save()
    KnownDatabase.objects.get_or_create(identity=restore.identity)
    if Hold.objects.filter(scope=Hold.Scope.EVERYTHING, author=AUTHOR).exists():
        holds.lift(Hold.Scope.EVERYTHING)
    return restore
