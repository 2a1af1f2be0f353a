"""An export's life: drafted and counted, asked for, perhaps approved, written in the background,
taken away, expired.

Each step is in the audit log. How it is begun, resumed and stopped: worker.background_job.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from desk.exports import approval, notices
from desk.exports.read_ahead import ahead
from desk.exports.sheets import Batch, sheet, sheet_of
from desk.exports.workbook import workbook
from desk.models import Export, ExportPart, Segment
from desk.sealing import Seal, new_salt
from desk.supporters.csv_cells import BYTE_ORDER_MARK
from desk.supporters.filters import Filter
from desk.supporters.listing import COUNTED_TO
from supporters import purposes
from worker.background_job import BackgroundJob

PART_BYTES = 512 * 1024
KEPT_FOR = dt.timedelta(hours=24)
State = Export.State
JOB = BackgroundJob(
    Export,
    task="desk.tasks.write_export",
    unfinished=Q(state__in=[State.WAITING, State.RUNNING]),
    noted_at="begun_at",
    begun={"state": State.RUNNING},
    failed={"state": State.FAILED},
)
# What of them nobody can take away any more: its rows go.
OVER = [State.FAILED, State.STOPPED, State.EXPIRED, State.TAKEN]


@transaction.atomic
def draft(
    author: User,
    *,
    purpose_key: str,
    reason: str,
    chosen: Filter,
    format: str = Export.Format.CSV,
    is_bare: bool = False,
    segment: Segment | None = None,
) -> Export:
    """Note what somebody wants, with the columns that its purpose usually has. Nothing is written
    of it; beyond COUNTED_TO rows it is counted in the background. Raises UnknownPurpose, Nonsense.
    """
    purpose = purposes.purpose(purpose_key)
    # Bounded, since somebody waits for this page; beyond it the number is taken in its own time.
    found = sheet(purpose, chosen, purpose.usual)
    some = found.lined().order_by().values("pk")[: COUNTED_TO + 1].count()
    export = Export.objects.create(
        author=author,
        kind=_kind(purpose),
        purpose_key=purpose_key,
        purpose=reason,
        columns=list(purpose.usual),
        format=format,
        is_bare=is_bare or format == Export.Format.XLSX,
        filters=chosen.as_json(),
        segment=segment,
        state=State.DRAFT,
        rows_expected=some,
        is_counted=some <= COUNTED_TO,
    )
    if not export.is_counted:
        transaction.on_commit(lambda: JOB.start([export.pk]), robust=True)
    return export


def _kind(purpose: purposes.Purpose) -> str:
    if purpose.ask:
        return "petition"
    if purpose.key == "sample_text":
        return "texts"
    return "partner" if purpose.key.startswith("partner-") else "supporters"


def count(export_id: int) -> None:
    """How many rows a draft has, exactly. Twice is once."""
    export = Export.objects.filter(pk=export_id, state=State.DRAFT, is_counted=False).first()
    if export:
        rows = sheet_of(export).count()
        Export.objects.filter(pk=export_id).update(rows_expected=rows, is_counted=True)


@transaction.atomic
def begin(export: Export, columns: list[str]) -> bool:
    """Its author has seen the filter, the purpose, the columns and the number, and wants it. False
    where it was begun before, or is not counted yet.
    """
    now = timezone.now()
    waits = approval.is_needed(export)
    changes: dict[str, Any] = {
        "columns": purposes.purpose(export.purpose_key).allowed(columns),
        "state": State.APPROVAL if waits else State.WAITING,
        "begun_at": now,
        "salt": new_salt(),
    }
    # Pressed twice, only one of them still finds a draft.
    free = Export.objects.filter(pk=export.pk, state=State.DRAFT, is_counted=True)
    if not changes["columns"] or not free.update(**changes):
        return False
    export.refresh_from_db()
    audit.record(
        export.author.email,
        "export asked",
        str(export.public_id),
        kind=export.kind,
        filters=export.filters,
        purpose=export.purpose,
        purpose_key=export.purpose_key,
        columns=export.columns,
        rows=export.rows_expected,
    )
    notices.tell_administrators(export)
    if not waits:
        JOB.start_on_commit(export)
    return True


@transaction.atomic
def approve(export: Export, by: User) -> bool:
    """The second person. False where it waits for none any more; raises PermissionDenied."""
    approval.check(export, by)
    waiting = Export.objects.filter(pk=export.pk, state=State.APPROVAL)
    now = timezone.now()
    if not waiting.update(state=State.WAITING, approved_by=by, begun_at=now):
        return False
    audit.record(by.email, "export approved", str(export.public_id), rows=export.rows_expected)
    JOB.start_on_commit(export)
    return True


@transaction.atomic
def stop(export: Export, *, author: str) -> bool:
    """Somebody wants it no more; what there is of it goes. False when it was over already."""
    free = Export.objects.filter(pk=export.pk, state__in=[State.DRAFT, State.APPROVAL])
    if not JOB.stop(export.pk, state=State.STOPPED) and not free.update(state=State.STOPPED):
        return False
    _forget(export)
    audit.record(author, "export stopped", str(export.public_id))
    return True


def write(export_id: int) -> None:
    """Write the export, or the rest of it; count a draft. Does nothing if somebody else is at it or
    it is done.
    """
    count(export_id)
    JOB.run(export_id, _write)


def _write(export: Export) -> None:
    # Its hash is taken on the way, unless somebody before us has written a part of it.
    is_whole, digest = not export.parts.exists(), hashlib.sha256()
    for content in _write_rows(export):
        digest.update(content)
    is_workbook = export.format == Export.Format.XLSX
    if is_workbook:
        _make_workbook(export)
    if is_workbook or not is_whole:
        digest = hashlib.sha256()
        for content in content_of(export, of_workbook=is_workbook):
            digest.update(content)
    _finish(export, digest.hexdigest())


def sweep() -> None:
    """Take up what stopped, give up what keeps stopping, and remove the rows of what is over."""
    JOB.sweep()
    for export in approval.waited_long_enough():
        if Export.objects.filter(pk=export.pk, state=State.APPROVAL).update(
            state=State.WAITING, begun_at=timezone.now()
        ):
            JOB.start([export.pk])
    for export in Export.objects.filter(state=State.READY, expires_at__lte=timezone.now()):
        _expire(export)
    old = timezone.now() - KEPT_FOR
    # The message that was to count it may have been lost.
    JOB.start([e.pk for e in Export.objects.filter(state=State.DRAFT, is_counted=False)])
    Export.objects.filter(state=State.DRAFT, asked_at__lt=old).delete()
    ExportPart.objects.filter(export__state__in=OVER).delete()
    Export.objects.filter(state__in=OVER).exclude(salt="").update(salt="", link_hash="")


def _write_rows(export: Export) -> Iterator[bytes]:
    """The content of each part, once it is stored. It is committed with the key of its last row, so
    whoever comes after a crash goes on from there.
    """
    # Anew, and not kept from the draft: whoever took a yes back meanwhile is not in it.
    rows = sheet_of(export)
    # Only the first part has the heads of columns: who goes on after a crash writes none.
    if not export.parts.exists():
        head = BYTE_ORDER_MARK.encode() + rows.header
        yield _save_part(export, Batch(head, 0, export.last_key))
    with closing(ahead(rows.batches(export.last_key))) as batches:
        for found in batches:
            if found.content:
                yield _save_part(export, found)
            else:
                # Nothing to write down, but whoever looks sees that we are alive.
                JOB.advance(export)


@transaction.atomic
def _save_part(export: Export, found: Batch) -> bytes:
    _commit_without_waiting()
    after, rows = export.last_key, export.rows_done + found.rows
    # First: who has been overtaken raises here, and the part is not written.
    JOB.advance(export, rows_done=rows, last_key=found.last_key, tries=0)
    _store(export, found.content, first_key=after + 1, last_key=found.last_key)
    return found.content


def _commit_without_waiting() -> None:
    """Not for the disk: a part and how far it is are lost together or kept together, so whoever
    comes after a crash of the database writes it once more. `_finish` waits for all of them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")


