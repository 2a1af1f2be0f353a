"""The list of asks: order, add, remove."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import counts, ordering, starting, targeting, words
from campaigns.models import Ask
from desk.access import needs
from desk.organizing.campaign_page import (
    ask_or_404,
    campaign_or_404,
    noted_in_history,
    render_campaign,
)


@needs("run_campaigns")
@require_safe
def asks(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's asks in their order, with how many seats each addresses."""
    campaign = campaign_or_404(slug)
    found = list(campaign.asks.prefetch_related("words", "rules"))
    rows = [
        {
            "ask": ask,
            "heading": words.of(ask).heading,
            "seats": targeting.seats(ask).count() if ask.has_targets else None,
            "count": counts.of_ask(ask),
        }
        for ask in found
    ]
    return render_campaign(
        request, "asks.html", campaign, "asks", rows=rows, kinds=Ask.Kind.choices
    )


@needs("run_campaigns")
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """One more ask at the end, with a starter's words. 400 for a kind that is none."""
    campaign, kind = campaign_or_404(slug), request.POST.get("kind", "")
    if kind not in Ask.Kind.values:
        return HttpResponseBadRequest(_("There is no such kind of ask."))
    with noted_in_history(request, campaign, "add ask", kind):
        ask = starting.add(campaign, kind)
    return redirect("desk:ask_words", slug, ask.pk, "en")


@needs("run_campaigns")
@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    ask = ask_or_404(slug, pk)
    with noted_in_history(request, ask.campaign, "order asks"):
        if request.POST.get("way") == "up":
            ordering.raise_up(ask)
        else:
            ordering.lower_down(ask)
    return redirect("desk:campaign_asks", slug)


@needs("run_campaigns")
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An ask that people have acted on stays: their actions are part of the record."""
    ask = ask_or_404(slug, pk)
    try:
        with noted_in_history(request, ask.campaign, "remove ask", ask.kind):
            ordering.remove(ask)
    # Caught out here, where the transaction that it broke is over.
    except ProtectedError:
        messages.error(
            request, _("People have already acted on this ask, so it stays. You can move it down.")
        )
    return redirect("desk:campaign_asks", slug)
