"""The picture of a campaign that link previews show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import brand, words
from campaigns.models import Campaign
from campaigns.share_picture import answer_with, draw


@require_safe
@cache_control(public=True, max_age=60 * 60)
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """In the page's language; the same for everybody, so caches keep it. None of a draft."""
    found = Campaign.objects.public().select_related("issue").prefetch_related("words")
    campaign = get_object_or_404(found, slug=slug)
    ours = brand.current()
    title = words.of(campaign, get_language()).title
    return answer_with(draw(title, ours.name, campaign.issue.motif, ours.accent, ours.deep))
