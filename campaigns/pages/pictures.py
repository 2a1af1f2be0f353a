"""The pictures that go with links to the home page, an issue, a bill and a state."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns import brand, words
from campaigns.bills.numbers import numbers
from campaigns.bills.sentence import sentence
from campaigns.models import Bill, Issue
from campaigns.pages.of_state import campaigns_by_state
from campaigns.pages.state_map import place_names
from campaigns.share_picture import answer_with, draw

KEPT_S = 60 * 60
HOME, STATE, NO_ISSUE = "rays", "horizons", "rays"


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def home(request: HttpRequest) -> HttpResponse:
    """For lists too, which have none of their own."""
    said = brand.current().tagline or _("Your voice reaches further than you think.")
    return picture(said, HOME)


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Its name below its drawing; 404 where its page is not for everybody."""
    found = get_object_or_404(Issue.objects.public().prefetch_related("words"), slug=slug)
    return picture(words.of(found).name, found.motif)


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is called, and where it is, below the drawing of its first issue."""
    found = get_object_or_404(Bill.objects.public(), pk=pk)
    first: Issue | None = Issue.objects.public().filter(bills=found).first()
    called = ", ".join(part for part in (found.identifier, sentence(found).where) if part)
    said = f"{called}: {found.title}" if found.title else called
    return picture(said, first.motif if first else NO_ISSUE)


@require_safe
@cache_control(public=True, max_age=KEPT_S)
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Its name; 404 where nothing of ours is."""
    code = code.upper()
    names = place_names()
    has_something = code in campaigns_by_state() or any(
        row.jurisdiction == code for row in numbers()
    )
    if code not in names or not has_something:
        raise Http404(code)
    return picture(names[code], STATE)


def picture(said: str, motif: str) -> HttpResponse:
    ours = brand.current()
    return answer_with(draw(said, ours.name, motif, ours.accent, ours.deep))
