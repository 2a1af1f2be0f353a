"""The list of asks: order, add, remove."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import counts, ordering, petitions, starting, targeting, words
from campaigns.models import Ask, Campaign
from campaigns.publishing import NotReady
from desk.access import needs
from desk.newer_version import in_turn
from desk.organizing.campaign_page import (
    ask_or_404,
    campaign_or_404,
    noted_in_history,
    render_campaign,
    would_break,
)
from desk.organizing.sure import ask_whether_sure, is_sure


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
@in_turn(Campaign)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """One more ask at the end, with a starter's words. 400 for a kind that is none."""
    campaign, kind = campaign_or_404(slug), request.POST.get("kind", "")
    if kind not in Ask.Kind.values:
        return HttpResponseBadRequest(_("There is no such kind of ask."))
    try:
        with noted_in_history(request, campaign, "add ask", kind, says=lambda: in_order(campaign)):
            ask = starting.add(campaign, kind)
    except NotReady:
        messages.error(
            request,
            _("People are acting on it now, and a new ask begins unwritten: pause it first."),
        )
        return redirect("desk:campaign_asks", slug)
    return redirect("desk:ask_words", slug, ask.pk, "en")


@needs("run_campaigns")
@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    ask = ask_or_404(slug, pk)
    with noted_in_history(request, ask.campaign, "order asks", says=lambda: in_order(ask.campaign)):
        if request.POST.get("way") == "up":
            ordering.raise_up(ask)
        else:
            ordering.lower_down(ask)
    return redirect("desk:campaign_asks", slug)


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An ask that people have acted on stays: their actions are part of the record. While the
    campaign is live only with a typed word, and never the last ask.
    """
    ask = ask_or_404(slug, pk)
    is_last = not ask.campaign.asks.exclude(pk=pk).exists()
    if ask.campaign.is_guarded and not is_last and not is_sure(request):
        return ask_whether_sure(request, ask)
    try:
        with noted_in_history(
            request, ask.campaign, "remove ask", ask.kind, says=lambda: with_words(ask)
        ):
            ordering.remove(ask)
    except NotReady as refusal:
        for finding in refusal.findings:
            messages.error(request, would_break(finding))
    # Caught out here, where the transaction that it broke is over.
    except ProtectedError:
        messages.error(
            request, _("People have already acted on this ask, so it stays. You can move it down.")
        )
    return redirect("desk:campaign_asks", slug)


def in_order(campaign: Campaign) -> dict[str, str]:
    """For the history: the asks, a line each."""
    asks = campaign.asks.prefetch_related("words")
    lines = [
        f"{ask.position}. {ask.get_kind_display()}: {words.of(ask, 'en').heading}" for ask in asks
    ]
    return {"asks": "\n".join(lines)}


def with_words(ask: Ask) -> dict[str, str]:
    """For the history: the asks, and what this one said while it was there."""
    said = in_order(ask.campaign)
    now = Ask.objects.filter(pk=ask.pk).first()
    if now is None:
        return said
    row = words.of(now, "en")
    text = petitions.current_text(now) if now.kind == Ask.Kind.PETITION else None
    ours = {
        "heading": row.heading,
        "text": text.text if text else row.text,
        "letter_subject": now.letter_subject,
        "letter_body": now.letter_body,
    }
    return said | {name: value for name, value in ours.items() if value}
