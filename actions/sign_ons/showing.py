"""The public list of a letter: who stands on it, in which order, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from actions.models import Signatory
from campaigns import words
from campaigns.models import SignOn, SignOnWords
from legislators.state_words import state_names
from supporters.models import Consent

Kind = Signatory.Kind
# More than these are read by state.
LONG = 24
EVERYWHERE = (Kind.NATIONAL, Kind.INTERNATIONAL)


class Line(NamedTuple):
    organization: str
    place: str
    person: str
    """Name and title of whoever signed, where they want that; else ""."""


class Group(NamedTuple):
    heading: str
    """ "" for a list that needs none."""
    lines: list[Line]


class SignOnCard(NamedTuple):
    """One of a list of letters."""

    letter: SignOn
    words: SignOnWords
    number: int


def groups_of(letter: SignOn) -> list[Group]:
    """Everybody on the list, by name. One query; one more where it is long."""
    rows = list(on_list(letter))
    if len(rows) <= LONG:
        return [Group("", [line(row) for row in rows])] if rows else []
    names = state_names()
    nation = [row for row in rows if row.kind in EVERYWHERE]
    here = [row for row in rows if row.kind not in EVERYWHERE]
    codes = {row.us_state for row in here}
    # Those without a state come last, whatever the alphabet.
    by_name = sorted((names.get(code, code) or "\uffff", code) for code in codes)
    groups = [Group(_("National and international"), [line(row) for row in nation])]
    for name, code in by_name:
        heading = name if code else _("Others")
        lines = [line(row, in_state=True) for row in here if row.us_state == code]
        groups.append(Group(heading, lines))
    return [group for group in groups if group.lines]


def on_list(letter: SignOn) -> Iterable[Signatory]:
    """Each with `is_allowed`: whether its representative still allows to be shown."""
    # Of two records that are one person, the one that stands for them has their consents.
    whose = Coalesce("supporter__merged_into", "supporter")
    # Somebody whom we came to know as under 18 is named nowhere, whatever they ticked.
    newest = Consent.objects.filter(
        supporter=OuterRef("whose"), supporter__is_minor=False, purpose=Consent.Purpose.SIGN_ON
    ).order_by("-id")
    rows = Signatory.objects.on_list().filter(sign_on=letter).in_order()
    return rows.annotate(whose=whose).annotate(is_allowed=Subquery(newest.values("granted")[:1]))


def line(row: Signatory, *, in_state: bool = False) -> Line:
    # Its heading says the state already.
    place = row.city if in_state else row.place
    return Line(row.organization, place, person_of(row))


def person_of(row: Signatory) -> str:
    """ "" where they did not choose to be named, or took that back."""
    is_shown = row.names_person and getattr(row, "is_allowed", False)
    return ", ".join(part for part in (row.representative, row.role) if part) if is_shown else ""


def number_of(letter: SignOn) -> int:
    return Signatory.objects.on_list().filter(sign_on=letter).count()


def number_signed(letter: SignOn) -> int:
    """Who has to be told of a change: those on the list, and those that wait for it."""
    return Signatory.objects.signed().filter(sign_on=letter).count()


def organizations(*, practice: bool) -> int:
    """On letters that everybody may read, each once; `practice`: made-up letters too. Two of one
    name in two states are two. One query.
    """
    letters = SignOn.objects.public().filter(**({} if practice else {"is_demo": False}))
    rows = Signatory.objects.on_list().filter(sign_on__in=letters).order_by()
    return rows.values("plain_name", "us_state").distinct().count()


def left_since(letter: SignOn) -> int:
    """Organizations that took it back after the letter was handed over with their name."""
    gone = Signatory.objects.filter(sign_on=letter, state=Signatory.State.WITHDRAWN)
    return gone.filter(was_handed_over=True).count()


def cards(letters: Sequence[SignOn]) -> list[SignOnCard]:
    """With their words, which the rows have brought along. One query."""
    found = Signatory.objects.on_list().filter(sign_on__in=[letter.pk for letter in letters])
    counted = found.order_by().values_list("sign_on").annotate(number=Count("pk"))
    numbers = dict(counted)
    return [SignOnCard(one, words.of(one), numbers.get(one.pk, 0)) for one in letters]
