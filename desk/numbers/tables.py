"""Tables of numbers, the same on the page and as CSV: what may not be shown is in neither."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
OTHERS = "(others)"  # the key of a line for all that have none of their own


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
    is_ranked: bool = False,
    note: str = "",
) -> Table:
    """In the order of `lines`; where that `is_ranked` by the first number, lines whose number is
    not shown come last, by their label: their place would tell it.

    Where it `protects`, no small cell is shown, nor what gives it back beside the total of its
    group (of all of them, without groups).
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
    if is_ranked:
        # By the first number alone: the others stand in no order.
        hidden = [row for row in rows if row.cells[0].number is None]
        rows = [row for row in rows if row.cells[0].number is not None]
        rows += sorted(hidden, key=lambda row: (row.key == OTHERS, row.label))
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


def told_apart(made: Table, each: Sequence[Table]) -> Table:
    """Without what is not shown in one of these, of which it is the sum: their numbers and this
    one's would give that back. What is shown here then follows from what they show.
    """
    unseen = {
        (row.key, metric)
        for one in each
        for row in one.rows
        for metric, cell in zip(one.metrics, row.cells, strict=True)
        if cell.number is None
    }
    # A line that one of them has under "all others" is not told there.
    keys = [{row.key for row in one.rows} for one in each]
    unseen |= {
        (row.key, metric)
        for row in made.rows
        for theirs in keys
        for metric in made.metrics
        if OTHERS in theirs and (row.key == OTHERS or row.key not in theirs)
    }
    rows = [
        replace(
            row, cells=tuple(hidden_if(cell, (row.key, metric) in unseen) for metric, cell in pairs)
        )
        for row in made.rows
        for pairs in [list(zip(made.metrics, row.cells, strict=True))]
    ]
    return replace(made, rows=tuple(rows))


def hidden_if(cell: Cell, is_hidden: bool) -> Cell:
    return KEPT_BACK if is_hidden else cell


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
