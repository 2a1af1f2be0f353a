"""Home, which anybody may read; and the organization's stylesheet and logo."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Count as CountRows
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from campaigns import brand, counts, words
from campaigns.models import Brand, Campaign, Issue, Partner
from campaigns.pages.cards import cards, with_words
from campaigns.pages.pieces import PUBLIC_S

# Further ones stand on their issues' pages.
MOST_LIVE, MOST_WON = 24, 9


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def home(request: HttpRequest) -> HttpResponse:
    """What is live, what was won, and the issues. Caches keep it ten seconds."""
    won = cards(with_words(Campaign.objects.filter(state=Campaign.State.WON))[: MOST_WON + 1])
    context = {
        "live": cards(with_words(Campaign.objects.live())[:MOST_LIVE]),
        "won": won[:MOST_WON],
        "has_more_won": len(won) > MOST_WON,
        "issues": _issues(),
        "total": counts.so_far(),
    }
    return render(request, "campaigns/home.html", context)


def _brand_version(request: HttpRequest) -> str:
    return f'"{brand.version(brand.current())}"'


@require_safe
@cache_control(public=True, max_age=300)
@etag(_brand_version)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The organization's colours as custom properties."""
    return HttpResponse(brand.stylesheet(brand.current()), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=300)
def logo(request: HttpRequest) -> HttpResponse:
    """The uploaded logo, or our drawing."""
    # With the logo's bytes, which brand.current() leaves out.
    row = Brand.objects.order_by("id").first()
    if row is None or not row.logo:
        return redirect(static("img/mark.svg"))
    return picture(bytes(row.logo), row.logo_type)


@require_safe
@cache_control(public=True, max_age=300)
def partner_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner's, as it was written anew when it was uploaded."""
    return picture(bytes(get_object_or_404(Partner, slug=slug, has_logo=True).logo), "image/png")


def picture(content: bytes, content_type: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return HttpResponse(content, content_type=content_type, headers={"ETag": etag})


def _issues() -> list[dict[str, Any]]:
    # Counted among the live ones alone: those that are over grow with the years.
    live = Campaign.objects.live().order_by().values_list("issue").annotate(live=CountRows("pk"))
    of_issue = dict(live)
    return [
        {"issue": row, "words": words.of(row), "live": of_issue.get(row.pk, 0)}
        for row in Issue.objects.public().prefetch_related("words")
    ]
