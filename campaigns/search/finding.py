"""What has all these words in it, by kind: first what has them in its title, then the newest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Model
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import words
from campaigns.bills.sentence import sentence
from campaigns.models import (
    Bill,
    BillWords,
    Campaign,
    CampaignWords,
    Issue,
    IssueWords,
    Publication,
    PublicationWords,
    SignOn,
    SignOnWords,
)
from campaigns.search.engines import by_index, has_words
from campaigns.search.plain_words import Word, has

# Of each kind; further on a better word finds it sooner.
SHOWN, LOOKED_AT = 8, 60
# Of a word that more have, the newest: some of them may be drafts.
MOST_SAYING = 500
# By kind: the model in which words are looked for, and which of its columns numbers the thing. A
# bill is found by what it is called and by what we say of it.
WORDS: dict[str, tuple[type[Model], str]] = {
    "campaigns": (CampaignWords, "campaign"),
    "issues": (IssueWords, "issue"),
    "bills": (Bill, "pk"),
    "bill words": (BillWords, "bill"),
    "news": (PublicationWords, "publication"),
    "sign-ons": (SignOnWords, "sign_on"),
}


class Found(NamedTuple):
    url: str
    title: str
    about: str
    """Below its title: what it is about."""
    mark: str
    """Above it: how it stands."""
    words: Any
    """Whose language the title is in; None: the page's."""


class Group(NamedTuple):
    key: str
    name: str
    found: list[Found]
    has_more: bool


def find(asked: list[Word]) -> list[Group]:
    """Only what everybody may read, in any of its languages; a fixed number of queries."""
    # First where the words are, by their own index; then these rows, by theirs.
    with by_index():
        said = {key: saying(*where, asked) for key, where in WORDS.items()}
    return [one for one in groups_of(asked, said) if one.found]


def saying(model: type[Model], column: str, asked: list[Word]) -> list[int]:
    """Of what has these words, by its number, the newest ones."""
    rows: Any = model._default_manager.filter(has_words(model._meta.model_name or "", asked))
    return list(rows.order_by("-pk").values_list(column, flat=True)[:MOST_SAYING])


def groups_of(asked: list[Word], said: dict[str, list[int]]) -> list[Group]:
    return [
        group("campaigns", _("Campaigns"), asked, map(campaign, campaigns(said["campaigns"]))),
        group("issues", _("What we work on"), asked, map(issue, issues(said["issues"]))),
        group("bills", _("Bills"), asked, map(bill, bills(said["bills"] + said["bill words"]))),
        group("publications", _("News"), asked, map(publication, publications(said["news"]))),
        group(
            "sign-ons",
            _("Letters that organizations sign"),
            asked,
            map(sign_on, sign_ons(said["sign-ons"])),
        ),
    ]


def group(key: str, name: str, asked: list[Word], rows: Iterable[Found]) -> Group:
    found = sorted(rows, key=lambda row: not has(row.title, asked))
    return Group(key, name, found[:SHOWN], len(found) > SHOWN)


def campaigns(numbers: list[int]) -> Any:
    found = Campaign.objects.public().filter(pk__in=numbers).prefetch_related("words")
    return found.order_by(newest("launched_at"), "-pk")[:LOOKED_AT]


def issues(numbers: list[int]) -> Any:
    return Issue.objects.public().filter(pk__in=numbers).prefetch_related("words")[:LOOKED_AT]


def bills(numbers: list[int]) -> Any:
    return Bill.objects.public().filter(pk__in=numbers).order_by("-pk")[:LOOKED_AT]


def publications(numbers: list[int]) -> Any:
    found = Publication.objects.public().filter(pk__in=numbers)
    return found.order_by(newest("dated_on"), "-pk").prefetch_related("words")[:LOOKED_AT]


def sign_ons(numbers: list[int]) -> Any:
    found = SignOn.objects.public().filter(pk__in=numbers)
    return found.order_by(newest("closes_at"), "-pk").prefetch_related("words")[:LOOKED_AT]


def newest(column: str) -> OrderBy:
    """In an order that no index has. Else PostgreSQL may go through all rows from the newest and
    look for these numbers among them.
    """
    return Coalesce(column, column).desc(nulls_last=True)


def campaign(row: Campaign) -> Found:
    its = words.of(row)
    mark = "" if row.is_open else str(row.get_state_display())
    return Found(reverse("actions:act", args=[row.slug]), its.title, its.summary, mark, its)


def issue(row: Issue) -> Found:
    its = words.of(row)
    return Found(reverse("campaigns:issue", args=[row.slug]), its.name, its.summary, "", its)


def bill(row: Bill) -> Found:
    said = sentence(row)
    title = ", ".join(part for part in (row.identifier, said.where) if part)
    return Found(reverse("campaigns:bill", args=[row.pk]), title, row.title, said.standing, None)


def publication(row: Publication) -> Found:
    its = words.of(row)
    url = reverse("campaigns:publication", args=[row.slug])
    return Found(url, its.title, its.summary, str(row.get_kind_display()), its)


def sign_on(row: SignOn) -> Found:
    its = words.of(row)
    mark = _("Open to sign") if row.is_open else ""
    return Found(reverse("actions:sign_on", args=[row.slug]), its.title, its.summary, mark, its)
