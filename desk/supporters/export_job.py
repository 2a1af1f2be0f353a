"""An export's life: asked for, written in the background, handed out, expired.

Each step is in the audit log. How it is begun, resumed and stopped: worker.background_job.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from desk.models import Export, ExportPart
from desk.supporters.csv_cells import BYTE_ORDER_MARK, lines
from desk.supporters.sheets import SHEETS, Row
from worker.background_job import BackgroundJob

PART_BYTES = 256 * 1024
KEPT_FOR = dt.timedelta(hours=24)
JOB = BackgroundJob(
    Export,
    task="desk.tasks.write_export",
    unfinished=Q(state__in=[Export.State.WAITING, Export.State.RUNNING]),
    noted_at="asked_at",
    begun={"state": Export.State.RUNNING},
    failed={"state": Export.State.FAILED},
)


class Expired(Exception):
    """Its rows are gone."""


@transaction.atomic
def ask_for_export(author: User, *, kind: str, filters: dict[str, Any], purpose: str) -> Export:
    """Note an export, to be written once this commits; a dead broker delays it to the sweep."""
    rows = SHEETS[kind].count(filters)
    export = Export.objects.create(
        author=author, kind=kind, filters=filters, purpose=purpose, rows_expected=rows
    )
    audit.record(
        author.email,
        "export asked",
        str(export.public_id),
        kind=kind,
        filters=filters,
        purpose=purpose,
        rows=rows,
    )
    JOB.start_on_commit(export)
    return export


@transaction.atomic
def stop(export: Export, *, author: str) -> bool:
    """Somebody wants it no more; what there is of it goes. False when it was over already."""
    if not JOB.stop(export.pk, state=Export.State.STOPPED):
        return False
    export.parts.all().delete()
    audit.record(author, "export stopped", str(export.public_id))
    return True


def write(export_id: int) -> None:
    """Write the export, or the rest of it. Does nothing if somebody else is at it or it is done."""
    JOB.run(export_id, _write)


def _write(export: Export) -> None:
    _write_parts(export)
    _finish(export)


def hand_out(export: Export, to: User) -> Iterator[bytes]:
    """The file, a part at a time. Written down before the first byte. Raises Expired."""
    if (
        export.state != Export.State.READY
        or export.expires_at is None
        or export.expires_at <= timezone.now()
    ):
        raise Expired
    facts = {
        "kind": export.kind,
        "purpose": export.purpose,
        "rows": export.rows_done,
        "sha256": export.sha256,
    }
    audit.record(to.email, "export downloaded", str(export.public_id), **facts)
    return _content(export)


def sweep() -> None:
    """Take up what stopped, give up what keeps stopping, and remove the rows of what has
    expired.
    """
    JOB.sweep()
    for export in Export.objects.filter(state=Export.State.READY, expires_at__lte=timezone.now()):
        _expire(export)
    # Nobody can take these away: what was written of them is only a list that lies about.
    no_use = [Export.State.FAILED, Export.State.STOPPED]
    ExportPart.objects.filter(export__state__in=no_use).delete()


def _write_parts(export: Export) -> None:
    """Each part is committed with the key of its last row, so whoever comes after a crash goes on
    from there.
    """
    sheet = SHEETS[export.kind]
    waiting: list[Row] = []
    # Only the first part has the heads of columns: who goes on after a crash writes none.
    page = b"" if export.parts.exists() else BYTE_ORDER_MARK.encode() + lines([sheet.header])
    # After the last row read, saved or not.
    while rows := sheet.rows(export.filters, waiting[-1][0] if waiting else export.last_key):
        waiting += rows
        page += lines(cells for _key, cells in rows)
        if len(page) >= PART_BYTES:
            _save_part(export, page, waiting)
            page, waiting = b"", []
    if page:
        _save_part(export, page, waiting)


@transaction.atomic
def _save_part(export: Export, page: bytes, rows: list[Row]) -> None:
    number = (export.parts.aggregate(last=Max("number"))["last"] or 0) + 1
    last_key = rows[-1][0] if rows else export.last_key
    # First: who has been overtaken raises here, and the part is not written.
    JOB.advance(export, rows_done=export.rows_done + len(rows), last_key=last_key, tries=0)
    ExportPart.objects.create(export=export, number=number, content=page)


def _finish(export: Export) -> None:
    # Of what is stored: several workers may have written a part of it each.
    digest = hashlib.sha256()
    for content in _content(export):
        digest.update(content)
    now = timezone.now()
    with transaction.atomic():
        JOB.advance(
            export,
            state=Export.State.READY,
            sha256=digest.hexdigest(),
            ready_at=now,
            expires_at=now + KEPT_FOR,
        )
        audit.record(
            "worker",
            "export written",
            str(export.public_id),
            rows=export.rows_done,
            sha256=export.sha256,
        )


@transaction.atomic
def _expire(export: Export) -> None:
    export.parts.all().delete()
    Export.objects.filter(pk=export.pk).update(state=Export.State.EXPIRED)
    audit.record("sweep", "export expired", str(export.public_id))


def _content(export: Export) -> Iterator[bytes]:
    for number in export.parts.order_by("number").values_list("number", flat=True):
        yield bytes(export.parts.values_list("content", flat=True).get(number=number))
