"""A campaign's words, one language at a time, and its settings."""

from __future__ import annotations

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns import petitions, safeguards, starting
from campaigns.models import Ask, AskWords, Campaign, CampaignWords
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.ask_forms import AskWordsForm
from desk.organizing.campaign_forms import CampaignWordsForm, SafeguardsForm, SettingsForm
from desk.organizing.campaign_page import (
    ask_or_404,
    campaign_or_404,
    language_or_404,
    render_form,
    saved,
    say_saved,
)
from desk.previews.names import names_offered


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def campaign_words(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A campaign's words in one language; the first time they begin with the starter's."""
    campaign, language = campaign_or_404(slug), language_or_404(language)
    row = campaign.words.filter(language=language).first()
    starter = {} if row else starting.starter_words(campaign, language)
    row = row or CampaignWords(campaign=campaign, language=language)
    thing = f"words:{language}"
    meeting = meet(
        request,
        lambda data: CampaignWordsForm(data, instance=row, initial=starter),
        Thing(thing, campaign),
    )
    if saved(
        request,
        campaign,
        meeting,
        meeting.form.save,
        deed="words",
        detail=language,
        thing=thing,
    ):
        return redirect(request.path)
    return render_form(
        request, "words.html", campaign, "words", meeting, thing=thing, language=language
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def campaign_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds in every language. The address is fixed once it is live."""
    campaign = campaign_or_404(slug)
    # A row of its own: the form writes into it while it looks, and the page's frame shows what is
    # saved.
    meeting = meet(
        request,
        lambda data: SettingsForm(data, instance=campaign_or_404(slug)),
        Thing("settings", campaign),
    )
    form = meeting.form
    if saved(
        request,
        campaign,
        meeting,
        form.save,
        deed="settings",
        detail=", ".join(form.changed_data),
        thing="settings",
    ):
        return redirect("desk:campaign_settings", form.instance.slug)
    return render_form(request, "settings.html", campaign, "settings", meeting, thing="settings")


@needs("change_safeguards")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def campaign_safeguards(request: HttpRequest, slug: str) -> HttpResponse:
    """What protects people: an administrator's, with a reason, and not while it is live."""
    campaign = campaign_or_404(slug)
    meeting = meet(
        request,
        lambda data: SafeguardsForm(data, instance=campaign_or_404(slug)),
        Thing("safeguards", campaign),
    )
    form = meeting.form
    if meeting.may_be_saved:
        try:
            safeguards.change(campaign, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except safeguards.IsLive:
            form.add_error(None, _("It is live: pause the campaign before you change this."))
        else:
            say_saved(request, meeting)
            return redirect("desk:campaign_safeguards", campaign.slug)
    return render_form(
        request, "safeguards.html", campaign, "settings", meeting, thing="safeguards"
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def ask_words(request: HttpRequest, slug: str, pk: int, language: str) -> HttpResponse:
    """An ask's words in one language."""
    ask, language = ask_or_404(slug, pk), language_or_404(language)
    so_far = words_so_far(ask, language)
    kind = {"kind": ask.kind, "language": language}
    thing = f"ask:{ask.pk}:words:{language}"
    meeting = meet(
        request,
        lambda data: AskWordsForm(data, **kind, initial=so_far),
        Thing(thing, ask.campaign, ask),
    )
    if saved(
        request,
        ask.campaign,
        meeting,
        lambda: save_ask_words(ask, language, dict(meeting.form.cleaned_data)),
        deed="words",
        detail=f"{ask.kind} {language}",
        thing=thing,
    ):
        return redirect(request.path)
    return render_form(
        request,
        "ask_words.html",
        ask.campaign,
        "asks",
        meeting,
        thing=thing,
        ask=ask,
        language=language,
        names=names_offered(ask) if ask.kind == Ask.Kind.CALL else [],
    )


def words_so_far(ask: Ask, language: str) -> dict[str, str]:
    """What is saved in this language, else the starter's words: nobody begins on an empty page."""
    row = ask.words.filter(language=language).first()
    found = (
        model_to_dict(row, ["heading", "text", "button", "thanks", "prompts"])
        if row
        else starting.ask_starter_words(ask, language)
    )
    if ask.kind == Ask.Kind.PETITION:
        newest = ask.petition_texts.filter(language=language).order_by("-version").first()
        found["text"] = newest.text if newest else starting.petition_starter(language)
    return found


def save_ask_words(ask: Ask, language: str, typed: dict[str, str]) -> None:
    """A petition's text becomes a new version; everything else is overwritten."""
    text = typed.pop("text", "")
    if ask.kind == Ask.Kind.PETITION:
        petitions.revise(ask, language, text)
    else:
        typed["text"] = text
    AskWords.objects.update_or_create(ask=ask, language=language, defaults=typed)
