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
# So many letters of what stayed are shown around a change, and of a change itself.
AROUND, MOST_SHOWN = 160, 800


class Piece(NamedTuple):
    """`kind`: SAME, GONE or NEW."""

    kind: str
    text: str

    @property
    def lead(self) -> str:
        """The blanks it begins with: a sign before them would stand at the end of another line."""
        return self.text[: len(self.text) - len(self.text.lstrip())] if self.text.strip() else ""

    @property
    def body(self) -> str:
        return self.text[len(self.lead) :]


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
    # What both begin and end with first: a long passage added at one end is no long comparison.
    head = alike(old, new)
    tail = alike(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield Piece(SAME, "".join(old[:head]))
    if max(len(old_middle), len(new_middle)) > MOST_WORDS:
        yield from (Piece(GONE, "".join(old_middle)), Piece(NEW, "".join(new_middle)))
    else:
        for tag, a, b, c, d in opcodes(old_middle, new_middle):
            if tag == "equal":
                yield Piece(SAME, "".join(old_middle[a:b]))
            else:
                yield Piece(GONE, "".join(old_middle[a:b]))
                yield Piece(NEW, "".join(new_middle[c:d]))
    yield Piece(SAME, "".join(old[len(old) - tail :]))


def alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many of the first words are the same."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours as one: between two changed words a blank alone is no reason to begin anew."""
    gone, new = "", ""
    pieces = [piece for piece in pieces if piece.text]
    for at, piece in enumerate(pieces):
        is_gap = piece.kind == SAME and piece.text.isspace() and (gone or new)
        if is_gap and any(later.kind != SAME for later in pieces[at + 1 : at + 2]):
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
    """With an ellipsis where a piece is long."""
    last = len(pieces) - 1
    return [
        Piece(SAME, cut(piece.text, has_before=at > 0, has_after=at < last))
        if piece.kind == SAME
        else Piece(piece.kind, beginning(piece.text))
        for at, piece in enumerate(pieces)
    ]


def beginning(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN].rpartition(" ")[0] + " …"


def cut(text: str, *, has_before: bool, has_after: bool) -> str:
    """Its beginning where a change stands before it, its end where one comes after it."""
    kept = AROUND * (has_before + has_after)
    if len(text) <= kept + AROUND:
        return text
    head = text[:AROUND].rpartition(" ")[0] if has_before else ""
    tail = text[-AROUND:].partition(" ")[2] if has_after else ""
    return f"{head} … {tail}".strip(" ") if not (has_before and has_after) else f"{head} … {tail}"
