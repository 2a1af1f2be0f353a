"""/heroes/ and the page of one of them. Stored by nobody, so that whoever takes theirs back is gone
with the next answer.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from actions.models import Hero, HeroWords
from campaigns import brand, words
from campaigns.models import Campaign, Issue
from campaigns.published.showing import instead_of, notes_of
from campaigns.share_picture import answer_with, draw
from legislators.state_words import state_names

ON_A_PAGE = 24
PICTURE_S = 60 * 60
MOTIF = "first-light"


@require_safe
def heroes(request: HttpRequest) -> HttpResponse:
    """The newest first; all, or those of an issue or a state. It reads as many rows as it shows."""
    issue = _issue(request.GET.get("issue", ""))
    code = request.GET.get("state", "").upper()
    place = state_names().get(code, "") if code else ""
    found = Hero.objects.public()
    if issue:
        found = found.filter(issue=issue)
    if place:
        found = found.filter(state=code)
    found = _behind(found, request.GET.get("before", "")).order_by("-publish_at", "-pk")
    # One more than is shown tells whether there are older ones.
    rows = list(found.prefetch_related("words")[: ON_A_PAGE + 1])
    narrowed = {"issue": issue.slug if issue else "", "state": code if place else ""}
    narrowed = {side: value for side, value in narrowed.items() if value}
    older = urlencode(narrowed | {"before": rows[ON_A_PAGE - 1].pk}) if rows[ON_A_PAGE:] else ""
    context = {
        "rows": [(hero, words.of(hero)) for hero in rows[:ON_A_PAGE]],
        "issue": words.of(issue) if issue else None,
        "place": place,
        "older": older,
    }
    return never_kept(render(request, "heroes/list.html", context))


def _issue(slug: str) -> Issue | None:
    found: Issue | None = Issue.objects.public().filter(slug=slug[:60]).first() if slug else None
    return found


def _behind(found: Any, last: str) -> Any:
    """Those older than the one whose number this is; all where there is no such one."""
    row = Hero.objects.filter(pk=int(last)).first() if last.isdecimal() and len(last) < 19 else None
    # Theirs may have been taken back while somebody read the page before.
    if row is None or row.publish_at is None:
        return found
    older = Q(publish_at__lt=row.publish_at) | Q(publish_at=row.publish_at, pk__lt=row.pk)
    return found.filter(older)


@require_safe
def hero(request: HttpRequest, slug: str) -> HttpResponse:
    """404 for an unknown one, for one whose yes has ended, and for what is to come; of one taken
    down the page that it leads to, or a 410.
    """
    found = get_object_or_404(Hero.objects.allowed().prefetch_related("words"), slug=slug)
    return never_kept(instead_of(request, found) or hero_page(request, found))


def hero_page(request: HttpRequest, found: Hero) -> HttpResponse:
    """For one that may be shown."""
    its_words: HeroWords = words.of(found)
    issue: Issue | None = Issue.objects.public().filter(pk=found.issue_id or 0).first()
    campaign: Campaign | None = Campaign.objects.public().filter(pk=found.campaign_id or 0).first()
    context = {
        "hero": found,
        "words": its_words,
        "notes": notes_of(found, its_words),
        "issue": issue,
        "issue_words": words.of(issue) if issue else None,
        "campaign": campaign,
        "campaign_words": words.of(campaign) if campaign else None,
        "place": state_names().get(found.state, "") if found.state else "",
    }
    return never_kept(render(request, "heroes/hero.html", context))


def never_kept(response: HttpResponse) -> HttpResponse:
    """By no browser and no proxy; search engines may list it, and show no copy of it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noarchive"
    return response


@require_safe
@cache_control(public=True, max_age=PICTURE_S)
def picture(request: HttpRequest) -> HttpResponse:
    """One for all of them, which names nobody: others copy what goes with a link."""
    ours = brand.current()
    return answer_with(draw(_("People who act"), ours.name, MOTIF, ours.accent, ours.deep))
