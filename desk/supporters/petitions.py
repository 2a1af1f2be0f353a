"""Handing a petition over: a page to print, and the list of who signed."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actions.models import Action, Voice
from campaigns import words
from campaigns.models import Ask, PetitionText
from desk.access import needs
from desk.exports.pages import ExportForm
from desk.exports.sheets import signers
from legislators.states import FRANKLIN, STATES


@needs("export_supporters")
def petitions(request: HttpRequest) -> HttpResponse:
    """Petitions that were launched, the newest first, with how many signers may be named."""
    asks = (
        Ask.objects.filter(kind=Ask.Kind.PETITION)
        .exclude(campaign__state="draft")
        .select_related("campaign")
    )
    asks = asks.prefetch_related("campaign__words").order_by("-campaign__launched_at", "pk")
    rows = [(ask, words.of(ask.campaign).title, signers(ask.pk).count()) for ask in asks]
    return render(request, "desk/petitions.html", {"petitions": rows})


@needs("export_supporters")
def petition(request: HttpRequest, ask_id: int) -> HttpResponse:
    """The cover: each text that was signed, and how many signed it, by state.

    Numbers only, so it may be left on a desk.
    """
    ask = get_object_or_404(
        Ask.objects.filter(kind=Ask.Kind.PETITION).select_related("campaign"), pk=ask_id
    )
    # The young, and mailboxes that never answered, count and are named to nobody (docs/safety.md
    # F3).
    counted, named = Action.objects.counted().filter(ask=ask).count(), signers(ask.pk).count()
    context = {
        "ask": ask,
        "campaign_title": words.of(ask.campaign).title,
        "texts": _texts(ask),
        "states": _by_state(ask),
        "named": named,
        "unnamed": counted - named,
        "anonymous": Voice.objects.filter(ask=ask).count(),
        "form": ExportForm(user=request.user),
        "purpose_key": f"petition-{ask.pk}",
    }
    return render(request, "desk/petition.html", context)


def _texts(ask: Ask) -> list[PetitionText]:
    """Texts that carry at least one counted signature, with their number as `signed`."""
    counted = (
        Action.objects.counted()
        .filter(ask=ask)
        .values("petition_text")
        .annotate(signed=Count("pk"))
        .order_by()
    )
    signed = {row["petition_text"]: row["signed"] for row in counted}
    texts = list(
        PetitionText.objects.filter(pk__in=[pk for pk in signed if pk]).order_by(
            "language", "version"
        )
    )
    for text in texts:
        text.signed = signed[text.pk]  # type: ignore[attr-defined]
    return texts


def _by_state(ask: Ask) -> list[tuple[str, int]]:
    names = {state.code: state.name for state in (FRANKLIN, *STATES.values())}
    counts = (
        Action.objects.counted()
        .filter(ask=ask)
        .values_list("us_state")
        .annotate(signed=Count("pk"))
        .order_by("-signed", "us_state")
    )
    return [(names.get(code, code), signed) for code, signed in counts]
