"""The page of an issue: what it is, why now, and what is done about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import words
from campaigns.markdown import render as markdown
from campaigns.models import Issue
from campaigns.pages.cards import cards, with_words
from campaigns.published.showing import instead_of, notes_of

# The counts on these pages are recounted every ten seconds (config/settings/schedule.py).
PUBLIC_S = 10


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue with its campaigns, ended ones too; 404 for an unknown slug."""
    found = get_object_or_404(Issue.objects.prefetch_related("words"), slug=slug)
    return instead_of(request, found) or issue_page(request, found)


def issue_page(request: HttpRequest, found: Issue) -> HttpResponse:
    """For one that may be shown."""
    its_words = words.of(found)
    shown = cards(with_words(found.campaigns.public()))
    context = {
        "issue": found,
        "words": its_words,
        "notes": notes_of(found, its_words),
        "story": markdown(its_words.story),
        "why_now": markdown(its_words.why_now),
        "live": [card for card in shown if card["campaign"].is_open],
        "past": [card for card in shown if not card["campaign"].is_open],
        "total": sum(card["count"].total for card in shown),
    }
    return render(request, "campaigns/issue.html", context)
