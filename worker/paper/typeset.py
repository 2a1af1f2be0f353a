"""Letters become a print-ready PDF (PDF/A-2b): set by Typst with the fonts that lie here, never the
system's; joined from chunks.

What is printed reaches the typesetter as data. A character that none of the fonts has refuses the
letter: no box is ever printed.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst

from worker.paper.printed_letter import PrintedLetter

TEMPLATES = Path(__file__).parent
FONTS = TEMPLATES / "fonts"
# Made to be kept: fonts inside, nothing that depends on the viewer (ISO 19005-2).
STANDARD: Literal["a-2b"] = "a-2b"
# More at once is hardly faster and takes more memory (bin/bench paper).
CHUNK = 125
# Typst remembers what it set for this many further runs. Setting nothing as often lets go of a
# chunk's memory.
FORGETS_AFTER = 10
REHEARSAL = "REHEARSAL"

_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_TOO_WIDE = re.compile(r"Too wide for the window: (.*)")
# One typesetter per process, one letter at a time.
_turn = threading.Lock()


class CannotPrint(Exception):
    """This letter cannot be printed as it should be. The message says why, to staff."""


@dataclass(frozen=True)
class PrintablePdf:
    """`pages` has one number per letter, in their order."""

    pdf: bytes
    pages: list[int]


def print_letter(
    letter: PrintedLetter,
    *,
    mark: str = "",
    stamp: str = "",
    leaves_room: bool = False,
    has_blocks: bool = True,
) -> PrintablePdf:
    """One letter, tagged for screen readers. About four milliseconds once the fonts are read.

    `mark` stands in the corner of each page, `stamp` across it. `leaves_room`: for a signature by
    hand. `has_blocks=False` leaves the addresses to whoever prints. Raises CannotPrint.
    """
    printed = letter.as_printed(mark=mark, leaves_room=leaves_room)
    pdf = _set(
        [printed],
        title=letter.subject,
        author=letter.writer,
        stamp=stamp,
        blocks="yes" if has_blocks else "",
        tags=True,
    )
    return PrintablePdf(pdf, [len(_open(pdf).pages)])


def print_many(
    letters: Sequence[tuple[PrintedLetter, str]], *, title: str, author: str, stamp: str = ""
) -> PrintablePdf:
    """Letters with their marks, one after the other in one file with a bookmark each.

    Set in chunks, which takes less memory than all at once. Raises CannotPrint if any of them
    can't be printed, without saying which.
    """
    joined: pikepdf.Pdf | None = None
    pages: list[int] = []
    bookmarks: list[tuple[str, int]] = []
    for start in range(0, len(letters), CHUNK):
        some = letters[start : start + CHUNK]
        printed = [letter.as_printed(mark=mark) for letter, mark in some]
        chunk = _open(_set(printed, title=title, author=author, stamp=stamp))
        before = len(joined.pages) if joined else 0
        # A letter ends where the next one begins, the last with the chunk.
        firsts = list(_first_pages(chunk))
        ends = [*firsts[1:], len(chunk.pages)]
        pages += [end - first for first, end in zip(firsts, ends, strict=True)]
        for (letter, mark), first in zip(some, firsts, strict=True):
            bookmarks.append((mark or letter.subject, before + first))
        if joined is None:
            joined = chunk
        else:
            joined.pages.extend(chunk.pages)
        _forget()
    if joined is None:
        raise CannotPrint("There is no letter to print.")
    return PrintablePdf(_saved(joined, bookmarks), pages)


def _set(
    letters: Sequence[Mapping[str, Any]],
    *,
    title: str,
    author: str,
    stamp: str,
    blocks: str = "yes",
    tags: bool = False,
) -> bytes:
    inputs = {
        "letters": json.dumps(letters),
        "title": title,
        "author": author,
        "stamp": stamp,
        "blocks": blocks,
    }
    return typeset("letter", inputs, tags=tags)


def typeset(
    template: str, inputs: dict[str, str], *, tags: bool = True, folder: Path = TEMPLATES
) -> bytes:
    """A PDF of one of a folder's templates: this one's, unless another is named. Raises
    CannotPrint.
    """
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with _turn:
        try:
            made = _compiler(folder / f"{template}.typ").compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[STANDARD],
                pdf_tags=tags,
                timestamp=now,
            )
        except typst.TypstError as error:
            raise CannotPrint(_fault_in_words(f"{error.message} {error.diagnostic}")) from error
    assert isinstance(made, bytes)
    return made


@lru_cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(
        template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )


def _forget() -> None:
    nothing = {"letters": "[]", "title": "", "author": ""}
    with _turn:
        for _ in range(FORGETS_AFTER + 1):
            _compiler(TEMPLATES / "letter.typ").compile(format="svg", sys_inputs=nothing)


def _fault_in_words(said: str) -> str:
    if found := _UNSHOWN.search(said):
        return f"No font here has this character: {found[1]}"
    if found := _TOO_WIDE.search(said):
        return (
            "This address is too wide for the window of an envelope:"
            f" {found[1].splitlines()[0].partition(' error:')[0]}"
        )
    return f"The typesetter refused it: {said.splitlines()[0][:300]}"


def _open(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def _first_pages(chunk: pikepdf.Pdf) -> Iterator[int]:
    """Where each letter begins: its subject is a heading, and each heading has a bookmark."""
    with chunk.open_outline() as outline:
        for item in outline.root:
            destination: Any = item.destination
            yield int(pikepdf.Page(destination[0]).index)  # type: ignore[call-overload]


def _saved(joined: pikepdf.Pdf, bookmarks: Sequence[tuple[str, int]]) -> bytes:
    """The first chunk's claims (PDF/A-2b, colours) are the whole file's; a chunk's bookmarks are
    not.
    """
    with joined.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in bookmarks)
    file = io.BytesIO()
    joined.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()
