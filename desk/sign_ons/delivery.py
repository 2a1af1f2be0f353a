"""Handing a letter over: the letter with its list on paper, and that it was delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from actions.sign_ons import deciding, showing
from campaigns import brand, words
from campaigns.markdown import rendered
from campaigns.models import SignOn
from desk.access import needs
from desk.newer_version import in_turn
from desk.organizing.campaign_page import language_or_404
from desk.publishing import pages
from desk.sign_ons.forms import DeliveryForm
from desk.sign_ons.pages import KIND, letter_of


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(SignOn)
def delivery(request: HttpRequest, slug: str) -> HttpResponse:
    """What to hand over, and that it was: `do` says whether it was, or was not after all. 422 for
    what cannot be done.
    """
    letter = letter_of(slug)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = DeliveryForm(request.POST if do == "delivered" else None, letter=letter)
    author = request.user.get_username()
    if do == "delivered" and not why_not(letter) and form.is_valid():
        data = form.cleaned_data
        told = deciding.deliver(
            letter, data["on"], data["to"], data["how"], author=author, tells=data["tells"]
        )
        said = ngettext(
            "The page says so now; %d mail is on its way.",
            "The page says so now; %d mails are on their way.",
            told,
        )
        messages.success(request, said % told)
        return redirect(request.path)
    if do == "undo" and letter.is_delivered:
        deciding.undo_delivery(letter, author=author)
        messages.success(request, _("The page no longer says that it was delivered."))
        return redirect(request.path)
    context = pages.frame(KIND, letter, tab="_delivery") | {
        "letter": letter,
        "form": form,
        "number": showing.number_of(letter),
        "why_not": why_not(letter),
        "languages": [row.language for row in letter.words.all()],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/sign_ons/delivery.html", context, status=status)


def why_not(letter: SignOn) -> str:
    """Why it cannot be said to be delivered now; "" where it can."""
    if letter.publish_at is None:
        return _("It is a draft: nobody could sign it yet.")
    if letter.is_open:
        return _("It still takes signatures: close it first, so that its list is whole.")
    if not showing.number_of(letter):
        return _("No organization stands on it.")
    return ""


@needs("run_campaigns")
@require_safe
def on_paper(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The letter with its list, to print or to keep as a PDF."""
    letter, language = letter_of(slug), language_or_404(language)
    # In the letter's own language, whatever the console speaks.
    with translation.override(language):
        its_words = words.of(letter)
        groups = showing.groups_of(letter)
        context = {
            "letter": letter,
            "words": its_words,
            "text": rendered(its_words.text),
            "groups": groups,
            "number": sum(len(group.lines) for group in groups),
            "led_by": letter.led_by or brand.current().name,
        }
        return render(request, "desk/sign_ons/on_paper.html", context)
