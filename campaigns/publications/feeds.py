"""What is published, as Atom (RFC 4287): all of it, or an issue's, in the address's language."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from campaigns import brand, words
from campaigns.models import Issue, Publication
from campaigns.publications.listing import PUBLIC_S
from campaigns.publications.page import changed_at
from campaigns.published.showing import instead_of

IN_FEED = 40


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def all_of_it(request: HttpRequest) -> HttpResponse:
    """The newest of everything."""
    name = brand.current().name
    return atom(request, Publication.objects.public(), name, "campaigns:publications", "all")


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def of_issue(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest of one issue; as its page, where that may not be shown."""
    issue = get_object_or_404(Issue.objects.prefetch_related("words"), slug=slug)
    if answer := instead_of(request, issue):
        return answer
    name = f"{words.of(issue).name} · {brand.current().name}"
    found = Publication.objects.public().filter(issues=issue)
    return atom(request, found, name, "campaigns:issue", f"issue:{slug}", args=[slug])


def atom(
    request: HttpRequest, found: Any, title: str, page: str, key: str, args: Any = ()
) -> HttpResponse:
    """Ids are tags of this site (RFC 4151): they outlive an address."""
    site, language = settings.SITE_URL, get_language()
    tag = f"tag:{site.partition('://')[2]},2026"
    feed: Any = Atom1Feed(
        title=title,
        link=site + reverse(page, args=args),
        description="",
        subtitle=_("News and publications"),
        language=language,
        author_name=brand.current().name,
        feed_url=site + request.path,
        feed_guid=f"{tag}:publications:{key}:{language}",
    )
    for one in found.order_by("-dated_on", "-pk").prefetch_related("words")[:IN_FEED]:
        its_words = words.of(one)
        feed.add_item(
            title=its_words.title,
            link=site + reverse("campaigns:publication", args=[one.slug]),
            description=its_words.summary,
            unique_id=f"{tag}:publication:{one.pk}:{language}",
            pubdate=one.publish_at,
            updateddate=dt.datetime.fromisoformat(changed_at(one, its_words)),
            categories=[str(one.get_kind_display())],
        )
    content = feed.writeString("utf-8")
    return _unless_known(request, content, feed.content_type)


def _unless_known(request: HttpRequest, content: str, content_type: str) -> HttpResponse:
    """304 for whoever has it: programs ask every hour."""
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:16]}"'

    @condition(etag_func=lambda _request: etag)
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=content_type)

    found: HttpResponse = answer(request)
    return found
