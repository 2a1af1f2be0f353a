"""The letter: writing it, and one of it as it would arrive (all of them: desk.letters.dry_run)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns import merge_fields, targeting
from campaigns.letter_versions import LetterWords, words_by_seat
from campaigns.models import Ask, Campaign
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.ask_forms import LetterForm
from desk.organizing.campaign_page import (
    ask_or_404,
    render_form,
    saved,
)
from desk.previews.names import names_offered
from legislators.holders import office_day
from legislators.models import Legislator, Seat, Term

SHOWN = 12
SAMPLE = merge_fields.Writer("Sam", "Sample", "12 Example Street", "Exampleton", "", "00000")


@dataclass(frozen=True)
class Sheet:
    """One letter as an office would get it."""

    seat: Seat
    holder: Legislator | None
    subject: str = ""
    text: str = ""


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The subject and text of a letter ask, with its merge fields."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    # A row of its own: a form writes what was typed into it, saved or not.
    thing = f"ask:{ask.pk}:letter"
    meeting = meet(
        request,
        lambda data: LetterForm(data, instance=ask_or_404(slug, pk)),
        Thing(thing, ask.campaign, ask),
    )
    if saved(
        request,
        ask.campaign,
        meeting,
        meeting.form.save,
        deed="letter",
        detail=", ".join(meeting.form.changed_data),
        thing=thing,
    ):
        return redirect("desk:ask_letter", slug, pk)
    return render_form(
        request,
        "letter.html",
        ask.campaign,
        "asks",
        meeting,
        thing=thing,
        ask=ask,
        fields=merge_fields.FIELDS.items(),
        names=names_offered(ask),
    )


def sheet(
    ask: Ask,
    seat: Seat,
    holder: Legislator,
    writer: merge_fields.Writer,
    said: LetterWords | None = None,
) -> Sheet:
    """With the words of the seat's version, or with these."""
    said = said or words_by_seat(ask, [seat])[seat.pk]
    addressing: dict[str, Any] = {
        "seat": seat,
        "holder": holder,
        "writer": writer,
        "bill": ask.campaign.bill,
    }
    own_words = _("(Here come the supporter's own words.)")
    subject = merge_fields.subject_for(said.subject(), **addressing)
    text = merge_fields.text_for(statement=said.statement(), own_words=own_words, **addressing)
    return Sheet(seat, holder, subject, text)


def targets_and_holders(ask: Ask, name: str = "") -> list[tuple[Seat, Legislator]]:
    """Up to SHOWN seats this ask addresses with whoever holds them today; `name` keeps those whose
    name contains it.
    """
    terms = Term.objects.current(office_day()).filter(
        seat__in=targeting.seats(ask), legislator__name__icontains=name
    )
    ordered = terms.select_related("seat__jurisdiction", "legislator")
    return [
        (term.seat, term.legislator)
        for term in ordered.order_by("seat__jurisdiction__name", "seat__chamber", "seat_id")[:SHOWN]
    ]