def _store(export: Export, content: bytes, **about: Any) -> None:
    # Not counted on in memory: another worker may have written some before us.
    number = (export.parts.aggregate(last=Max("number"))["last"] or 0) + 1
    sealed = Seal("export", export.salt).shut(number, content)
    ExportPart.objects.create(export=export, number=number, content=sealed, **about)


def _make_workbook(export: Export) -> None:
    """Of the rows as they are stored; begun anew by whoever comes after a crash."""
    export.parts.filter(of_workbook=True).delete()
    rows = csv.reader(_lines(export))
    waiting: list[bytes] = []
    for piece in workbook(next(rows), rows):
        waiting.append(piece)
        if sum(map(len, waiting)) >= PART_BYTES:
            _save_piece(export, waiting)
            waiting = []
    _save_piece(export, waiting)


@transaction.atomic
def _save_piece(export: Export, pieces: list[bytes]) -> None:
    _commit_without_waiting()
    JOB.advance(export, tries=0)
    _store(export, b"".join(pieces), of_workbook=True)


def _lines(export: Export) -> Iterator[str]:
    """The CSV's lines, without the mark at its front; a cell may go over several."""
    for content in content_of(export, of_workbook=False):
        for line in io.StringIO(content.decode(), newline=""):
            yield line.removeprefix(BYTE_ORDER_MARK)


def _finish(export: Export, sha256: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        JOB.advance(
            export,
            state=State.READY,
            sha256=sha256,
            ready_at=now,
            expires_at=now + KEPT_FOR,
        )
        if export.format == Export.Format.XLSX:
            # Nobody needs them any more; the keys of their rows stay, for erasures.
            export.parts.filter(of_workbook=False).update(content=b"")
        audit.record(
            "worker",
            "export written",
            str(export.public_id),
            rows=export.rows_done,
            sha256=export.sha256,
        )


@transaction.atomic
def _expire(export: Export) -> None:
    _forget(export)
    Export.objects.filter(pk=export.pk).update(state=State.EXPIRED)
    audit.record("sweep", "export expired", str(export.public_id))


def _forget(export: Export) -> None:
    """Its rows, and what they were sealed with."""
    export.parts.all().delete()
    Export.objects.filter(pk=export.pk).update(salt="", link_hash="")


def content_of(export: Export, *, of_workbook: bool) -> Iterator[bytes]:
    """The file's parts, opened one at a time."""
    seal = Seal("export", export.salt)
    parts = export.parts.filter(of_workbook=of_workbook)
    for number in parts.order_by("number").values_list("number", flat=True):
        yield seal.open(number, bytes(parts.values_list("content", flat=True).get(number=number)))
