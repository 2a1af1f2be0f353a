"""Print batches: what waits on paper is frozen, numbered by ZIP code, set (worker.paper.batch_pdf),
printed and mailed by people.

A letter is in one batch at a time (a constraint says so). While it is, it is `claimed` by
"print:<number>" and nothing else touches it. "Sent" it becomes by a person's word that it was
printed and mailed, and on which day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from worker.background_job import BackgroundJob
from worker.engine import transitions
from worker.engine.final_check import AUTHOR, MustWait, NotYet, check_claimed, objections
from worker.engine.transitions import LEASE
from worker.models import Attempt, Delivery, PrintBatch, PrintItem, State
from worker.paper.printed_letter import NoLetter, PrintedLetter
from worker.queued_letter import QueuedLetter, queued_letters

# Sets a batch's file (worker.paper.batch_pdf); a thousand letters take some seconds.
SETTING = BackgroundJob(
    PrintBatch,
    task="worker.tasks.make_print_batch",
    unfinished=Q(state=PrintBatch.State.MAKING),
    noted_at="closed_at",
    failed={"state": PrintBatch.State.FAILED},
    silent_for=dt.timedelta(minutes=5),
)
# So many letters, and sheets, does a person fold in an afternoon; the rest waits for the next
# batch.
AT_MOST = 1000
UNMAILED = (
    PrintBatch.State.MAKING,
    PrintBatch.State.READY,
    PrintBatch.State.PRINTED,
    PrintBatch.State.FAILED,
)


class NotNow(Exception):
    """The batch no longer stands as this person saw it; nothing was changed."""


def waiting(*, rehearsal: bool) -> QuerySet[Delivery]:
    """What a batch closed now would take."""
    rows: QuerySet[Delivery] = (
        Delivery.objects.printable()
        .not_paused()
        .permitted(enabled=settings.DELIVERY_ENABLED)
        .filter(rehearsal=rehearsal)
    )
    return rows


def close(*, author: str, rehearsal: bool) -> PrintBatch | None:
    """Freeze what waits, and begin to set it.

    None when nothing does: of two people who close at once, one has the letters.

    Whoever looks at letters before they leave (worker.engine.final_check) looks at these too. Not
    to be called in a transaction.
    """
    # Committed before the final check below, which is asked outside any transaction.
    with transaction.atomic():
        batch = PrintBatch.objects.create(rehearsal=rehearsal, closed_by=author)
        free = (
            waiting(rehearsal=rehearsal)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("due_at", "pk")
        )
        mine = Delivery.objects.filter(pk__in=list(free.values_list("pk", flat=True)[:AT_MOST]))
        rows = queued_letters(mine, most=AT_MOST)
        # A lease, until they are numbered: should we die before, the sweep gives them back.
        mine.update(state=State.CLAIMED, claim=batch.claim, lease_until=Now() + LEASE)
    if not rows or not _number(batch, check_claimed(batch.claim, rows) or [], author):
        batch.delete()
        return None
    return batch


@transaction.atomic
def _number(batch: PrintBatch, rows: Sequence[QueuedLetter], author: str) -> int:
    """Give each letter its place, in the order of a mail carrier. Returns how many there are."""
    # Between the claim and here some may have been taken back.
    still_ours = set(_ours(batch).select_for_update().values_list("pk", flat=True))
    read = {row.pk: _readable(row) for row in rows if row.pk in still_ours}
    readable = {pk: letter for pk, letter in read.items() if letter}
    # Blanked after retention: nothing to print.
    unreadable = _ours(batch).filter(pk__in=[row.pk for row in rows if row.pk not in readable])
    transitions.move(
        unreadable,
        State.FAILED,
        author=author,
        answer="Its text is no longer kept.",
        claim="",
        lease_until=None,
        settled_at=Now(),
    )
    # By ZIP code, then by office, so that its letters lie together.
    order = sorted(readable, key=lambda pk: (readable[pk].to.zip, readable[pk].to.lines, pk))
    sealed = {row.pk: row.message for row in rows}
    PrintItem.objects.bulk_create(
        _item(batch, pk, number, readable[pk], hashlib.sha256(sealed[pk]).hexdigest())
        for number, pk in enumerate(order, start=1)
    )
    numbered = Delivery.objects.filter(pk__in=order)
    transitions.move(
        numbered,
        State.CLAIMED,
        author=author,
        answer=f"Put into print batch {batch.pk}.",
        lease_until=None,
    )
    SETTING.start_on_commit(batch)
    return len(order)


def _readable(row: QueuedLetter) -> PrintedLetter | None:
    try:
        return PrintedLetter.from_bytes(row.message)
    except NoLetter:
        return None


def _item(
    batch: PrintBatch, delivery_id: int, number: int, letter: PrintedLetter, sha256: str
) -> PrintItem:
    name, *address = letter.to.lines
    place = ", ".join(address)[:200]
    return PrintItem(
        batch=batch,
        delivery_id=delivery_id,
        sequence=number,
        name=name[:60],
        address=place,
        zip=letter.to.zip,
        sha256=sha256,
    )


@transaction.atomic
def mark_printed(batch_id: int) -> PrintBatch:
    """Raises NotNow unless it is ready to be printed, or when nobody could look at its letters once
    more.

    Days may have gone by since they were put into it: what must not go any more is taken out now,
    and its sheet is named.
    """
    batch = _locked(batch_id, PrintBatch.State.READY)
    # By the database's clock, as what is voided: its sheet was printed before.
    PrintBatch.objects.filter(pk=batch.pk).update(state=PrintBatch.State.PRINTED, printed_at=Now())
    batch.refresh_from_db()
    _recheck(batch)
    return batch


def _recheck(batch: PrintBatch) -> None:
    """Take out what must not go any more. Raises NotNow when nobody could look."""
    live = batch.items.filter(voided_at=None).order_by("sequence")
    items = {item.delivery_id: item for item in live}
    rows = _ours(batch).filter(pk__in=items)
    stays = objections(queued_letters(rows, most=len(items)))
    if stays is None:
        raise NotNow
    for pk, why in stays.items():
        if isinstance(why, MustWait):
            ends: dict[str, Any] = {"to": State.WAITING, "waits_for": why.waits_for}
        else:
            ends = {"to": State.QUEUED if isinstance(why, NotYet) else State.CANCELLED}
        take_out(batch, items[pk], author=AUTHOR, reason=why.reason, **ends)
    # What is paused, or real while delivery is off, waits for a later batch.
    free = (
        Delivery.objects.not_paused()
        .permitted(enabled=settings.DELIVERY_ENABLED)
        .filter(claim=batch.claim)
    )
    stopped = rows.exclude(pk__in=list(free.values_list("pk", flat=True)))
    for pk in stopped.values_list("pk", flat=True):
        reason = "A hold keeps it, or real letters are switched off."
        take_out(batch, items[pk], author=AUTHOR, reason=reason, to=State.QUEUED)


@transaction.atomic
def mark_mailed(batch_id: int, *, on: dt.date, author: str) -> int:
    """By this person's word every letter in it that was not voided is in the mail.

    Returns how many. Raises NotNow unless it is printed.

    Of a rehearsal it says that it was printed, and nothing else.
    """
    batch = _locked(batch_id, PrintBatch.State.PRINTED)
    kept = set(_ours(batch).select_for_update().values_list("pk", flat=True))
    items = [
        item
        for item in batch.items.filter(voided_at=None).order_by("sequence")
        if item.delivery_id in kept
    ]
    ids = [item.delivery_id for item in items]
    # Not transitions.move: what is said names the sheet, so it differs from letter to letter.
    Delivery.objects.filter(pk__in=ids).update(
        state=State.SENT, claim="", settled_at=Now(), attempts_made=F("attempts_made") + 1
    )
    Attempt.objects.bulk_create(
        [
            Attempt(
                delivery_id=item.delivery_id,
                at=Now(),
                state=State.SENT,
                answer=_said(item, on),
                author=author,
            )
            for item in items
        ],
        batch_size=500,
    )
    batch.state, batch.mailed_on = PrintBatch.State.MAILED, on
    batch.save(update_fields=["state", "mailed_on"])
    batch.parts.all().delete()
    return len(items)


def _said(item: PrintItem, on: dt.date) -> str:
    where = f"batch {item.batch_id}, sheet {item.sequence}"
    return (
        f"Printed for practice and not mailed; {where}"
        if item.batch.rehearsal
        else f"Printed and mailed on {on:%Y-%m-%d}; {where}"
    )


@transaction.atomic
def void(batch_id: int, sequence: int, *, author: str, reason: str) -> PrintItem:
    """Take one letter out; it waits for the next batch.

    Raises NotNow when the batch is mailed or there is no such letter in it.
    """
    batch = _locked(batch_id, *UNMAILED)
    item = batch.items.filter(sequence=sequence, voided_at=None).first()
    if item is None:
        raise NotNow
    take_out(batch, item, author=author, reason=reason, to=State.QUEUED)
    set_anew(batch)
    return item


@transaction.atomic
def cancel(batch_id: int, *, author: str, reason: str) -> int:
    """Let go of everything in it; its letters wait for the next batch. Returns how many.

    Raises NotNow when it is mailed.
    """
    batch = _locked(batch_id, *UNMAILED)
    freed = transitions.move(
        _ours(batch),
        State.QUEUED,
        author=author,
        answer=f"Print batch {batch.pk} was cancelled. {reason}",
        claim="",
    )
    batch.items.filter(voided_at=None).update(voided_at=Now(), voided_by=author, void_reason=reason)
    batch.state = PrintBatch.State.CANCELLED
    batch.save(update_fields=["state"])
    batch.parts.all().delete()
    return len(freed)


@transaction.atomic
def withdrawn(ids: Collection[int], *, author: str, reason: str) -> list[int]:
    """Letters that are taken back while they are in a batch that is not mailed: out of it, and
    never sent. Returns which those were.
    """
    items = PrintItem.objects.filter(delivery__in=ids, voided_at=None, batch__state__in=UNMAILED)
    batches = list(
        PrintBatch.objects.select_for_update()
        .filter(pk__in=items.values("batch"))
        .filter(state__in=UNMAILED)
        .order_by("pk")
    )
    gone: list[int] = []
    for batch in batches:
        for item in batch.items.filter(delivery__in=ids, voided_at=None):
            gone += take_out(batch, item, author=author, reason=reason, to=State.CANCELLED)
        set_anew(batch)
    return gone


def take_out(
    batch: PrintBatch, item: PrintItem, *, author: str, reason: str, to: State, waits_for: str = ""
) -> list[int]:
    """End one letter's place in a batch, and say what becomes of it.

    Returns its id, unless the batch had let go of it already.
    """
    ended: dict[str, Any] = {"settled_at": Now()} if to == State.CANCELLED else {}
    mine = _ours(batch).filter(pk=item.delivery_id)
    answer = f"Taken out of print batch {batch.pk}, sheet {item.sequence}. {reason}"
    moved = transitions.move(
        mine, to, author=author, answer=answer, claim="", waits_for=waits_for, **ended
    )
    batch.items.filter(pk=item.pk).update(
        voided_at=Now(), voided_by=author, void_reason=reason[:500]
    )
    return moved


def set_anew(batch: PrintBatch) -> None:
    """What is not printed yet is set anew, without what was taken out; from a printed one people
    take the sheet.
    """
    if batch.state != PrintBatch.State.PRINTED:
        PrintBatch.objects.filter(pk=batch.pk).update(
            state=PrintBatch.State.MAKING, beat_at=None, tries=0, error=""
        )
        SETTING.start_on_commit(batch)


def _ours(batch: PrintBatch) -> QuerySet[Delivery]:
    rows: QuerySet[Delivery] = Delivery.objects.filter(state=State.CLAIMED, claim=batch.claim)
    return rows


def _locked(batch_id: int, *states: str) -> PrintBatch:
    batch = PrintBatch.objects.select_for_update().filter(pk=batch_id, state__in=states).first()
    if batch is None:
        raise NotNow
    return batch
