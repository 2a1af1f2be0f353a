"""The public answer of a published thing, and what its page says of the text itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.translation import get_language, override, pgettext_lazy

from campaigns import onward
from campaigns.models import Published, PublishedWords, Standing

# In the middle of a sentence, where Spanish writes them small.
NAMES = {
    "en": pgettext_lazy("a language within a sentence", "English"),
    "es": pgettext_lazy("a language within a sentence", "Spanish"),
}


class Correction(NamedTuple):
    at: dt.datetime
    said: str


@dataclass(frozen=True)
class Notes:
    """For `campaigns/published/_notes.html` and `_corrections.html`."""

    is_preview: bool = False
    standing: Any = ""
    written_in: str = ""
    """The language of the words, where the reader's has none; "" where it has."""
    corrections: list[Correction] = field(default_factory=list)


def instead_of(request: HttpRequest, thing: Published) -> HttpResponse | None:
    """None where it may be shown. Of what was taken down the page that it leads to, else a 410.

    Raises Http404 for a draft, and for what is to come.
    """
    if thing.is_preview or thing.is_public:
        return None
    if thing.standing != Standing.TAKEN_DOWN:
        raise Http404(thing.slug)
    if to := leads_to(thing):
        # Not for ever: it may be published again, and browsers never ask twice about a 301.
        return redirect(to)
    return render(request, "campaigns/published/gone.html", status=410)


def leads_to(thing: Published) -> str:
    """Looked up each time, as a host may be taken off the list (campaigns.onward); "" for
    nowhere.
    """
    to = thing.unpublished_to
    if is_path(to):
        reads = get_language() or settings.LANGUAGE_CODE
        # As it was typed at the desk, which speaks English: elsewhere no such address is known.
        with override(settings.LANGUAGE_CODE):
            return translate_url(to, reads)
    return to if to and onward.is_listed(onward.host_of(to)) else ""


def is_path(to: str) -> bool:
    """An address of this site: what begins with two strokes is another host's."""
    return to.startswith("/") and not to.startswith(("//", "/\\"))


def notes_of(thing: Published, words: Any) -> Notes:
    """`words` is the row that is shown (campaigns.words.of). No query."""
    written_in = ""
    if words.pk and words.language != (get_language() or "en"):
        written_in = NAMES.get(words.language, words.language)
    return Notes(
        is_preview=thing.is_preview,
        standing=thing.standing.label,
        written_in=str(written_in),
        corrections=corrections_of(words),
    )


def corrections_of(words: PublishedWords) -> list[Correction]:
    """The oldest first."""
    return [
        Correction(dt.datetime.fromisoformat(row["at"]), row["said"]) for row in words.corrections
    ]
