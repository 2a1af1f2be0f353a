"""The rows of an uploaded file, as texts: CSV in the usual encodings, or the first sheet of an
Excel workbook. It is read from its parts, a row at a time, however long it is.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext as _

from desk.models import Import
from desk.sealing import Seal

PART = 512 * 1024
MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 60
CELL = 1000  # characters; more is no name, address or date
# What a workbook may unpack to: it is a ZIP file, and may be a bomb.
MOST_UNPACKED = 600 * 1024 * 1024
Row = tuple[int, list[str]]


class Unreadable(Exception):
    """Not a file of rows that we can read. The message says why, to whoever sent it."""


@contextmanager
def opened(of: Import) -> Iterator[IO[bytes]]:
    """Its bytes, in a file without a name that is gone when it is closed."""
    with tempfile.TemporaryFile() as file:
        # Of before files were sealed there is at most a day's.
        seal = Seal("import", of.salt) if of.salt else None
        numbers = list(of.parts.order_by("number").values_list("number", flat=True))
        for number in numbers:
            content = bytes(of.parts.values_list("content", flat=True).get(number=number))
            file.write(seal.open(number, content) if seal else content)
        file.seek(0)
        yield file


def rows(file: IO[bytes], *, is_workbook: bool) -> Iterator[Row]:
    """(number, cells); the heads of columns are row 0, empty rows are left out. Raises
    Unreadable.
    """
    found = _of_workbook(file) if is_workbook else _of_csv(file)
    number = -1
    for cells in found:
        number += 1
        if number > MOST_ROWS:
            raise Unreadable(_("More than half a million rows: cut the file in two."))
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                _("Row %(row)d has more columns than a list of people.") % {"row": number}
            )
        if any(cells):
            yield number, [cell[:CELL] for cell in cells]


def is_workbook(file: IO[bytes]) -> bool:
    """By its bytes, whatever it is called."""
    start = file.read(4)
    file.seek(0)
    return start == b"PK\x03\x04"


def _of_csv(file: IO[bytes]) -> Iterator[list[str]]:
    encoding = _encoding(file)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        first = text.readline(64 * 1024)
        text.seek(0)
        # By the heads: a name may hold a comma, a head does not.
        delimiter = max(",;\t", key=first.count)
        for cells in csv.reader(text, delimiter=delimiter, strict=True):
            yield [cell.replace("\0", "").strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(_("This is no CSV file: %(why)s.") % {"why": error}) from error
    finally:
        # Whoever reads only the first rows has closed the file by the time we are let go.
        if not file.closed:
            text.detach()


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 where it is, or UTF-16 that says so; else what Excel writes in the West. Raises
    Unreadable for what is no text.
    """
    start = file.read(PART)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # No letter in any of these: a picture, or a workbook of before 2007.
    if b"\0" in start:
        raise Unreadable(_("This is no text: save it as CSV or as .xlsx."))
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(PART):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _of_workbook(file: IO[bytes]) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("This workbook unpacks to more than we can read."))
        file.seek(0)
        # What a formula came to; nothing is calculated here, and no link is followed.
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
            yield _without_end(_text(cell) for cell in cells)
    except Unreadable:
        raise
    # A broken workbook fails in as many ways as it has parts.
    except Exception as error:
        raise Unreadable(_("This workbook cannot be read.")) from error


def _without_end(cells: Iterable[str]) -> list[str]:
    found = list(cells)
    while found and not found[-1]:
        found.pop()
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell).replace("\0", "").strip()
