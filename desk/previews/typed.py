"""Words that are being typed, as the page they would be: the public templates, with the unsaved
fields in memory and nothing written.

static/js/preview.js shows it beside the form; without scripts a button opens it as a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from actions.pages import page_context, write
from actions.pages.address_forms import AddressForm
from actions.pages.addressees import FirstStep, Found
from actions.pages.campaign import show_ask
from actions.pages.private_link import mark_private
from actions.pages.steps import show_together
from campaigns import petitions, words
from campaigns.brand import named_languages
from campaigns.letter_versions import own_words_of
from campaigns.models import Ask, AskWords, Campaign, CampaignWords, PetitionText
from campaigns.preview import Preview
from desk.access import needs
from desk.organizing.campaign_forms import CampaignWordsForm
from desk.organizing.campaign_page import ask_or_404, campaign_or_404, language_or_404
from desk.organizing.letters import SAMPLE, Sheet, sheet
from desk.previews.names import holders_addressed
from legislators.addresses import Address
from legislators.lookup import Place
from legislators.models import Term
from legislators.samples import SAMPLE_AGE


@needs("run_campaigns")
@require_POST
def campaign_words(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The campaign's page with the words of the form that is posted."""
    campaign, language = campaign_or_404(slug), language_or_404(language)
    names = CampaignWordsForm.Meta.fields
    row = CampaignWords(campaign=campaign, language=language, **typed(request, names))
    try:
        asks = page_context.with_words(Ask.objects.filter(campaign=campaign))
        ask = page_context.pick(asks, None)
    except Http404:
        return mark_private(render(request, "desk/previews/nothing.html"))
    for each in page_context.siblings_of(ask):
        words.show_instead(each.campaign, row)
    with translation.override(language_seen(request, language)):
        return shown(show_ask(as_looked_at(request, ask), ask))


@needs("run_campaigns")
@require_POST
def ask_words(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponse:
    """The ask's page with the words of the form that is posted, at the step that shows them: a
    petition in one, a call at its script for one office.
    """
    saved, language = ask_or_404(slug, pk), language_or_404(language)
    asks = page_context.with_words(Ask.objects.filter(campaign=saved.campaign))
    ask = page_context.pick(asks, None, str(saved.pk))
    fields = typed(request, ["heading", "text", "button", "thanks"])
    text = fields["text"]
    if ask.kind == Ask.Kind.PETITION:
        petitions.show_instead(ask, PetitionText(ask=ask, language=language, text=text))
    words.show_instead(ask, AskWords(ask=ask, language=language, **fields))
    with translation.override(language_seen(request, language)):
        looking = as_looked_at(request, ask)
        if ask.kind == Ask.Kind.PETITION and ask.campaign.is_open:
            return shown(show_together(looking, ask))
        term = holders_addressed(ask, request.POST.get("preview_to", "")).first()
        if ask.kind == Ask.Kind.CALL and ask.campaign.is_open and term:
            return shown(write.show_blank(looking, first_step(ask, term)))
        return shown(show_ask(looking, ask))


@needs("run_campaigns")
@require_POST
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The letter of the form that is posted, as one legislator would get it."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    for name, text in typed(request, ["letter_subject", "letter_body"]).items():
        setattr(ask, name, text)
    name = request.POST.get("preview_to", "")
    term = holders_addressed(ask, name).first()
    page = {
        "ask": ask,
        "campaign": ask.campaign,
        "sheet": as_typed(ask, term) if term else None,
        "name": name,
        "writer": SAMPLE.name,
        "is_beside": "beside" in request.POST,
    }
    return shown(render(request, "desk/previews/letter.html", page))


def as_typed(ask: Ask, term: Term) -> Sheet:
    return sheet(ask, term.seat, term.legislator, SAMPLE, own_words_of(ask))


def typed(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """The fields as posted, faults and all: what is half typed is shown as it stands."""
    return {name: "\n".join(request.POST.get(name, "").split("\r\n")) for name in names}


def language_seen(request: HttpRequest, language: str) -> str:
    """The page's, where another is looked at than that of the words."""
    asked = request.POST.get("preview_in", "")
    return asked if asked in dict(settings.LANGUAGES) else language


def as_looked_at(request: HttpRequest, ask: Ask) -> HttpRequest:
    """As if somebody came to the page: what was posted is no step of acting."""
    campaign = ask.campaign
    is_draft = campaign.state == Campaign.State.DRAFT
    here = "drafts:page" if is_draft else "actions:act"
    there = {}
    for code in dict(settings.LANGUAGES):
        with translation.override(code):
            there[code] = reverse(here, args=[campaign.slug])
    preview = Preview(
        there[translation.get_language() or "en"],
        is_typed=True,
        is_beside="beside" in request.POST,
        languages=named_languages(there),
    )
    for each in page_context.siblings_of(ask):
        each.campaign.preview = preview
    looking = copy(request)
    looking.method, looking.POST = "GET", QueryDict()
    return looking


def first_step(ask: Ask, term: Term) -> FirstStep:
    """As a person gets it whose only office is this one."""
    reached = Place(term.seat, term, "held", True, "point", 0, "", "")
    state = term.seat.jurisdiction_id
    form = AddressForm({}, ask=ask)
    form.address = Address(SAMPLE.street, SAMPLE.city, state, SAMPLE.zip)
    # An adult, who is asked everything that there is to ask.
    form.cleaned_data = {"age": SAMPLE_AGE}
    return FirstStep(ask, form, Found(state, [reached]))


def shown(answer: HttpResponse) -> HttpResponse:
    answer["Content-Language"] = translation.get_language() or "en"
    return mark_private(answer)
