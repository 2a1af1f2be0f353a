"""Cells that a spreadsheet shows as they are.

The rule, also for whoever reads an export by machine (docs/exports.md): a cell that begins with an
apostrophe is text; take one apostrophe off its front. It stands before anything a spreadsheet would
run as a formula (= + - @ and their full-width forms, TAB, CR, LF, NUL) or turn into a number or a
date, and so protects "+1..." phone numbers and the zero of ZIP 02139.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Without it Excel reads UTF-8 as the machine's old code page.
BYTE_ORDER_MARK = "\ufeff"
# A cell's own apostrophe gets another, or a reader would take it for ours.
RUN_AS_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠'")
TAKEN_FOR_A_NUMBER = re.compile(r"[\d.,][\d\s.,:/eE+\-]*%?")


def text(value: str) -> str:
    """`value` as a cell. Blanks at its front do not hide what follows them: some programs trim."""
    if (
        value[:1] in RUN_AS_FORMULA
        or value.strip()[:1] in RUN_AS_FORMULA
        or TAKEN_FOR_A_NUMBER.fullmatch(value.strip())
    ):
        return f"'{value}"
    return value


def plain(cell: str) -> str:
    """What `text` was given."""
    return cell.removeprefix("'")


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV (RFC 4180) in UTF-8.

    Every cell is quoted, or a program that splits at semicolons would cut one open.
    """
    page = io.StringIO(newline="")
    csv.writer(page, quoting=csv.QUOTE_ALL).writerows(rows)
    return page.getvalue().encode()
