"""What is published, as Atom (RFC 4287): all of it, or an issue's, in the address's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import brand, words
from campaigns.for_machines.atom import Entry, feed
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
    """Of a query set of publications; its page's own name and arguments."""
    rows = found.order_by("-dated_on", "-pk").prefetch_related("words")[:IN_FEED]
    return feed(
        request,
        [entry(one) for one in rows],
        title=title,
        page=reverse(page, args=args),
        key=f"publications:{key}",
        subtitle=_("News and publications"),
    )


def entry(publication: Publication) -> Entry:
    its_words = words.of(publication)
    return Entry(
        f"publication:{publication.pk}",
        its_words.title,
        reverse("campaigns:publication", args=[publication.slug]),
        publication.publish_at,
        dt.datetime.fromisoformat(changed_at(publication, its_words)),
        summary=its_words.summary,
        categories=(str(publication.get_kind_display()),),
    )
