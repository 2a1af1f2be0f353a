"""The page of an issue: what it is, why now, and what is done about it."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns import counts, words
from campaigns.bills.looks import LAW
from campaigns.bills.numbers import Number, Whose, by_jurisdiction, how_many, numbers
from campaigns.markdown import render as markdown
from campaigns.models import Campaign, Issue, Partner, Partnership
from campaigns.pages.bill_list import bill_list, wanted
from campaigns.pages.cards import cards, with_words
from campaigns.pages.pieces import pieces_of, with_cache_headers
from campaigns.pages.state_map import drawn, place_names
from campaigns.published.showing import instead_of, notes_of
from legislators.states import UNITED_STATES

MOST_BILLS = 20
# A page is no archive: what is further back stands on the pages of bills and states.
MOST_LIVE, MOST_ENDED = 12, 12
MOST_PARTNERS = 24
LIVE = Campaign.State.LIVE


class Totals(NamedTuple):
    """What came together on an issue."""

    actions: int
    won: int
    laws: int
    """Bills that we were for, and that became law."""
    bills: int
    states: int


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue with its campaigns, ended ones too; 404 for an unknown slug."""
    found = get_object_or_404(Issue.objects.prefetch_related("words"), slug=slug)
    if answer := instead_of(request, found):
        return with_cache_headers(answer)
    return issue_page(request, found)


def issue_page(request: HttpRequest, found: Issue) -> HttpResponse:
    """For one that may be shown."""
    its_words, rows = words.of(found), numbers(found)
    live = cards(with_words(found.campaigns.live())[:MOST_LIVE])
    ended = cards(with_words(found.campaigns.public().exclude(state=LIVE))[:MOST_ENDED])
    pieces = pieces_of("issue", found)
    asked = wanted(request.GET, issue=found.slug)
    whose = by_jurisdiction(rows)
    context = {
        "issue": found,
        "words": its_words,
        "notes": notes_of(found, its_words),
        "story": markdown(its_words.story),
        "why_now": markdown(its_words.why_now),
        "live": live,
        "won": [card for card in ended if card["campaign"].state == Campaign.State.WON],
        "past": [card for card in ended if card["campaign"].state != Campaign.State.WON],
        "totals": totals(found, rows, whose),
        "map": drawn(whose, place_names()) if whose else None,
        "list": bill_list(asked, found, rows, most=MOST_BILLS),
        "partners": partners(found),
        "pieces": pieces,
    }
    return with_cache_headers(render(request, "campaigns/issue.html", context), pieces)


def totals(issue: Issue, rows: list[Number], whose: dict[str, Whose]) -> Totals:
    """Two queries; `whose` may be of Congress too, which is no state."""
    won = issue.campaigns.filter(state=Campaign.State.WON).count()
    laws = sum(row.bills for row in rows if row.stance == "pro" and row.stage in LAW.stages)
    states = sum(code != UNITED_STATES.code for code in whose)
    return Totals(counts.so_far(issue), won, laws, how_many(rows), states)


def partners(issue: Issue) -> list[Partner]:
    """Who carries its public campaigns with us: each once, by name. One query."""
    public = Campaign.objects.public().filter(issue=issue)
    of_issue = Partnership.objects.filter(campaign__in=public.values("pk"))
    found = Partner.objects.filter(pk__in=of_issue.values("partner"), is_active=True)
    return list(found.defer("logo")[:MOST_PARTNERS])
