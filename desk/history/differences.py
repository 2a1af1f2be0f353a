"""Two versions of a text, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SAME, GONE, NEW = "same", "gone", "new"
# A rewritten passage longer than this is shown whole, old and new: comparing it takes seconds, and
# shreds of it help nobody.
MOST_WORDS = 1200
# So many letters of what stayed are shown around a change.
AROUND = 160


class Piece(NamedTuple):
    """`kind`: SAME, GONE or NEW."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """In reading order; all SAME and GONE pieces are the first text, all SAME and NEW the other."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    # Lines first: a text of many paragraphs of which one changed is compared in no time.
    pieces: list[Piece] = []
    for tag, a, b, c, d in opcodes(old, new):
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
        else:
            pieces += word_by_word("".join(old[a:b]), "".join(new[c:d]))
    return list(joined(pieces))


def word_by_word(before: str, after: str) -> Iterator[Piece]:
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if max(len(old), len(new)) > MOST_WORDS:
        yield from (Piece(GONE, before), Piece(NEW, after))
        return
    for tag, a, b, c, d in opcodes(old, new):
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield from (Piece(GONE, "".join(old[a:b])), Piece(NEW, "".join(new[c:d])))


def opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours as one: between two changed words a blank alone is no reason to begin anew."""
    gone, new = "", ""
    for at, piece in enumerate(pieces):
        is_gap = piece.kind == SAME and piece.text.isspace() and (gone or new)
        if is_gap and any(later.kind != SAME and later.text for later in pieces[at + 1 : at + 2]):
            gone, new = gone + piece.text, new + piece.text
        elif piece.kind == SAME:
            yield from changed(gone, new)
            gone, new = "", ""
            yield piece
        else:
            gone += piece.text if piece.kind == GONE else ""
            new += piece.text if piece.kind == NEW else ""
    yield from changed(gone, new)


def changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(GONE, gone)
    if new:
        yield Piece(NEW, new)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """With an ellipsis in what stayed, where that is long."""
    last = len(pieces) - 1
    return [
        Piece(SAME, cut(piece.text, has_before=at > 0, has_after=at < last))
        if piece.kind == SAME
        else piece
        for at, piece in enumerate(pieces)
    ]


def cut(text: str, *, has_before: bool, has_after: bool) -> str:
    """Its beginning where a change stands before it, its end where one comes after it."""
    kept = AROUND * (has_before + has_after)
    if len(text) <= kept + AROUND:
        return text
    head = text[:AROUND].rpartition(" ")[0] if has_before else ""
    tail = text[-AROUND:].partition(" ")[2] if has_after else ""
    return f"{head} … {tail}".strip(" ") if not (has_before and has_after) else f"{head} … {tail}"
