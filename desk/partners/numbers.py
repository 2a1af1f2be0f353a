"""A campaign's numbers as people of its partner organizations see them: the same page, without any
small cell (desk.numbers.cuts), and without the ways that lead to pages of ours.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns import partners, words
from desk.access import needs
from desk.numbers.pages import Subject, as_csv, inside, overview
from desk.numbers.reading import Scope


def of_partner(request: HttpRequest, slug: str) -> Subject:
    """A campaign that names this person's organization; else a 404, as if there were none."""
    found = partners.of_account(request.user.pk).select_related("issue").prefetch_related("words")
    campaign = get_object_or_404(found, slug=slug)
    # Strict whatever other roles this account has: here it looks as the partner.
    scope = Scope.of([campaign], is_strict=True)
    return Subject((campaign,), scope, words.of(campaign).title, "ours_numbers", slug)


@needs("see_own_campaigns")
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign in numbers."""
    of = of_partner(request, slug)
    return shown(request, of, "numbers.html", overview(of))


@needs("see_own_campaigns")
@require_safe
def in_state(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """The campaign inside one state."""
    of = of_partner(request, slug)
    return shown(request, of, "state.html", inside(of, state))


@needs("see_own_campaigns")
@require_safe
def csv(request: HttpRequest, slug: str, name: str, state: str = "") -> HttpResponse:
    """One of its tables."""
    return as_csv(of_partner(request, slug), name, state)


def shown(
    request: HttpRequest, of: Subject, template: str, context: dict[str, Any]
) -> HttpResponse:
    context |= {"of": of, "numbers_url": of.url(), "title": of.title}
    return render(request, f"desk/partners/{template}", context)
