"""Work that is noted as a row and done in the background: exports, resends, print batches.

What every such job promises (tests/worker/test_background_job.py):

- noted in the caller's transaction, and started once that is committed; a message that gets lost
  costs a minute, since the sweep starts what nobody has begun;
- done by one worker at a time: `claim` is one conditional update, and `beat_at` then is the
  worker's token, which every later write checks and moves on;
- resumed after a crash by whoever comes next, from where its row says it is;
- given up, with a reason on the row, when it stops too often without getting any further;
- stopped by a person: the worker notices at its next write, and writes nothing more.

A row of such a job has `beat_at` (null until somebody begins), `tries` and `error`. Whatever else
says how far it is belongs to the job.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from worker import queue

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=models.Model)
GIVEN_UP = "stopped too often"
GIVEN_WAY_S = 0.15


class Overtaken(Exception):
    """This row is no longer ours: another worker has taken it up, or somebody stopped it."""


@dataclass(frozen=True)
class BackgroundJob(Generic[Row]):
    """One kind of job. Columns of its model stand in `unfinished`, `begun` and `failed`."""

    model: type[Row]
    task: str
    """The name of the Celery task that is called with a row's id and ends in `run`."""
    unfinished: Q
    """The rows on which there is still work, begun or not."""
    noted_at: str
    """The column that says since when a row waits for somebody to begin."""
    begun: Mapping[str, Any] = field(default_factory=dict)
    """What a claim writes into the row, besides its own columns."""
    failed: Mapping[str, Any] = field(default_factory=dict)
    """What takes a row out of `unfinished` when it is given up."""
    silent_for: dt.timedelta = dt.timedelta(minutes=2)
    """A worker that has not written for so long is thought dead."""
    start_within: dt.timedelta = dt.timedelta(seconds=30)
    """The message that starts a row is thought lost after so long."""
    most_tries: int = 3
    """So often in a row may it stop without getting further."""
    queue: str = "desk"

    def start(self, ids: Sequence[int]) -> None:
        """Tell the workers. Never raises, and may be said twice."""
        queue.call(self.task, [(pk,) for pk in ids], queue=self.queue)

    def start_on_commit(self, row: Row) -> None:
        """The same once the caller's transaction is committed."""

        def start_it() -> None:
            self.start([row.pk])

        transaction.on_commit(start_it, robust=True)

    def run(self, pk: int, work: Callable[[Row], None]) -> None:
        """Do it, or the rest of it. Nothing happens if it is done, or somebody else is at it.

        `work` writes with `advance`. What it raises ends the job with the name of the exception as
        its error, except for the database's troubles: then nothing can be written down, and the
        sweep tries again.
        """
        row = self.claim(pk)
        if row is None:
            return
        name = f"{self.model.__name__} {pk}"
        try:
            work(row)
        except Overtaken:
            log.warning("%s goes on elsewhere, or was stopped.", name)
        except DatabaseError:
            raise
        except Exception as fault:
            log.exception("%s failed.", name)
            self._rows().filter(self._is_ours(row)).update(
                **self.failed, error=type(fault).__name__
            )

    def claim(self, pk: int) -> Row | None:
        """The row, if it is free and we are the one that got it."""
        now = timezone.now()
        free = self._rows().filter(
            self.unfinished,
            Q(beat_at=None) | Q(beat_at__lt=now - self.silent_for),
            pk=pk,
            tries__lt=self.most_tries,
        )
        # Two messages may name the same row: of their updates only one still finds it free.
        if not free.update(beat_at=now, tries=F("tries") + 1, **self.begun):
            return None
        return self._rows().get(pk=pk)

    def advance(self, row: Row, **changes: Any) -> None:
        """Write down how far it is, or that it is done. Raises Overtaken.

        In one transaction with the work itself, it makes that work happen once. Say `tries=0` when
        it got further: then it may go on as often as it needs.
        """
        changes["beat_at"] = timezone.now()
        if not self._rows().filter(self._is_ours(row)).update(**changes):
            raise Overtaken
        for name, value in changes.items():
            setattr(row, name, value)

    def hand_back(self, row: Row) -> None:
        """Our time is over, and there is more to do: whoever comes next goes on at once."""
        if self._rows().filter(self._is_ours(row)).update(beat_at=None, tries=0):
            self.start([row.pk])

    def stop(self, pk: int, **changes: Any) -> bool:
        """A person wants no more of it; `changes` take it out of `unfinished`.

        False when it was over already.
        """
        # Without the worker's token, on purpose: it wins over whoever is at it.
        return bool(self._rows().filter(self.unfinished, pk=pk).update(**changes))

    def sweep(self) -> None:
        """Start what stopped or was never begun, and give up what keeps stopping."""
        now = timezone.now()
        stopped = self._rows().filter(
            self.unfinished,
            Q(beat_at__lt=now - self.silent_for)
            | Q(beat_at=None, **{f"{self.noted_at}__lt": now - self.start_within}),
        )
        stopped.filter(tries__gte=self.most_tries).update(**self.failed, error=GIVEN_UP)
        # Asked anew, so without those that the line above has just given up.
        self.start(list(stopped.order_by("pk").values_list("pk", flat=True)))

    def _is_ours(self, row: Row) -> Q:
        # getattr, since the type of a Row promises no such column.
        return self.unfinished & Q(pk=row.pk, beat_at=getattr(row, "beat_at"))  # noqa: B009

    def _rows(self) -> QuerySet[Row]:
        return self.model._default_manager.all()


def give_way() -> None:
    """Between two steps of long work. SQLite has one writer, and who waits for it looks up now and
    then only: without a pause the same one is always first.
    """
    if connection.vendor == "sqlite":
        time.sleep(GIVEN_WAY_S)
