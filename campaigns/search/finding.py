"""What has all these words in it, by kind: first what has them in its title, then the newest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

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
    with by_index():
        groups = groups_of(asked)
    return [one for one in groups if one.found]


def groups_of(asked: list[Word]) -> list[Group]:
    return [
        group("campaigns", _("Campaigns"), asked, map(campaign, campaigns(asked))),
        group("issues", _("What we work on"), asked, map(issue, issues(asked))),
        group("bills", _("Bills"), asked, map(bill, bills(asked))),
        group("publications", _("News"), asked, map(publication, publications(asked))),
        group(
            "sign-ons",
            _("Letters that organizations sign"),
            asked,
            map(sign_on, sign_ons(asked)),
        ),
    ]


def group(key: str, name: str, asked: list[Word], rows: Iterable[Found]) -> Group:
    found = sorted(rows, key=lambda row: not has(row.title, asked))
    return Group(key, name, found[:SHOWN], len(found) > SHOWN)


def campaigns(asked: list[Word]) -> Any:
    saying = CampaignWords.objects.filter(has_words("campaignwords", asked)).values("campaign")
    found = Campaign.objects.public().filter(pk__in=saying).prefetch_related("words")
    return found.order_by(newest("launched_at"), "-pk")[:LOOKED_AT]


def issues(asked: list[Word]) -> Any:
    saying = IssueWords.objects.filter(has_words("issuewords", asked)).values("issue")
    return Issue.objects.public().filter(pk__in=saying).prefetch_related("words")[:LOOKED_AT]


def bills(asked: list[Word]) -> list[Bill]:
    """By what they are called, or by what we say of them: each has an index of its own."""
    public = Bill.objects.public().order_by(newest("pk"))
    saying = BillWords.objects.filter(has_words("billwords", asked)).values("bill")
    called = public.filter(has_words("bill", asked))[:LOOKED_AT]
    rows = {row.pk: row for row in [*called, *public.filter(pk__in=saying)[:LOOKED_AT]]}
    return list(rows.values())


def publications(asked: list[Word]) -> Any:
    saying = PublicationWords.objects.filter(has_words("publicationwords", asked))
    found = Publication.objects.public().filter(pk__in=saying.values("publication"))
    return found.order_by(newest("dated_on"), "-pk").prefetch_related("words")[:LOOKED_AT]


def sign_ons(asked: list[Word]) -> Any:
    saying = SignOnWords.objects.filter(has_words("signonwords", asked)).values("sign_on")
    found = SignOn.objects.public().filter(pk__in=saying)
    return found.order_by(newest("closes_at"), "-pk").prefetch_related("words")[:LOOKED_AT]


def newest(column: str) -> OrderBy:
    """In an order that no index has. Else PostgreSQL, which cannot tell how rare a word's beginning
    is, goes through all rows from the newest and reads each: for rare words, seconds.
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
