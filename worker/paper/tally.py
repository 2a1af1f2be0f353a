"""The tally sheet of a batch: what there should be, how to fold it, and lines to sign."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils import timezone

from worker.models import PrintBatch, PrintItem
from worker.paper.typeset import typeset


def tally_sheet(batch: PrintBatch, *, author: str) -> bytes:
    """As the batch stands now. `author`: the organization's name."""
    items = list(batch.items.order_by("sequence"))
    live = [item for item in items if item.voided_at is None]
    facts = {
        "title": f"Print batch {batch.pk}",
        "number": batch.pk,
        "author": author,
        "rehearsal": batch.rehearsal,
        "closed": f"{timezone.localtime(batch.closed_at):%B %-d, %Y, %H:%M}",
        "closed_by": batch.closed_by,
        "letters": len(live),
        "pages": sum(item.pages for item in live),
        "sha256": batch.sha256,
        "rows": [
            office(list(group))
            for _key, group in groupby(live, key=lambda item: (item.zip, item.name, item.address))
        ],
        "voided": [
            {"sequence": item.sequence, "reason": item.void_reason}
            for item in items
            if item.voided_at
        ],
    }
    return typeset("tally", {"batch": json.dumps(facts)})


def office(items: list[PrintItem]) -> dict[str, Any]:
    first = items[0]
    numbers = ", ".join(runs(item.sequence for item in items))
    pages = sum(item.pages for item in items)
    return {
        "numbers": numbers,
        "name": first.name,
        "address": first.address,
        "letters": len(items),
        "pages": pages,
    }


def runs(numbers: Iterable[int]) -> Iterable[str]:
    """ "1-4", "7": consecutive numbers as one."""
    for _key, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _index, number in group]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
