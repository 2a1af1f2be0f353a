"""An XLSX, written as its rows come and without a temporary file: nothing of it lies on a disk.

All cells are text, in cells of the format "text": a ZIP keeps its zero also when somebody edits it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape

# What a sheet holds, its heads among them; and bytes of its XML, which an archive without the
# extensions that Excel refuses may have of a member.
MOST_ROWS = 1_048_576
MOST_BYTES = 1_800_000_000
AT_ONCE = 2_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# No XML may have these; and what a spreadsheet would read as one of them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class _Outbox:
    """What an archive has written and nobody has taken yet."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, some: bytes) -> int:
        self.waiting.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The file in pieces, some of them empty."""
    outbox = _Outbox()
    # Fast rather than small: it is the dearest step, and the archive is gone tomorrow.
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        left, sheets = iter(rows), 0
        is_more = True
        while is_more:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as file:
                is_more = yield from _sheet(file, outbox, header, left)
        for name, content in _frame(sheets):
            archive.writestr(name, HEAD + content)
    yield outbox.take()


def _sheet(
    file: IO[bytes], outbox: _Outbox, header: Sequence[str], left: Iterator[Sequence[str]]
) -> Generator[bytes, None, bool]:
    """One sheet. Returns whether rows may be left for another."""
    width = len(header)
    written = file.write(
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><cols><col min="1" max="{width}" width="20" customWidth="1"/></cols>'
        f"<sheetData>{_row(header, style=2)}".encode()
    )
    room, is_more = MOST_ROWS - 1, True
    while room and is_more and written < MOST_BYTES:
        some = list(islice(left, min(AT_ONCE, room)))
        is_more = len(some) == min(AT_ONCE, room)
        room -= len(some)
        written += file.write("".join(map(_row, some)).encode())
        yield outbox.take()
    file.write(b"</sheetData></worksheet>")
    return is_more


def _row(cells: Sequence[str], style: int = 1) -> str:
    made = [f'<c s="{style}" t="inlineStr"><is><t{_text(cell)}</t></is></c>' for cell in cells]
    return f"<row>{''.join(made)}</row>"


def _text(cell: str) -> str:
    if "_x" in cell:
        cell = LOOKS_ESCAPED.sub("_x005F_", cell)
    # Blanks at an end are dropped by whoever reads it, unless they are said to count.
    space = ' xml:space="preserve"' if cell != cell.strip() else ""
    return f"{space}>{escape(UNSEEN.sub('', cell))}"


def _frame(sheets: int) -> Iterator[tuple[str, str]]:
    """What an archive has besides the sheets."""
    numbers = range(1, sheets + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{parts}</Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    named = "".join(f'<sheet name="List {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships">{related}<Relationship'
        f' Id="rId{sheets + 1}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    # 49 is the format "text".
    yield (
        "xl/styles.xml",
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
        '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">'
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        "</styleSheet>",
    )
