"""How somebody's words lie on paper: which way they run, where they break, how long they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# A letter of twelve thousand characters, the most that the form takes, has about 170 lines and five
# pages. What is longer than these was made of line breaks.
MOST_LINES = 200
MOST_PAGES = 8

IN_A_LINE = 75
LONG_WORD = re.compile(r"\S{31,}")
LONGEST_PART = 30
PART_OF_ADDRESS = re.compile(r"[^/?&=.\-_#:;,+%]*[/?&=.\-_#:;,+%]*")
ZERO_WIDTH_SPACE = "\u200b"


def lines_of(texts: Iterable[str]) -> int:
    """About how many lines these texts have when printed, on the safe side: blank ones between
    paragraphs are space, and characters of Chinese or Japanese are two wide.
    """
    return sum(
        1 + width(line) // IN_A_LINE
        for text in texts
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line.strip()
    )


def width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)


def direction(text: str) -> str:
    """`rtl` where the first letter that has a direction is Arabic's, Hebrew's or their like."""
    for letter in text:
        found = unicodedata.bidirectional(letter)
        if found in ("R", "AL"):
            return "rtl"
        if found == "L":
            return "ltr"
    return "ltr"


def breakable(text: str) -> str:
    """With a place to break in words too long for a line: after a part of an address, and within
    what is long without any.
    """
    return LONG_WORD.sub(lambda word: broken(word[0]), text)


def broken(word: str) -> str:
    parts = PART_OF_ADDRESS.findall(word)
    return ZERO_WIDTH_SPACE.join(
        part if len(part) <= LONGEST_PART else "".join(anywhere(part)) for part in parts
    )


def anywhere(part: str) -> Iterator[str]:
    """Its letters with a place to break between them; where letters join, every so many only,
    since a break unjoins them.
    """
    since = 0
    for before, letter in zip(" " + part, part, strict=False):
        since += 1
        is_joining = unicodedata.bidirectional(letter) == "AL"
        if may_part(before, letter) and (not is_joining or since > LONGEST_PART):
            yield ZERO_WIDTH_SPACE
            since = 0
        yield letter


def may_part(before: str, letter: str) -> bool:
    """Not between a letter and its accent, and not within an emoji."""
    belongs = unicodedata.category(letter) in ("Mn", "Me", "Mc", "Sk", "Cf")
    return before != " " and not belongs and unicodedata.category(before) != "Cf"
