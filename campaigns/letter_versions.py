"""Which words go to which seat: an ask's own letter, or one of its versions.

Every seat has exactly one. The ask's letter is for all that no version names, and of two versions
that name a seat the first in order is taken; before a launch there are no two.
"""

from __future__ import annotations

import datetime as dt
import operator
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When

from campaigns import targeting
from campaigns.models import Ask, LetterVersion
from campaigns.optional_paragraphs import MARKED, optional_paragraphs, with_chosen
from campaigns.subjects import subject_of_form
from legislators.holders import office_day
from legislators.models import Seat

OWN = 0  # for the ask's own letter, where versions are named by their ids


@dataclass(frozen=True)
class LetterWords:
    """The organization's words for some seats, merge fields and all."""

    version: int
    name: str
    subjects: list[str]
    body: str
    translations: Mapping[str, str] = field(default_factory=dict)

    def subject(self, form_key: uuid.UUID | None = None) -> str:
        """One of several by the form's key."""
        several = len(self.subjects) > 1
        return subject_of_form(self.subjects, form_key) if several else self.subjects[0]

    def statement(self, chosen: Collection[str] = ()) -> str:
        """With those of the paragraphs that its writer may add which were chosen, by their keys."""
        return with_chosen(self.body, chosen) if MARKED in self.body else self.body

    @property
    def optional(self) -> dict[str, str]:
        return optional_paragraphs(self.body) if MARKED in self.body else {}


def own_words_of(ask: Ask) -> LetterWords:
    """The ask's own letter. Its translation is the text of the ask's words in that language."""
    return LetterWords(OWN, "", [ask.letter_subject, *ask.more_subjects], ask.letter_body)


def words_of(version: LetterVersion) -> LetterWords:
    return LetterWords(
        version.pk,
        version.name,
        [version.subject, *version.more_subjects],
        version.body,
        version.translations,
    )


def all_words(ask: Ask, versions: Sequence[LetterVersion] | None = None) -> dict[int, LetterWords]:
    """By the version's id; `OWN` is the ask's own letter, and comes last."""
    rows = list(ask.versions.all()) if versions is None else versions
    return {**{version.pk: words_of(version) for version in rows}, OWN: own_words_of(ask)}


def words_by_seat(
    ask: Ask, seats: Iterable[Seat], *, on: dt.date | None = None
) -> dict[int, LetterWords]:
    """By the seat's id the words for each of these seats. Two queries, however many."""
    versions = list(ask.versions.all())
    words, ids = all_words(ask, versions), [seat.pk for seat in seats]
    if not versions:
        return dict.fromkeys(ids, words[OWN])
    found = said(Seat.objects.filter(pk__in=ids), versions, on).values_list("pk", "version")
    named = dict(found)
    return {pk: words[named.get(pk, OWN)] for pk in ids}


def said(seats: QuerySet[Seat], versions: list[LetterVersion], on: dt.date | None = None) -> Any:
    """A queryset of these seats, each with the id of its `version`."""
    day = on or office_day()
    cases = [When(targeting.addressed_by(one, day), then=Value(one.pk)) for one in versions]
    return seats.annotate(version=Case(*cases, default=Value(OWN), output_field=IntegerField()))


def seats_by_version(ask: Ask, versions: list[LetterVersion] | None = None) -> dict[int, int]:
    """How many of the ask's seats get each version's words; `OWN`: the ask's own. One query."""
    versions = list(ask.versions.all()) if versions is None else versions
    rows = said(targeting.seats(ask), versions).order_by().values_list("version")
    return {OWN: 0, **{one.pk: 0 for one in versions}, **dict(rows.annotate(Count("pk")))}


def overlapping(ask: Ask, versions: list[LetterVersion] | None = None) -> QuerySet[Seat]:
    """The ask's seats that more than one version names. The versions need not be saved."""
    versions = list(ask.versions.all()) if versions is None else versions
    if len(versions) < 2:
        return Seat.objects.none()
    day = office_day()
    each = [
        Case(
            When(targeting.addressed_by(one, day), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for one in versions
    ]
    counted = targeting.seats(ask).annotate(named_by=reduce(operator.add, each))
    return counted.filter(named_by__gt=1).order_by(F("named_by").desc(), "pk")
