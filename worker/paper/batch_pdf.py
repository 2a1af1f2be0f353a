"""A batch's PDF: set in the background, kept in parts, so that any web machine can give it out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from worker.models import PrintBatch, PrintItem, PrintPart, State, WaitsFor
from worker.paper.batches import SETTING, set_anew, take_out
from worker.paper.printed_letter import PrintedLetter
from worker.paper.typeset import REHEARSAL, CannotPrint, PrintablePdf, print_letter, print_many

PART_BYTES = 512 * 1024
Sheet = tuple[PrintItem, PrintedLetter]


def make(batch_id: int) -> None:
    """Set the batch's letters and keep the file.

    Does nothing if somebody else is at it, or it is not to be set any more.
    """
    SETTING.run(batch_id, _make)


def _make(batch: PrintBatch) -> None:
    printed, sheets = _printed(batch)
    if sheets:
        _keep(batch, printed, sheets)
    else:
        SETTING.advance(batch, state=PrintBatch.State.CANCELLED, error="No letter is left in it.")


def _printed(batch: PrintBatch) -> tuple[PrintablePdf, list[Sheet]]:
    """A letter that can't be set after all (fonts were changed since) is taken out and waits for a
    person; the others are printed.
    """
    sheets = _sheets(batch)
    try:
        return _set(batch, sheets), sheets
    except CannotPrint:
        # The typesetter names no letter, so each is tried alone.
        reasons = {item: _why_not(letter) for item, letter in sheets}
        if not any(reasons.values()):
            raise
    for item, reason in reasons.items():
        if reason:
            take_out(
                batch,
                item,
                author="worker",
                reason=reason,
                to=State.WAITING,
                waits_for=WaitsFor.REVIEW,
            )
    rest = [(item, letter) for item, letter in sheets if not reasons[item]]
    return _set(batch, rest), rest


def _sheets(batch: PrintBatch) -> list[Sheet]:
    items = batch.items.filter(voided_at=None).select_related("delivery").order_by("sequence")
    return [(item, PrintedLetter.from_bytes(bytes(item.delivery.message))) for item in items]


def _set(batch: PrintBatch, sheets: Sequence[Sheet]) -> PrintablePdf:
    if not sheets:
        return PrintablePdf(b"", [])
    author, stamp = sheets[0][1].sender_name, REHEARSAL if batch.rehearsal else ""
    marked = [(letter, _mark(item)) for item, letter in sheets]
    return print_many(marked, title=f"Batch {batch.pk}", author=author, stamp=stamp)


def _mark(item: PrintItem) -> str:
    """In the corner of each of its pages, and its bookmark."""
    return f"{item.batch_id} · {item.sequence}"


def _why_not(letter: PrintedLetter) -> str:
    try:
        print_letter(letter)
    except CannotPrint as fault:
        return str(fault)
    return ""


@transaction.atomic
def _keep(batch: PrintBatch, printed: PrintablePdf, sheets: Sequence[Sheet]) -> None:
    """Unless a letter was taken out meanwhile: then it is set once more, without it."""
    locked = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    live = set(locked.items.filter(voided_at=None).values_list("pk", flat=True))
    # Cancelled, or another worker is at it: this file is nobody's.
    if (locked.state, locked.beat_at) != (PrintBatch.State.MAKING, batch.beat_at):
        return
    if live != {item.pk for item, _letter in sheets}:
        set_anew(locked)
        return
    for (item, _letter), pages in zip(sheets, printed.pages, strict=True):
        item.pages = pages
    PrintItem.objects.bulk_update([item for item, _letter in sheets], ["pages"], batch_size=500)
    # What is left of an earlier file would be read with this one.
    PrintPart.objects.filter(batch=batch).delete()
    for number, start in enumerate(range(0, len(printed.pdf), PART_BYTES)):
        PrintPart.objects.create(
            batch=batch, number=number, content=printed.pdf[start : start + PART_BYTES]
        )
    sha256 = hashlib.sha256(printed.pdf).hexdigest()
    SETTING.advance(
        batch,
        state=PrintBatch.State.READY,
        made_at=timezone.now(),
        pages=sum(printed.pages),
        sha256=sha256,
        error="",
    )


def content(batch: PrintBatch) -> Iterator[bytes]:
    """The PDF, a part at a time."""
    for number in batch.parts.order_by("number").values_list("number", flat=True):
        yield bytes(batch.parts.values_list("content", flat=True).get(number=number))


def one_sheet(item: PrintItem) -> bytes:
    """One letter once more, with the number it has: for a sheet that the printer spoiled."""
    stamp = REHEARSAL if item.batch.rehearsal else ""
    letter = PrintedLetter.from_bytes(bytes(item.delivery.message))
    return print_letter(letter, mark=_mark(item), stamp=stamp).pdf
