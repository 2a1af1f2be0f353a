"""A thing's words in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from campaigns.models import Ask, Campaign, Published


def of(thing: Published | Campaign | Ask, language: str | None = None) -> Any:
    """The words row for `language` (default: the active one), else English, else any; an empty
    unsaved row if there is none.

    Reads `thing.words.all()`, so a page that prefetches words asks the database no more.
    """
    described: Any = thing
    rows = {row.language: row for row in described.words.all()}
    rows |= vars(thing).get("words_instead", {})
    wanted = (language or get_language() or "en", "en", *rows)
    # An empty row prints as nothing, where None would break a page.
    return next((rows[code] for code in wanted if code in rows), described.words.model())


def show_instead(thing: Published | Campaign | Ask, row: Any) -> None:
    """For as long as this object is shown, this unsaved row stands for its language."""
    vars(thing).setdefault("words_instead", {})[row.language] = row
