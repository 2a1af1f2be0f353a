"""Updates of a campaign at the desk: written, looked at, let go, called back, stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import proofs
from actions.mailings import sending
from actions.models import Update
from actions.updates import audience
from actions.updates.sending import UPDATES
from campaigns.models import Campaign
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.mailings.deeds import SOMEBODY_WAS_QUICKER, do, facts
from desk.mailings.words_form import WordsForm, words_so_far
from desk.newer_version import in_turn, meet
from desk.organizing.campaign_page import campaign_or_404, render_campaign, render_form, say_saved

RIGHT = "send_updates"


@needs(RIGHT)
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    """What was told so far, and how many would hear the next."""
    campaign = campaign_or_404(slug)
    context: dict[str, Any] = {
        "updates": [(update, words_so_far(update)) for update in updates_of(campaign)],
        "mailboxes": audience.mailboxes(campaign),
    }
    return render_campaign(request, "../updates/list.html", campaign, "updates", **context)


@needs(RIGHT)
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def write(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new one, or the words of one that nobody has let go yet."""
    campaign = campaign_or_404(slug)
    update = update_or_404(campaign, pk) if pk else None
    if update and not update.is_open:
        messages.error(request, _("Its words are fixed. Call it back first, while you can."))
        return redirect("desk:update", slug, update.pk)
    so_far = words_so_far(update) if update else {}
    thing = f"update:{pk or 'new'}"
    meeting = meet(request, lambda data: WordsForm(data, initial=so_far), Thing(thing, campaign))
    if meeting.may_be_saved:
        author = request.user.get_username()
        update = update or Update.objects.create(campaign=campaign, author=author)
        meeting.form.save_to(update)
        meeting.forget_draft()
        say_saved(request, meeting)
        return redirect("desk:update", slug, update.pk)
    return render_form(
        request,
        "../updates/write.html",
        campaign,
        "updates",
        meeting,
        thing=thing,
        update=update,
    )


@needs(RIGHT)
def update(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One update as its readers get it, whom it goes to, and what became of its mail."""
    campaign = campaign_or_404(slug)
    found = update_or_404(campaign, pk)
    context: dict[str, Any] = facts(found) | {
        "update": found,
        "mailboxes": audience.mailboxes(campaign) if found.is_open else found.addressed,
    }
    return render_campaign(request, "../updates/update.html", campaign, "updates", **context)


@require_POST
@needs(RIGHT)
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let it go in half an hour. Asks for a fresh proof first: it writes to many people."""
    found = update_or_404(campaign_or_404(slug), pk)
    # A stolen session could write to everybody who trusts us.
    if not proofs.is_fresh(request):
        return proofs.ask_again(page_of(found))
    try:
        UPDATES.approve(found, author=request.user.get_username())
    except sending.NotReady as why:
        told = {
            "words": _("It has no English words yet."),
            "nobody": _("Nobody who signed has asked to hear what becomes of this campaign."),
        }
        messages.error(request, told[str(why)])
    except sending.TooLate:
        messages.error(request, SOMEBODY_WAS_QUICKER)
    else:
        said = _("It goes out in half an hour. Until then you can call it back.")
        messages.success(request, said)
    return redirect(page_of(found))


@require_POST
@needs(RIGHT)
def call_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It is a draft again, and nobody got it."""
    return done(request, slug, pk, sending.call_back, _("Called back: nobody got it."))


@require_POST
@needs(RIGHT)
def stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whoever has not got it yet does not get it."""
    return done(request, slug, pk, sending.stop, _("Stopped: what has not left yet never will."))


@require_POST
@needs(RIGHT)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A draft is gone for good; anything else stays."""
    found = update_or_404(campaign_or_404(slug), pk)
    gone = do(request, found, sending.remove, _("The draft is gone."))
    return redirect("desk:updates", slug) if gone else redirect(page_of(found))


def done(
    request: HttpRequest, slug: str, pk: int, deed: Callable[..., None], said: str
) -> HttpResponse:
    """A deed of actions.mailings.sending, and back to the update."""
    found = update_or_404(campaign_or_404(slug), pk)
    do(request, found, deed, said)
    return redirect(page_of(found))


def page_of(found: Update) -> str:
    """Its address."""
    return reverse("desk:update", args=[found.campaign.slug, found.pk])


def updates_of(campaign: Campaign) -> list[Update]:
    """The newest first, with their words."""
    return list(Update.objects.filter(campaign=campaign).prefetch_related("words"))


def update_or_404(campaign: Campaign, pk: int) -> Update:
    """An update of this campaign, with its words."""
    rows = Update.objects.select_related("campaign").prefetch_related("words")
    return get_object_or_404(rows, campaign=campaign, pk=pk)
