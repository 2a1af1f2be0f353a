"""An import's life: uploaded, described, looked through, read in, undone.

Each step is in the audit log. How it is begun, resumed and given up: worker.background_job. A batch
of rows and how far it is are one commit, so a killed worker reads no row in twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from actions.recount import recount_ask
from desk.imports import keeping, undoing
from desk.imports.reading import Row, opened, rows
from desk.imports.rows import BadRow, Person, read
from desk.imports.uploading import throw_away_old
from desk.models import Import
from desk.models.importing import UNREAD
from worker.background_job import BackgroundJob, give_way

BATCH = 100  # on SQLite nobody else writes meanwhile
FAULTS = 200  # are shown; all are counted
State = Import.State
JOB = BackgroundJob(
    Import,
    task="desk.tasks.work_on_import",
    unfinished=Q(state__in=[State.LOOKING, State.RUNNING, State.UNDOING]),
    noted_at="noted_at",
    failed={"state": State.FAILED},
)


def begin(of: Import, state: str, *, author: str, deed: str, **facts: object) -> bool:
    """Note a step that is to be done; False where somebody was quicker, or it is too late."""
    before = {
        State.LOOKING: [State.UPLOADED, State.LOOKED],
        State.RUNNING: [State.LOOKED],
        State.UNDOING: [State.DONE, State.FAILED],
    }[State(state)]
    fresh = {"last_row": 0, "tries": 0, "beat_at": None, "error": "", "noted_at": timezone.now()}
    # What became of it stays to be read while it is taken back.
    kept: dict[str, object] = {} if state == State.UNDOING else {"numbers": {}, "faults": []}
    with transaction.atomic():
        found = Import.objects.filter(pk=of.pk, state__in=before)
        if not found.update(state=state, **fresh, **kept):
            return False
        audit.record(author, deed, of.public_id.hex, kind=of.kind, **facts)
        JOB.start_on_commit(of)
    return True


def work(pk: int) -> None:
    """What is to be done of it, or the rest. Nothing if it is done, or somebody else is at it."""
    JOB.run(pk, _work)


def sweep() -> None:
    """Take up what stopped; throw away files that nobody decided about for a day."""
    JOB.sweep()
    throw_away_old()


def _work(of: Import) -> None:
    step: Callable[[Import], None] = {
        State.LOOKING: _look,
        State.RUNNING: _read_in,
        State.UNDOING: _undo,
    }[State(of.state)]
    step(of)


def _look(of: Import) -> None:
    """Everything that reading in will do, and none of it."""
    # From the top also after a crash: who came twice is known only while it goes on.
    of.last_row, of.numbers, of.faults = 0, {}, []
    seen: set[str] = set()
    for batch in _batches(of):
        people = _read(of, batch)
        became = Counter(of.numbers)
        became.update(keeping.look(of, people, seen))
        JOB.advance(of, last_row=batch[-1][0], numbers=dict(became), faults=of.faults, tries=0)
    JOB.advance(of, state=State.LOOKED)


def _read_in(of: Import) -> None:
    for batch in _batches(of):
        with transaction.atomic():
            people = _read(of, batch)
            became = Counter(of.numbers)
            became.update(keeping.keep(of, people))
            JOB.advance(of, last_row=batch[-1][0], numbers=dict(became), faults=of.faults, tries=0)
        give_way()
    with transaction.atomic():
        JOB.advance(of, state=State.DONE, ended_at=timezone.now(), **UNREAD)
        of.parts.all().delete()
        audit.record("worker", "import read in", of.public_id.hex, **of.numbers)
    # Outside the transaction: the numbers are made anew by the next count anyway.
    _recount(of)


def _undo(of: Import) -> None:
    while undoing.take_back_some(of):
        JOB.advance(of, tries=0)
        give_way()
    with transaction.atomic():
        undoing.note_in_journal(of)
        JOB.advance(of, state=State.UNDONE, ended_at=timezone.now(), **UNREAD)
        of.parts.all().delete()
        audit.record("worker", "import undone", of.public_id.hex)
    _recount(of)


def _recount(of: Import) -> None:
    if of.ask:
        recount_ask(of.ask)


def _batches(of: Import) -> Iterator[list[Row]]:
    """The rows after the last one that is done, without the heads."""
    with opened(of) as file:
        found = rows(file, is_workbook=of.is_workbook)
        left = (row for row in found if row[0] > of.last_row)
        while batch := list(islice(left, BATCH)):
            yield batch


def _read(of: Import, batch: list[Row]) -> list[tuple[int, Person]]:
    """Those that are people; what is wrong with the others is noted with the import."""
    people, faults = [], list(of.faults)
    wrong = 0
    for number, cells in batch:
        try:
            people.append((number, read(of, cells)))
        except BadRow as fault:
            wrong += 1
            if len(faults) < FAULTS:
                faults.append([number, fault.field, str(fault.message)])
    of.faults = faults
    of.numbers = {**of.numbers, "wrong": of.numbers.get("wrong", 0) + wrong}
    return people
