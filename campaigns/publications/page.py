"""The page of one publication, and the picture that goes with its link."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import brand, words
from campaigns.bills.numbers import by_jurisdiction, numbers
from campaigns.markdown import render as markdown
from campaigns.models import (
    Issue,
    Publication,
    PublicationFile,
    PublicationWords,
    Published,
    SignOnWords,
)
from campaigns.pages.of_state import campaigns_by_state
from campaigns.pages.state_map import state_url
from campaigns.publications.listing import PUBLIC_S, places
from campaigns.published.showing import instead_of, notes_of
from campaigns.share_picture import answer_with, draw

# What schema.org calls each kind; it knows no briefs.
SCHEMAS = {"news": "NewsArticle", "report": "Report", "brief": "Article", "facts": "Article"}
# Inside a script element these would end it, or begin a comment (HTML, 4.12.1.3).
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
MOTIF = "rays"


@require_safe
@cache_control(public=True, max_age=PUBLIC_S)
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """404 for an unknown one, a draft and one to come; 410, or a way on, for one taken down."""
    found = get_object_or_404(Publication.objects.prefetch_related("words"), slug=slug)
    return instead_of(request, found) or publication_page(request, found)


def publication_page(request: HttpRequest, found: Publication) -> HttpResponse:
    """For one that may be shown."""
    its_words: PublicationWords = words.of(found)
    issues = list(found.issues.public().prefetch_related("words"))
    file = file_of(its_words)
    context = {
        "publication": found,
        "words": its_words,
        "notes": notes_of(found, its_words),
        "story": markdown(its_words.story),
        "file": file,
        "file_url": file_url(found, its_words, file),
        "issues": [(issue, words.of(issue)) for issue in issues],
        "bills": found.bills.public().order_by("jurisdiction", "identifier"),
        "states": about(row.code for row in found.states.all()),
        "data": data(found, its_words),
    }
    return render(request, "campaigns/publications/page.html", context)


def about(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Name and address of each state: its own page where it has one, else its news."""
    there = {*by_jurisdiction(numbers()), *campaigns_by_state()}
    return [
        (name, state_url(code) if code in there else news_url(code)) for code, name in places(codes)
    ]


def news_url(code: str) -> str:
    return f"{reverse('campaigns:publications')}?state={code}"


def file_of(its_words: PublicationWords | SignOnWords) -> PublicationFile | None:
    """Its name and size; not what it holds."""
    if its_words.file_id is None:
        return None
    return PublicationFile.objects.defer("content").get(pk=its_words.file_id)


def file_url(thing: Published, its_words: Any, file: PublicationFile | None) -> str:
    """ "" for none. Of a draft it is the desk's, which asks who is there."""
    if file is None:
        return ""
    if thing.is_preview:
        kind = "publication" if isinstance(thing, Publication) else "sign_on"
        return reverse(f"desk:{kind}_pdf", args=[thing.slug, its_words.language])
    return reverse("publication_file", args=[file.digest])


def data(found: Publication, its_words: PublicationWords) -> SafeString:
    """What search engines and readers' programs are told (schema.org), for a script element."""
    ours, site = brand.current(), settings.SITE_URL
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMAS[found.kind],
        "headline": its_words.title,
        "description": its_words.summary,
        "inLanguage": its_words.language,
        "datePublished": found.dated_on.isoformat(),
        "dateModified": changed_at(found, its_words),
        "url": site + reverse("campaigns:publication", args=[found.slug]),
        "image": site + reverse("campaigns:publication_picture", args=[found.slug]),
        "publisher": {"@type": "NGO", "name": ours.name, "url": ours.site_url or site},
        "author": {"@type": "NGO", "name": ours.name},
    }
    text = json.dumps(told, ensure_ascii=False).translate(UNSAFE)
    # Nothing that could end the element is left in it.
    return mark_safe(text)  # noqa: S308


def changed_at(found: Publication, its_words: PublicationWords) -> str:
    """ISO 8601: when it was published, or last corrected since."""
    moments = [row["at"] for row in its_words.corrections]
    if found.publish_at:
        moments.append(found.publish_at.isoformat())
    return max(moments, default=found.dated_on.isoformat())


@require_safe
@cache_control(public=True, max_age=60 * 60)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """1200 by 630: its title below the drawing of its first issue."""
    found = get_object_or_404(Publication.objects.public().prefetch_related("words"), slug=slug)
    first: Issue | None = found.issues.public().first()
    ours = brand.current()
    drawn = first.motif if first else MOTIF
    return answer_with(draw(words.of(found).title, ours.name, drawn, ours.accent, ours.deep))
