"""A feed of this site (Atom, RFC 4287), in the language of its address."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import condition

from campaigns import brand


class Entry(NamedTuple):
    key: str
    """The same as long as it is the same thing; no other feed's."""
    title: str
    url: str
    """A path of this site, as `page` is below."""
    published: dt.datetime | None
    changed: dt.datetime
    summary: str = ""
    categories: tuple[str, ...] = ()


def feed(
    request: HttpRequest,
    entries: Iterable[Entry],
    *,
    title: str,
    page: str,
    key: str,
    subtitle: str = "",
) -> HttpResponse:
    """304 for whoever has it: programs ask every hour.

    Ids are tags of this site (RFC 4151): they outlive an address.
    """
    site, language = settings.SITE_URL, get_language()
    tag = f"tag:{site.partition('://')[2]},2026"
    made: Any = Atom1Feed(
        title=title,
        link=site + page,
        description="",
        subtitle=subtitle,
        language=language,
        author_name=brand.current().name,
        feed_url=site + request.path,
        feed_guid=f"{tag}:{key}:{language}",
    )
    for entry in entries:
        made.add_item(
            title=entry.title,
            link=site + entry.url,
            description=entry.summary,
            unique_id=f"{tag}:{entry.key}:{language}",
            pubdate=entry.published,
            updateddate=entry.changed,
            categories=entry.categories,
        )
    content = made.writeString("utf-8")
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:16]}"'

    @condition(etag_func=lambda _request: etag)
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=made.content_type)

    found: HttpResponse = answer(request)
    return found
