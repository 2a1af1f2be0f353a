"""The letter: writing it, reading it as it would arrive anywhere, and mailing it to oneself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from actions.letters.coverage import routes_of
from actions.models import Route
from campaigns import letters, targeting
from campaigns.models import Ask, Campaign
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.ask_forms import LetterForm, PreviewForm
from desk.organizing.campaign_page import (
    ask_or_404,
    posted_data,
    render_campaign,
    render_form,
    saved,
)
from desk.previews.names import names_offered
from legislators import lookup
from legislators.addresses import Address, BadAddress
from legislators.holders import holders_of, in_turnover, office_day
from legislators.lookup import LookupUnavailable
from legislators.models import Legislator, Seat, Term
from legislators.new_terms import NewTerm

SHOWN = 12
ROUTES: dict[str, Any] = {
    Route.EMAIL: _lazy("By e-mail"),
    Route.CWC: _lazy("By Congress's own message system"),
    Route.PAPER: _lazy("As a printed letter"),
    Route.ASSISTED: _lazy("Needs the supporter's help"),
    Route.CALL: _lazy("Needs the supporter's help, by telephone"),
}
SAMPLE = letters.Writer("Sam", "Sample", "12 Example Street", "Exampleton", "", "00000")


@dataclass(frozen=True)
class Sheet:
    """One letter as an office would get it; no text where nobody is written to, and `why` says
    so.
    """

    seat: Seat
    holder: Legislator | None
    subject: str = ""
    text: str = ""
    route: str = ""
    why: str = ""
    new_term: NewTerm | None = None
    """The seat is in turnover: such a letter waits for a roster."""


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
        fields=letters.FIELDS.items(),
        names=names_offered(ask),
    )


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who would get which words. By POST, so that no address ends up in a log."""
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    form = PreviewForm(posted_data(request))
    sheets: list[Sheet] = []
    if form.is_valid():
        sheets = sheets_for(ask, form)
    # Something to look at before anything is typed.
    elif request.method == "GET":
        sheets = [sheet(ask, seat, holder, SAMPLE) for seat, holder in targets_and_holders(ask)[:1]]
    status = 422 if form.errors else 200
    return render_campaign(
        request,
        "preview.html",
        ask.campaign,
        "asks",
        ask=ask,
        form=form,
        sheets=routed(sheets),
        status=status,
    )


def sheets_for(ask: Ask, form: PreviewForm) -> list[Sheet]:
    """For an address, all of its seats, those not addressed too; for a name, the targets whose
    holder is called so.
    """
    if name := form.cleaned_data["name"]:
        return [
            sheet(ask, seat, holder, SAMPLE)
            for seat, holder in targets_and_holders(ask, name)[:SHOWN]
        ]
    try:
        address = Address.parse(form.cleaned_data["address"])
        places = lookup.find(address, nationwide=True).places
    except BadAddress as error:
        form.add_error("address", " ".join(error.errors.values()))
        return []
    except LookupUnavailable:
        form.add_error(
            "address", _("The lookup does not answer just now. Try a legislator's name.")
        )
        return []
    writer = letters.Writer(
        SAMPLE.given_name,
        SAMPLE.family_name,
        address.street,
        address.city,
        address.state,
        address.zip,
    )
    # All seats of the address are shown, with a word where the ask leaves one out.
    addressed = {seat.pk for seat in targeting.choose(ask, [place.seat for place in places])}
    return [placed(ask, place, writer, is_addressed=place.seat.pk in addressed) for place in places]


def placed(ask: Ask, place: lookup.Place, writer: letters.Writer, *, is_addressed: bool) -> Sheet:
    holder = place.holder.legislator if place.holder else None
    if not is_addressed:
        return Sheet(place.seat, holder, why=_("This ask does not address this seat."))
    if holder is None:
        return Sheet(place.seat, None, why=place.reason)
    return sheet(ask, place.seat, holder, writer, why=place.reason)


def sheet(ask: Ask, seat: Seat, holder: Legislator, writer: letters.Writer, why: str = "") -> Sheet:
    addressing = {"seat": seat, "holder": holder, "writer": writer, "bill": ask.campaign.bill}
    own_words = _("(Here come the supporter's own words.)")
    subject = letters.subject_for(ask.letter_subject, **addressing)  # type: ignore[arg-type]
    text = letters.text_for(statement=ask.letter_body, own_words=own_words, **addressing)  # type: ignore[arg-type]
    return Sheet(seat, holder, subject, text, why=why)


def routed(sheets: list[Sheet]) -> list[Sheet]:
    """Each with the way that such a letter would take today, and whether it would wait because its
    seat is in turnover.
    """
    holders = holders_of([one.seat.pk for one in sheets])
    new_terms = in_turnover([one.seat for one in sheets], holders)
    ways = (
        routes_of(Seat.objects.filter(pk__in=[one.seat.pk for one in sheets if one.text]))
        if sheets
        else {}
    )
    return [
        replace(
            one,
            route=str(ROUTES[ways[one.seat]]) if one.seat in ways else "",
            new_term=new_terms.get(one.seat.pk),
        )
        for one in sheets
    ]


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
