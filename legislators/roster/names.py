"""A person's name in parts, and whether two sources mean one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_PARTICLES = {*"de del der den di da dos du la las los le st. st san santa van von ten".split()}  # noqa: SIM905
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v"}


def split_name(name: str) -> tuple[str, str]:
    """Given and family name of a published full name: "Ana de la Cruz Jr." is ("Ana", "de la
    Cruz").
    """
    words = name.replace(",", " ").split()
    while len(words) > 2 and words[-1].lower() in _SUFFIXES:
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[: max(start, 1)]), " ".join(words[start:])


def family_names(names: Iterable[str]) -> list[str]:
    """What sources agree about: the last word of each name, up to a hyphen, without accents."""
    return sorted(_folded(split_name(name)[1].split(" ")[-1].split("-")[0]) for name in names)


def is_one_person(one: str, other: str) -> bool:
    """As far as names tell: by that last word, and the first letter of all. "Mike Braun" is
    "Michael Braun"; a widow who follows her husband is not he.
    """
    return family_names([one]) == family_names([other]) and _folded(one)[:1] == _folded(other)[:1]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain.casefold() if letter.isalpha())
