"""The organization's words where a merge field stands for nothing: the clause that needs it is left
out with its punctuation, so that what stays is still a sentence.

Rules for English and Spanish, and no grammar: a phrase goes ("in {city}"), else its clause ("I live
in {city}, and"), else its sentence. Where no rule is sure the whole sentence goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from campaigns.unfilled_words import (
    ABBREVIATIONS,
    ANNOUNCED,
    ARTICLES,
    CONJUNCTIONS,
    NEEDS_MORE,
    OF,
    OPENERS,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    RELATIVES,
    STARTERS,
    VERBS,
)

# Fields that are read as one: without any of a name's the others say nothing, and of a place's each
# stands for itself.
NAMES = (("title", "legislator"), ("first_name", "last_name"))
PLACES = ("city", "state", "zip")

_TOKEN = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})|\w+(?:['’.\-/]\w+)*|\s+|.", re.S)
_PARAGRAPHS = re.compile(r"(\n[ \t]*\n\s*)")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n(?=[ \t]*[-*•])")
_MARKS = frozenset(",;:—–()")


def leave_out(text: str, unfilled: Collection[str]) -> str:
    """The text without the clauses that need one of these fields; the others stay fields.

    A paragraph that names none of them stays as it is, byte for byte.
    """
    parts = _PARAGRAPHS.split(text)
    kept = ""
    # Paragraphs and the blank lines between them take turns.
    for paragraph, blank_lines in zip(parts[::2], [*parts[1::2], ""], strict=True):
        left = _paragraph(paragraph, unfilled)
        if left.strip() or not paragraph.strip():
            kept += left + blank_lines
    # The blank lines before a last paragraph that went.
    return kept.rstrip() if kept != text and not text[-1:].isspace() else kept


def _paragraph(paragraph: str, unfilled: Collection[str]) -> str:
    if not any(f"{{{name}}}" in paragraph for name in unfilled):
        return paragraph
    kept = "".join(
        left + space
        for sentence, space in _sentences(paragraph)
        if (left := _Sentence(sentence, unfilled).without()) or not sentence
    )
    return kept if paragraph[-1:].isspace() else kept.rstrip()


def _sentences(paragraph: str) -> Iterator[tuple[str, str]]:
    """Each with the space behind it."""
    start = 0
    for found in _ENDS.finditer(paragraph):
        end = found.end() - len(found[0]) + len(found[0].rstrip())
        following = paragraph[found.end() : found.end() + 1]
        before = paragraph[start : found.start()].rsplit(None, 1)
        last = before[-1].lower().lstrip("(¿¡\"'“") if before else ""
        is_short = found[0][0] == "." and (len(last) == 1 or last in ABBREVIATIONS)
        if is_short or following.islower():
            continue
        yield paragraph[start:end], paragraph[end : found.end()]
        start = found.end()
    yield paragraph[start:], ""


class _Sentence:
    """Its words, marks and fields as tokens, from which spans are cut."""

    def __init__(self, sentence: str, unfilled: Collection[str]) -> None:
        self.typed, self.unfilled = sentence, unfilled
        self.tokens = _TOKEN.findall(sentence)
        # How it closes stays: "?", ".”".
        at = len(self.tokens)
        while at and not (self._is_word(at - 1) or self._is_field(at - 1)) and at > 1:
            if self.tokens[at - 1] in _MARKS:
                break
            at -= 1
        self.tokens, self.close = self.tokens[:at], "".join(self.tokens[at:])

    def without(self) -> str:
        """What is left of it; "" where nothing is that could stand alone."""
        was_touched = False
        # From behind: what a clause leans on is gone or settled by then.
        while (at := self._last_unfilled()) is not None:
            was_touched = True
            if not self._cut_at(at):
                return ""
        if not was_touched:
            return self.typed
        return self._tidied()

    def _last_unfilled(self) -> int | None:
        found = [at for at in range(len(self.tokens)) if self._is_unfilled(at)]
        return found[-1] if found else None

    def _cut_at(self, at: int) -> bool:
        """Cut what needs the field there. False where its whole sentence has to go."""
        first, last, is_settled = self._unit(at)
        if is_settled:
            self._cut(first, last)
            return True

        if self.tokens[last + 1 : last + 3] in (["'", "s"], ["’", "s"]):
            # "{city}'s parks": of nobody in particular.
            self._cut(first, last + 2)
            return True
        before, after = self._left(first), self._right(last)
        if self._word(before) in ARTICLES and self._is_plain(after):
            if self._word(after) not in ANNOUNCED:
                # "a {city} parent": the field alone says less.
                self._cut(first, last)
                return True
            last = after  # type: ignore[assignment]
            after = self._right(last)
        first, is_led = self._lead(first)
        before = self._left(first)
        is_alone_before = before is None or self._is_mark(before)
        is_alone_after = after is None or self._is_mark(after)
        if is_alone_before and is_alone_after:
            return self._cut_between(before, after, first, last)
        if self._word(before) in NEEDS_MORE:
            return self._cut_dangling(first, last, after)
        if is_led:
            self._cut(first, last)
            return True
        return self._cut_clause(first, last)

    def _lead(self, first: int) -> tuple[int, bool]:
        """Where what leads up to it begins ("in your district", "cerca de la ciudad de"), and
        whether that is a preposition.
        """
        while True:
            while self._announces(before := self._left(first)):
                first = before  # type: ignore[assignment]
            if self._word(before) not in PREPOSITIONS:
                return first, False
            while self._word(before) in PREPOSITIONS:
                first, before = before, self._left(before)  # type: ignore[assignment, arg-type]
            if self._word(first) not in OF or self._word(before) not in ANNOUNCED:
                return first, True
            first = before  # type: ignore[assignment]

    def _announces(self, at: int | None) -> bool:
        return self._word(at) in ARTICLES | ANNOUNCED or (at is not None and self.tokens[at] == "#")

    def _unit(self, at: int) -> tuple[int, int, bool]:
        """The field with those that are read with it; settled where one of them stays for all."""
        first = last = at
        while (near := self._left(first, over=",")) is not None and self._belong(near, first):
            first = near
        while (near := self._right(last, over=",")) is not None and self._belong(last, near):
            last = near
        name = self._field(at)
        stays = [
            each
            for each in range(first, last + 1)
            if self._is_field(each) and not self._is_unfilled(each)
        ]
        if name not in PLACES or not stays:
            return first, last, False
        # "{city}, {zip}": with what stands between it and its neighbour.
        if at > first:
            return self._left(at, over=",") + 1, at, True  # type: ignore[operator]
        return at, self._right(at, over=",") - 1, True  # type: ignore[operator]

    def _belong(self, one: int, other: int) -> bool:
        names = (self._field(one), self._field(other))
        between = "".join(self.tokens[one + 1 : other])
        if names in NAMES:
            return "," not in between
        return all(name in PLACES for name in names)

    def _cut_between(self, before: int | None, after: int | None, first: int, last: int) -> bool:
        """A whole segment, with its mark; between two commas with both, where what follows goes on
        with what came before.
        """
        if before is None and after is None:
            return False
        opens = before is not None and self.tokens[before] == "("
        if before is None:
            self._cut(first, after)  # type: ignore[arg-type]
        elif after is None or self.tokens[after] not in ",)":
            self._cut(before, last)
        elif opens or (self.tokens[before] == "," and not self._begins(after)):
            self._cut(before, after)
        else:
            self._cut(first, after)
        return True

    def _begins(self, mark: int) -> bool:
        """Whether a clause of its own begins behind a mark."""
        at = self._right(mark)
        if self._word(at) in CONJUNCTIONS:
            at = self._right(at)  # type: ignore[arg-type]
        return self._word(at) in STARTERS or self._is_field(at)

    def _cut_dangling(self, first: int, last: int, after: int | None) -> bool:
        """ "I live in {city}, in your district 3": the next place takes its place."""
        goes_on = after is not None and self.tokens[after] == ","
        if goes_on and self._word(self._right(after)) in PLACE_PREPOSITIONS:  # type: ignore[arg-type]
            self._cut(first, after)  # type: ignore[arg-type]
            return True
        return self._cut_clause(first, last)

    def _cut_clause(self, first: int, last: int) -> bool:
        """From where its clause begins to where it ends, if both sides can do without."""
        start = self._clause_start(first)
        end = self._clause_end(last)
        head, tail = self.tokens[:start], self.tokens[end:]
        if not self._stands_alone(head) and not self._can_begin(tail):
            return False
        if self._stands_alone(head) and tail and not self._begins(end):
            # "and work there": nobody is left to do it.
            end = len(self.tokens)
        self._cut(start, end - 1)
        return True

    def _clause_start(self, first: int) -> int:
        """Its mark, or the "and" before it where a whole clause stands before that."""
        at = first
        while at > 0 and not self._is_mark(at - 1):
            at -= 1
            if self._word(at) in CONJUNCTIONS and self._stands_alone(self.tokens[:at]):
                return at
        return at - 1 if at > 0 else 0

    def _clause_end(self, last: int) -> int:
        """The next mark or "and" behind which something begins that needs none of it."""
        for at in range(last + 1, len(self.tokens)):
            is_joint = self._is_mark(at) or self._word(at) in CONJUNCTIONS
            if is_joint and self._can_begin(self.tokens[at:]):
                return at
        return len(self.tokens)

    def _stands_alone(self, head: list[str]) -> bool:
        words = [token.lower() for token in head if token[0].isalnum()]
        return len(words) > 1 and words[0] not in OPENERS and any(each in VERBS for each in words)

    def _can_begin(self, tail: list[str]) -> bool:
        said = [token for token in tail if not token.isspace() and token not in _MARKS]
        while said and said[0].lower() in CONJUNCTIONS:
            said = said[1:]
        if not said or said[0].lower() in RELATIVES:
            return False
        return said[0].lower() in STARTERS or said[0].startswith("{")

    def _cut(self, first: int, last: int) -> None:
        """With one of the spaces around it."""
        tokens = self.tokens
        before, after = tokens[:first], tokens[last + 1 :]
        spaced = bool(before and before[-1].isspace())
        if spaced and (not after or after[0].isspace() or after[0] in ",;:)"):
            before = before[:-1]
        elif not before and after and after[0].isspace():
            after = after[1:]
        self.tokens = before + after

    def _tidied(self) -> str:
        """Without what is left hanging at its ends, and begun with a capital."""
        tokens = list(self.tokens)
        lead: list[str] = []
        while tokens and not (tokens[0][0].isalnum() or tokens[0].startswith("{")):
            token = tokens.pop(0)
            if token not in _MARKS and not (token.isspace() and not lead):
                lead.append(token)
        was_cut = self.typed.lstrip("".join(lead))[:1] != "".join(tokens)[:1]
        while was_cut and tokens and tokens[0].lower() in CONJUNCTIONS:
            tokens.pop(0)
            while tokens and (tokens[0].isspace() or tokens[0] in _MARKS):
                tokens.pop(0)
        while tokens and (tokens[-1].isspace() or tokens[-1] in ",;:—–("):
            tokens.pop()
        if not any(token[0].isalnum() or token.startswith("{") for token in tokens):
            return ""
        if self.typed.lstrip("".join(lead))[:1].isupper() or self.typed.startswith("{"):
            tokens[0] = tokens[0][0].upper() + tokens[0][1:]
        return "".join([*lead, *tokens]) + self.close

    def _left(self, at: int, *, over: str = "") -> int | None:
        """The token before it that is no space, nor one of `over`."""
        at -= 1
        while at >= 0 and (self.tokens[at].isspace() or self.tokens[at] in tuple(over)):
            at -= 1
        return at if at >= 0 else None

    def _right(self, at: int, *, over: str = "") -> int | None:
        at += 1
        while at < len(self.tokens) and (
            self.tokens[at].isspace() or self.tokens[at] in tuple(over)
        ):
            at += 1
        return at if at < len(self.tokens) else None

    def _word(self, at: int | None) -> str:
        return self.tokens[at].lower() if at is not None and self._is_word(at) else ""

    def _is_word(self, at: int) -> bool:
        return self.tokens[at][0].isalnum()

    def _is_plain(self, at: int | None) -> bool:
        """Whether a noun may stand there: a small word that joins nothing."""
        word = self._word(at)
        return bool(
            word
            and self.tokens[at][0].islower()  # type: ignore[index]
            and word not in CONJUNCTIONS | PREPOSITIONS | VERBS | RELATIVES
        )

    def _is_mark(self, at: int) -> bool:
        if self.tokens[at] in _MARKS:
            return True
        # A hyphen joins two words, or stands between them as a dash.
        return self.tokens[at] == "-" and at > 0 and self.tokens[at - 1].isspace()

    def _is_field(self, at: int | None) -> bool:
        return at is not None and self.tokens[at].startswith("{") and len(self.tokens[at]) > 1

    def _field(self, at: int) -> str:
        return self.tokens[at][1:-1] if self._is_field(at) else ""

    def _is_unfilled(self, at: int) -> bool:
        return self._field(at) in self.unfilled
