"""Whether a letter fits into the form of an office. Nothing is ever cut: its writer is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.letters.finished import FinishedLetter
from legislators.models import OfficeLimit


@dataclass(frozen=True)
class TooLong:
    """One letter, and by how much its office's form takes less: "140 too many."."""

    seat_id: int
    over: str


def too_long(letters: Iterable[FinishedLetter], limits: Mapping[int, OfficeLimit]) -> list[TooLong]:
    """Those that do not fit, each with what to say of it."""
    found = []
    for letter in letters:
        limit = limits.get(letter.seat_id)
        # Of an office that gets it by mail nobody asks how long it is.
        if limit and any(limit.over(letter.text)):
            found.append(TooLong(letter.seat_id, by_how_much(limit, letter.text)))
    return found


def by_how_much(limit: OfficeLimit, text: str) -> str:
    characters, words = limit.over(text)
    return _("{over} too many.").format(over=f"{characters or words:,}")


def too_long_for(limit: OfficeLimit, text: str) -> str:
    """ "It takes 2,000 characters: 140 too many." """
    characters, words = limit.over(text)
    # Too many of either is too long: the characters are what most forms count.
    if characters:
        return _("Their form takes %(most)s characters: %(over)s too many.") % {
            "most": f"{limit.characters:,}",
            "over": f"{characters:,}",
        }
    return _("Their form takes %(most)s words: %(over)s too many.") % {
        "most": f"{limit.words:,}",
        "over": f"{words:,}",
    }


def takes(limit: OfficeLimit) -> str:
    """What it takes, as it is said before anything is too long."""
    if limit.characters and limit.words:
        both = _("takes %(characters)s characters and %(words)s words")
        return both % {"characters": f"{limit.characters:,}", "words": f"{limit.words:,}"}
    if limit.characters:
        return _("takes %(characters)s characters") % {"characters": f"{limit.characters:,}"}
    return _("takes %(words)s words") % {"words": f"{limit.words:,}"}
