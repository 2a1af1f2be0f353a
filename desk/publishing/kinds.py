"""A kind of thing that is published: what its pages at the desk have to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from campaigns.models import Published
from desk.form_drafts.keeping import Thing


@dataclass(frozen=True)
class Kind:
    """Its model stands on Published, its words on PublishedWords, with a related set `words`."""

    name: str
    """Begins the names of its addresses ("issue_times") and its deeds in the audit log."""
    model: type[Published]
    form: Any
    """Of its words: a desk.publishing.forms.WordsForm."""
    title: Callable[[Any], str]
    """Of a thing, in the reader's language."""
    page: Callable[[HttpRequest, Any], HttpResponse]
    """Its public page, for a thing that may be shown."""
    public_name: str
    """Of that page's address, which takes its slug: "campaigns:issue"."""
    listing: tuple[str, Any]
    """The page at the desk where all of them stand: the name of its address, what it is called."""
    right: str = "run_campaigns"
    markdown: str = "story"
    """The field that can be seen as it will look; "" for none."""
    rows: Callable[[], Any] | None = None
    """Those of the model that people here may see; all where there is none."""
    of_a_person: bool = False
    """Its words are somebody's who may take them back: no draft of a form is kept, and the log says
    that they were changed, not how.
    """
    more: tuple[tuple[Any, ...], ...] = ()
    """Pages that only this kind has: the end of an address's name ("_files"), what it is called,
    and perhaps the right of accounts.User that it wants besides.
    """
    not_ready: Callable[[Any, dt.datetime], list[Any]] = lambda thing, at: []
    """Why it may not be public at that time, in sentences."""
    saved: Callable[[Any, Any, Any], None] = lambda thing, row, form: None
    """What follows once words of it were saved, in the same transaction."""
    signers: Callable[[Any], int] = lambda thing: 0
    """How many put their name to what it says: each change is then said, and told."""
    mailed: Callable[[Any], int] = lambda thing: 0
    """To how many of them `told` would write now."""
    told: Callable[[Any, Any, str, bool], None] = lambda thing, row, said, is_first: None
    """Tells them that words of the thing have another file, or their first; in the same
    transaction.
    """
    taken_down: Callable[[Any], object] = lambda thing: None
    """Before it is, in the same transaction."""
    may_strike: Callable[[Any], bool] = lambda thing: True
    """Whether a correction that its page names may be struck out."""

    delete: Callable[[Any], object] = lambda thing: thing.delete()
    """Of a draft's row, with what only it used."""

    def place(self) -> dict[str, Any]:
        """What the top of each of its pages shows, and which of its fields is Markdown."""
        return {
            "listing_url": reverse(self.listing[0]),
            "listing": self.listing[1],
            "markdown": self.markdown,
        }

    def url(self, page: str, thing: Published, *args: Any) -> str:
        """Of a page at the desk; the words' own name is the kind's."""
        return reverse(f"desk:{self.name}{page}", args=[thing.slug, *args])

    def draft(self, thing: Published, form: str) -> Thing | None:
        """What a form is about, for its unsaved drafts; None where none are kept."""
        if self.of_a_person:
            return None
        about = {"issue": thing} if self.name == "issue" else {}
        return Thing(form if about else f"{self.name}:{thing.pk}:{form}", **about)  # type: ignore[arg-type]

    def new_words(self, thing: Published, language: str, row: Any = None) -> Any:
        """An unsaved set of words of that thing; `row` is one that has none yet."""
        # Not a field of the abstract model: each of those that stand on it has its own.
        described: Any = self.model._meta
        rows = described.get_field("words")
        row = row or rows.related_model(language=language)
        setattr(row, rows.field.name, thing)
        return row
