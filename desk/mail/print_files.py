"""The files of a print batch: its letters, one sheet once more, the manifest, the tally."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from actions.typed_numbers import typed_number
from campaigns.models import Brand
from desk.supporters import csv_cells
from worker.models import PrintBatch, PrintItem

HEADER = ["number", "delivery", "name", "address", "zip", "pages", "sha256", "voided"]


def letters(request: HttpRequest, batch: PrintBatch) -> HttpResponseBase | None:
    """The whole batch, to print. None while there is no file."""
    from worker.paper import batch_pdf  # the typesetter is loaded by those who print

    if batch.state not in (PrintBatch.State.READY, PrintBatch.State.PRINTED):
        return None
    answer = StreamingHttpResponse(batch_pdf.content(batch), content_type="application/pdf")
    answer["X-Content-SHA256"] = batch.sha256
    return as_download(answer, f"batch-{batch.pk}.pdf")


def sheet(request: HttpRequest, batch: PrintBatch) -> HttpResponseBase | None:
    """One letter once more, by its number."""
    from worker.paper import batch_pdf

    sequence = typed_number(request.POST.get("sequence"))
    wanted = batch.items.filter(sequence=sequence) if sequence else batch.items.none()
    item = wanted.filter(voided_at=None).select_related("delivery", "batch").first()
    if item is None or batch.state not in (PrintBatch.State.READY, PrintBatch.State.PRINTED):
        return None
    return as_download(
        HttpResponse(batch_pdf.one_sheet(item), content_type="application/pdf"),
        f"batch-{batch.pk}-number-{item.sequence}.pdf",
    )


def manifest(request: HttpRequest, batch: PrintBatch) -> HttpResponseBase:
    """Every letter of the batch as a line of CSV, voided ones too."""
    rows = batch.items.select_related("delivery").defer("delivery__message").order_by("sequence")
    page = csv_cells.BYTE_ORDER_MARK.encode() + csv_cells.lines([HEADER, *map(line, rows)])
    answer = HttpResponse(page, content_type="text/csv; charset=utf-8")
    answer["X-Content-SHA256"] = hashlib.sha256(page).hexdigest()
    return as_download(answer, f"batch-{batch.pk}.csv")


def line(item: PrintItem) -> list[str]:
    facts = [
        str(item.sequence),
        item.delivery.public_id.hex,
        item.name,
        item.address,
        item.zip,
        str(item.pages),
        item.sha256,
    ]
    # The number is ours alone; anything else might be run as a formula (docs/safety.md B5).
    return [*facts[:1], *map(csv_cells.text, facts[1:]), csv_cells.text(item.void_reason)]


def tally(request: HttpRequest, batch: PrintBatch) -> HttpResponseBase:
    """One page to write on beside the printer: numbers to tick off."""
    from worker.paper.tally import tally_sheet

    brand = Brand.objects.defer("logo").first()
    content = tally_sheet(batch, author=brand.name if brand else "")
    return as_download(
        HttpResponse(content, content_type="application/pdf"), f"batch-{batch.pk}-tally.pdf"
    )


FILES: dict[str, Callable[[HttpRequest, PrintBatch], HttpResponseBase | None]] = {
    "letters": letters,
    "sheet": sheet,
    "manifest": manifest,
    "tally": tally,
}


def as_download(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    """To be kept under this name, not shown."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
