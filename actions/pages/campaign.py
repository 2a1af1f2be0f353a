"""The campaign's page and what follows it.

Reading is cacheable and sets no cookie; every POST is guarded.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from actions.pages import page_context, share
from actions.pages.address_forms import AddressForm
from actions.pages.alternatives import next_step
from actions.pages.closed import show_closed, show_taken_back
from actions.pages.kept_page import CACHE_S, show_kept
from actions.pages.opens import show_opens
from actions.pages.steps import take_step
from actions.screening import origin, rates
from actions.typed_numbers import typed_number
from campaigns import counts, words
from campaigns.models import Ask, Campaign
from legislators.samples import SAMPLE_AGE, SAMPLES


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, slug: str, position: int | None = None) -> HttpResponse:
    """The campaign's page, and the steps of acting on it."""
    if request.method == "POST":
        return answer(request, slug, position)
    return show_kept(request, printed_of(request), lambda: answer(request, slug, position))


def printed_of(request: HttpRequest) -> QueryDict:
    """What the page prints of an address's query: the source and the practice address, as far as
    there are such.
    """
    query = QueryDict(mutable=True)
    if source := page_context.source_of(request):
        query["source"] = source
    sample = typed_number(request.GET.get("sample"))
    if 0 < sample <= len(SAMPLES):
        query["sample"] = str(sample)
    return query


def answer(request: HttpRequest, slug: str, position: int | None) -> HttpResponse:
    """What is there at this address, or what became of it."""
    try:
        ask = page_context.find_ask(slug, position, request.POST.get("of_ask", ""))
    except page_context.TakenBack as gone:
        return never_cached(show_taken_back(request, gone.first))
    except Http404:
        # Whatever was posted to it is not taken.
        return cached_briefly(show_opens(request, slug))
    return show_ask(request, ask)


def show_ask(request: HttpRequest, ask: Ask) -> HttpResponse:
    """The page of this ask, or the step that was posted to it."""
    if request.method == "POST":
        return never_cached(take_step(request, ask))
    if not ask.campaign.is_open:
        return cached_briefly(show_closed(request, ask))
    return cached_briefly(page_context.show_first(request, ask, blank))


def blank(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    """The first step's form, filled in where a practice address was chosen."""
    samples = sample_people() if ask.campaign.is_demo else []
    sample = typed_number(request.GET.get("sample"))
    initial = samples[sample - 1] if 0 < sample <= len(samples) else {}
    return {"form": AddressForm(ask=ask, initial=initial), "samples": samples}


def sample_people() -> list[dict[str, Any]]:
    """What a press on one of the practice addresses fills in: all that the step asks for."""
    return [asdict(address) | {"age": SAMPLE_AGE} for address in SAMPLES]


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What follows a young voice; and for whoever comes back to it later."""
    try:
        ask = page_context.find_ask(slug, typed_number(request.GET.get("ask")) or None)
    except page_context.TakenBack as gone:
        ask = gone.first
    context = {"campaign": ask.campaign, "words": words.of(ask.campaign), "ask": ask}
    context["count"] = counts.of_ask(ask)
    if "voice" in request.GET:
        return cached_briefly(render(request, "actions/voice.html", context))
    context |= {
        "next_ask": next_step(ask),
        "share": share.of_campaign(ask.campaign),
    }
    return cached_briefly(render(request, "actions/thanks.html", context))


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """What a page shows, as numbers.

    `verified` people proved their mailbox; `pending` have not yet; `unverified` count without.
    """
    wait_s = rates.seconds_to_wait(request, "count")
    if wait_s:
        return rates.patient(
            JsonResponse(
                {
                    "error": {
                        "code": "too_many",
                        "message": "Ask again later.",
                        "retry_after_s": wait_s,
                    }
                }
            ),
            wait_s,
        )
    campaign = Campaign.objects.public().filter(slug=slug).first()
    if campaign is None:
        raise Http404(slug)
    position = typed_number(request.GET.get("ask"))
    asked = (
        campaign.asks.select_related("campaign").filter(position=position).first()
        if position
        else None
    )
    numbers = counts.of_ask(asked) if asked else counts.of_campaign(campaign)
    names = [*counts.FIELDS, "total", "goal", "percent"]
    return cached_briefly(JsonResponse({name: getattr(numbers, name) for name in names}))


def cached_briefly(response: HttpResponse) -> HttpResponse:
    """For a few seconds, by anybody: it is the same for everybody."""
    patch_cache_control(response, public=True, max_age=CACHE_S)
    return response


def never_cached(response: HttpResponse) -> HttpResponse:
    """It holds what somebody typed."""
    patch_cache_control(response, no_store=True, private=True)
    return response
