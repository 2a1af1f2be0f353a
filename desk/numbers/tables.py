"""Tables of numbers, the same on the page and as CSV: what may not be shown is in neither."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Metric
from desk.numbers.small_cells import FEW, Cell, shown
from desk.supporters import csv_cells

LABELS: dict[str, Any] = {
    Metric.VERIFIED: gettext_lazy("Verified"),
    Metric.PENDING: gettext_lazy("Pending"),
    Metric.UNVERIFIED: gettext_lazy("Not verified"),
    Metric.ANONYMOUS: gettext_lazy("Young voices"),
    Metric.TOLD: gettext_lazy("Told"),
    Metric.VIEWS: gettext_lazy("Views"),
    Metric.STARTS: gettext_lazy("Begun"),
    Metric.LETTERS: gettext_lazy("Letters"),
}
KEPT_BACK = Cell(None)


@dataclass(frozen=True)
class Row:
    """One line. `key` is what the numbers are kept under, `url` where more of it is told."""

    key: Hashable
    label: str
    cells: tuple[Cell, ...]
    url: str = ""

    def cell(self, at: int = 0) -> Cell:
        return self.cells[at]


@dataclass(frozen=True)
class Table:
    """`name` is its address as CSV; `by` heads the first column, `metrics` the others."""

    name: str
    heading: str
    by: str
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    labels: Mapping[str, Any] = field(default_factory=lambda: LABELS)

    @property
    def columns(self) -> list[str]:
        return [str(self.labels[metric]) for metric in self.metrics]

    @property
    def has_few(self) -> bool:
        return any(cell.number is None for row in self.rows for cell in row.cells)


Line = tuple[Hashable, str, str]  # key, label, address


def table(
    name: str,
    heading: str,
    by: str,
    metrics: Sequence[str],
    lines: Sequence[Line],
    numbers: Mapping[Any, Counter[str]],
    *,
    protects: bool,
    groups: Mapping[Any, Any] | None = None,
    note: str = "",
) -> Table:
    """In the order of `lines`. Where it `protects`, no small cell is shown, nor what gives it back
    beside the total of its group (of all of them, without groups).
    """
    columns = [
        cells_of(
            metric, lines, numbers, protects=protects and metric != Metric.VIEWS, groups=groups
        )
        for metric in metrics
    ]
    rows = [
        Row(key, label, tuple(column[key] for column in columns), url) for key, label, url in lines
    ]
    return Table(name, heading, by, tuple(metrics), tuple(rows), note)


def cells_of(
    metric: str,
    lines: Sequence[Line],
    numbers: Mapping[Any, Counter[str]],
    *,
    protects: bool,
    groups: Mapping[Any, Any] | None,
) -> dict[Hashable, Cell]:
    """One column."""
    # A quiet line is a zero: whatever has no row is nobody.
    plain = {key: numbers.get(key, Counter())[metric] for key, _label, _url in lines}
    if not protects:
        return {key: Cell(number) for key, number in plain.items()}
    parts: dict[Hashable, dict[Hashable, int]] = {}
    for key, number in plain.items():
        parts.setdefault(groups[key] if groups else None, {})[key] = number
    found: dict[Hashable, Cell] = {}
    for part in parts.values():
        # So few in all that their total tells: then none of them is shown.
        found |= shown(part) or dict.fromkeys(part, KEPT_BACK)
    return found


def csv_of(made: Table) -> bytes:
    """Safe for a spreadsheet, with the mark by which Excel knows UTF-8."""
    rows = [[csv_cells.text(cell) for cell in (made.by, *made.columns)]]
    for row in made.rows:
        # A number is a number; a text is never run.
        numbers = [in_csv(cell) for cell in row.cells]
        rows.append([csv_cells.text(key_or_label(row)), *numbers])
    return csv_cells.BYTE_ORDER_MARK.encode() + csv_cells.lines(rows)


def key_or_label(row: Row) -> str:
    """Days and hours as they sort."""
    return row.key.isoformat() if isinstance(row.key, dt.date) else row.label


def in_csv(cell: Cell) -> str:
    if cell.number is not None:
        return str(cell.number)
    return f"<{FEW}" if cell.is_few else _("kept back")


def day_label(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
