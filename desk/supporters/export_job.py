"""An export's life: asked for, written in the background, handed out, expired.

Each step is in the audit log.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from desk.models import Export, ExportPart
from desk.supporters.csv_cells import BYTE_ORDER_MARK, lines
from desk.supporters.sheets import SHEETS, Row
from worker import queue

log = logging.getLogger(__name__)

QUEUE = "desk"
PART_BYTES = 256 * 1024
KEPT_FOR = dt.timedelta(hours=24)
SILENT_FOR = dt.timedelta(minutes=2)
# Without a part written in between: a large export may be cut off by the task's time limit and go
# on as often as it needs.
TRIES = 3


class Expired(Exception):
    """Its rows are gone."""


class Overtaken(Exception):
    """Another worker took this export over while we were thought dead."""


@transaction.atomic
def ask(author: User, *, kind: str, filters: dict[str, Any], purpose: str) -> Export:
    """Note an export to be written once this commits; a dead broker delays it to the next sweep."""
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

    def ring() -> None:
        _ring([export.pk])

    transaction.on_commit(ring, robust=True)
    return export


def write(export_id: int) -> None:
    """Write the export, or the rest of it. Does nothing if somebody else is at it or it is done."""
    export = _claim(export_id)
    if export is None:
        return
    try:
        _write_parts(export)
        _finish(export)
    except Overtaken:
        log.warning("Export %s goes on elsewhere.", export_id)
    except DatabaseError:
        raise  # nothing can be written down now; the sweep tries again
    except Exception as fault:
        log.exception("Export %s failed.", export_id)
        _advance(export, state=Export.State.FAILED, error=type(fault).__name__)


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
    now = timezone.now()
    silent = Q(state=Export.State.RUNNING, beat_at__lt=now - SILENT_FOR) | Q(
        state=Export.State.WAITING, asked_at__lt=now - SILENT_FOR / 4
    )
    Export.objects.filter(silent, tries__gte=TRIES).update(
        state=Export.State.FAILED, error="stopped too often"
    )
    _ring(list(Export.objects.filter(silent).values_list("pk", flat=True)))
    for export in Export.objects.filter(state=Export.State.READY, expires_at__lte=now):
        _expire(export)
    ExportPart.objects.filter(export__state=Export.State.FAILED).delete()


def _ring(export_ids: list[int]) -> None:
    queue.call("desk.tasks.write_export", [(export_id,) for export_id in export_ids], queue=QUEUE)


def _claim(export_id: int) -> Export | None:
    """Ours if one conditional update says so.

    `beat_at` then is our token: each later write checks that it still stands.
    """
    now = timezone.now()
    free = Q(state=Export.State.WAITING) | Q(
        state=Export.State.RUNNING, beat_at__lt=now - SILENT_FOR
    )
    free_rows = Export.objects.filter(free, pk=export_id, tries__lt=TRIES)
    if not free_rows.update(state=Export.State.RUNNING, beat_at=now, tries=F("tries") + 1):
        return None
    return Export.objects.get(pk=export_id)


def _write_parts(export: Export) -> None:
    """Each part is committed with the key of its last row, so whoever comes after a crash goes on
    from there.
    """
    sheet = SHEETS[export.kind]
    waiting: list[Row] = []
    page = b"" if export.parts.exists() else BYTE_ORDER_MARK.encode() + lines([sheet.header])
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
    _advance(export, rows_done=export.rows_done + len(rows), last_key=last_key, tries=0)
    ExportPart.objects.create(export=export, number=number, content=page)


def _finish(export: Export) -> None:
    digest = hashlib.sha256()
    for content in _content(export):
        digest.update(content)
    now = timezone.now()
    with transaction.atomic():
        _advance(
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


def _advance(export: Export, **changes: Any) -> None:
    """Change the export and move its heartbeat, if it is still ours. Raises Overtaken."""
    changes["beat_at"] = timezone.now()
    if not Export.objects.filter(
        pk=export.pk, state=Export.State.RUNNING, beat_at=export.beat_at
    ).update(**changes):
        raise Overtaken
    for name, value in changes.items():
        setattr(export, name, value)


@transaction.atomic
def _expire(export: Export) -> None:
    export.parts.all().delete()
    Export.objects.filter(pk=export.pk).update(state=Export.State.EXPIRED)
    audit.record("sweep", "export expired", str(export.public_id))


def _content(export: Export) -> Iterator[bytes]:
    for number in export.parts.order_by("number").values_list("number", flat=True):
        yield bytes(export.parts.values_list("content", flat=True).get(number=number))
