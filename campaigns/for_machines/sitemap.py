"""/sitemap.xml (sitemaps.org): an index, and pages of every public address in each language.

Nothing that is a draft, to come, taken down or private.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns.bills.numbers import by_jurisdiction, numbers
from campaigns.models import Bill, Campaign, Issue, Publication, SignOn
from campaigns.pages.of_state import campaigns_by_state
from campaigns.pages.state_map import place_names

AN_HOUR_S = 60 * 60
# Each in two languages: a page of some megabytes, of the 50,000 addresses that one may have.
ON_A_PAGE = 10_000
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# They stand alone: not one of a list.
ALONE = (
    *("campaigns:home", "campaigns:bills", "campaigns:states", "campaigns:publications"),
    *("campaigns:impact", "campaigns:daily_totals", "actions:representatives"),
    *("actions:sign_ons", "actions:heroes"),
)


class Kind(NamedTuple):
    """A list of addresses that differ in one place."""

    page: str
    """Its name; "" where `keys` are names themselves."""
    keys: Callable[[], Any]
    """Something that can be counted and cut: rows in a lasting order, or a list."""


def states() -> list[str]:
    known = place_names()
    found = {*by_jurisdiction(numbers()), *campaigns_by_state()} & {*known}
    return sorted(code.lower() for code in found)


def rows(found: Any, key: str) -> Any:
    return found.order_by("pk").values_list(key, flat=True)


KINDS = {
    "pages": Kind("", lambda: list(ALONE)),
    "campaigns": Kind("actions:act", lambda: rows(Campaign.objects.public(), "slug")),
    "issues": Kind("campaigns:issue", lambda: rows(Issue.objects.public(), "slug")),
    "bills": Kind("campaigns:bill", lambda: rows(Bill.objects.public(), "pk")),
    "publications": Kind(
        "campaigns:publication", lambda: rows(Publication.objects.public(), "slug")
    ),
    "sign-ons": Kind("actions:sign_on", lambda: rows(SignOn.objects.public(), "slug")),
    "states": Kind("campaigns:state", states),
}


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: which pages there are."""
    found = [
        settings.SITE_URL + reverse("sitemap_page", args=[name, page])
        for name, kind in KINDS.items()
        for page in range(1, 1 + math.ceil(how_many(kind.keys()) / ON_A_PAGE))
    ]
    inside = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in found)
    return xml(f"<sitemapindex {NAMESPACE}>\n{inside}</sitemapindex>\n")


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def sitemap_page(request: HttpRequest, kind: str, page: int) -> HttpResponse:
    """404 for one that the index does not name."""
    if kind not in KINDS or page < 1:
        raise Http404
    found = list(KINDS[kind].keys()[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    if not found:
        raise Http404
    inside = "".join(entries(KINDS[kind], found))
    return xml(f"<urlset {NAMESPACE} {LINKS}>\n{inside}</urlset>\n")


def how_many(keys: Any) -> int:
    return len(keys) if isinstance(keys, list) else keys.count()


def entries(kind: Kind, keys: list[Any]) -> Iterator[str]:
    """One for each language of each address, every one with all of them beside it."""
    addresses = {code: shaped(kind.page, code) for code, _name in settings.LANGUAGES}
    for key in keys:
        urls = {code: escape(address(key)) for code, address in addresses.items()}
        beside = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>'
            for code, url in urls.items()
        )
        for url in urls.values():
            yield f"<url><loc>{url}</loc>{beside}</url>\n"


def shaped(page: str, language: str) -> Callable[[Any], str]:
    """How an address of this page is made of its key: asked for once, not ten thousand times."""
    with override(language):
        if not page:
            named = {name: settings.SITE_URL + reverse(name) for name in ALONE}
            return named.__getitem__
        before, _key, after = reverse(page, args=["0"]).partition("/0/")
    return lambda key: f"{settings.SITE_URL}{before}/{key}/{after}"


def xml(content: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{content}', content_type="application/xml"
    )
