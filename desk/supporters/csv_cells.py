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
# What Python strips, written out: a database's idea of a blank follows its locale.
BLANK = "\t\n\x0b\x0c\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# For Python and PostgreSQL alike (desk.exports.columns). A cell's own apostrophe gets another, or a
# reader would take it for ours. Blanks at the front hide nothing: some programs trim.
RUN_AS_FORMULA = rf"^[{BLANK}]*[-=+@＝＋－＠']|^[\t\r\n]"
TAKEN_FOR_A_NUMBER = rf"^[{BLANK}]*[0-9０-９.,][0-9０-９{BLANK}.,:/eE+-]*%?[{BLANK}]*$"
IS_TEXT = f"{RUN_AS_FORMULA}|{TAKEN_FOR_A_NUMBER}"
_is_text = re.compile(IS_TEXT.replace("$", r"\Z")).search
# These stand as they are where somebody asks for it: nothing runs them.
ZIP = r"^[0-9]{5}(-[0-9]{4})?$"
PHONE = r"^\+[1-9][0-9]{6,14}$"


def text(value: str) -> str:
    """`value` as a cell."""
    return f"'{value}" if value[:1] == "\0" or _is_text(value) else value


def bare(value: str, shape: str) -> str:
    """`value` without our apostrophe, where it is a ZIP or a phone number to the last character."""
    return value if re.match(shape.replace("$", r"\Z"), value) else text(value)


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
