"""Texts and what is looked for in them, made alike: small letters without accents, and digits.

A word is found where another begins with it, its plural's ending left off: "playgrounds" finds
"playground", "leyes" finds "ley", and "child" finds "children".
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Latin-1 and Latin Extended-A: English and Spanish, and the names in them.
LETTERS = [chr(code) for code in range(0xC0, 0x180)]
PAIRS = {
    letter: bare
    for letter in LETTERS
    if (bare := unicodedata.normalize("NFD", letter)[0]).isascii() and bare.isalpha()
}
FROM, TO = "".join(PAIRS), "".join(PAIRS.values())
TABLE = str.maketrans(PAIRS)
MOST_WORDS, LONGEST = 8, 100
# Everybody types them, and few titles have them.
SMALL = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to", "with"),
        *("al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "o", "para", "por"),
        *("que", "se", "su", "sus", "un", "una", "y"),
    )
)
BILL = re.compile(r"([a-z]{1,5})([0-9]+)")


class Word(NamedTuple):
    text: str
    """Letters a to z and digits only."""
    is_whole: bool
    """A number: 17 is not the beginning of 170."""


def plain(text: str) -> str:
    """As the database makes it of its columns (campaigns.search.engines)."""
    bare = unicodedata.normalize("NFC", text).translate(TABLE)
    return re.sub("[^a-z0-9]+", " ", bare.lower())


def words_of(typed: str) -> list[Word]:
    """What is looked for; [] for nothing that could be. "hb17" is a bill's number, as "HB 17"."""
    parts: list[str] = []
    for part in plain(typed[:LONGEST]).split():
        bill = BILL.fullmatch(part)
        parts += bill.groups() if bill else [part]
    telling = [part for part in parts if part not in SMALL] or parts
    return [Word(stem(part), part.isdecimal()) for part in dict.fromkeys(telling[:MOST_WORDS])]


def stem(word: str) -> str:
    if word.endswith("es") and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def has(text: str, words: list[Word]) -> bool:
    """Whether all of them are in it, as the databases answer it."""
    inside = f" {plain(text)} "
    return all(f" {word.text}{' ' if word.is_whole else ''}" in inside for word in words)
