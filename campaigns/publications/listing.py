"""The list of what is published, the newest first, narrowed by kind, issue and state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.models import Issue, Publication, PublicationState
from legislators.state_words import state_names
from legislators.states import UNITED_STATES

ON_A_PAGE = 20
PUBLIC_S = 10
# All of them are looked through for it.
STATES_KEPT_S = 60
SIDES = ("kind", "issue", "state")


class Shown(NamedTuple):
    """One of a list (`campaigns/publications/_list.html`)."""

    publication: Publication
    words: Any


def shown(publications: Collection[Publication]) -> list[Shown]:
    """With their words, which the rows have brought along (`with_words`)."""
    return [Shown(one, words.of(one)) for one in publications]


def with_words(publications: Any) -> Any:
    """Two more queries, however many there are. No file's content is read."""
    return publications.prefetch_related("words")


def asked_for(query: QueryDict) -> dict[str, str]:
    """The sides that narrow, as typed into the address; what is unknown narrows nothing."""
    found = {side: query.get(side, "") for side in SIDES}
    if found["kind"] not in Publication.Kind.values:
        found["kind"] = ""
    found["state"] = found["state"].upper()
    return {side: value[:60] for side, value in found.items() if value}


def narrowed(asked: dict[str, str]) -> Any:
    found = Publication.objects.public()
    if "kind" in asked:
        found = found.filter(kind=asked["kind"])
    if "issue" in asked:
        found = found.filter(issues__slug=asked["issue"])
    if "state" in asked:
        found = found.filter(states__code=asked["state"])
    return found


def behind(found: Any, last: str) -> Any:
    """Those older than the one whose number this is; all of them where there is no such one."""
    row = Publication.objects.filter(pk=int(last)).first() if last.isdecimal() else None
    if row is None:
        return found
    return found.filter(
        Q(dated_on__lt=row.dated_on) | Q(dated_on=row.dated_on, pk__lt=row.pk),
        # Says the same once more, in the words that an index answers.
        dated_on__lte=row.dated_on,
    )


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def publications(request: HttpRequest) -> HttpResponse:
    """A page of them. It reads as many rows as it shows, however many there are."""
    asked, last = asked_for(request.GET), request.GET.get("before", "")[:18]
    found = behind(narrowed(asked), last).order_by("-dated_on", "-pk")
    rows = list(with_words(found)[: ON_A_PAGE + 1])
    has_older = len(rows) > ON_A_PAGE
    rows = rows[:ON_A_PAGE]
    context = {
        "rows": shown(rows),
        "asked": asked,
        "kinds": Publication.Kind.choices,
        "issues": issues(),
        "states": states(),
        "older": urlencode(asked | {"before": rows[-1].pk}) if has_older else "",
        "is_first": not last,
        "newest": urlencode(asked),
    }
    return render(request, "campaigns/publications/list.html", context)


def issues() -> list[tuple[str, Any]]:
    """Address and words of those that everybody may read. Two queries."""
    found = Issue.objects.public().prefetch_related("words")
    return [(issue.slug, words.of(issue)) for issue in found]


def states() -> list[tuple[str, str]]:
    """Code and name of those of which anything was published; at most a minute old. Two queries,
    or one.
    """
    codes: list[str] | None = cache.get("states-of-publications")
    if codes is None:
        rows = PublicationState.objects.order_by("code").values_list("code", flat=True)
        codes = list(rows.distinct())
        cache.set("states-of-publications", codes, STATES_KEPT_S)
    return sorted(places(codes), key=lambda place: place[1])


def places(codes: Iterable[str]) -> list[tuple[str, str]]:
    """With their names; "US" is the whole country, and what nobody knows any more is its code."""
    names = state_names() | {UNITED_STATES.code: _("United States")}
    return [(code, names.get(code, code)) for code in codes]
