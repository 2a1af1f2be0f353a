"""The delivery book of an office, and a petition's hand-over sheet: on a page, and to print."""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from actions.offices import office_name
from actions.typed_numbers import typed_number
from campaigns.models import Ask, Breakdown, Campaign, Metric, Side
from desk.access import needs
from desk.delivery_book import counting, samples
from desk.organizing.campaign_page import render_campaign, visible_or_404
from legislators.holders import holders_of
from legislators.models import Seat

PAGE = 50


@require_safe
@needs("export_supporters")
def offices(request: HttpRequest, slug: str) -> HttpResponse:
    """The offices that a campaign's letters go to, those with the most writers first."""
    campaign = visible_or_404(request, slug)
    page = max(typed_number(request.GET.get("page")) or 1, 1)
    # One more than is shown tells whether there is another page.
    found = most_written_to(campaign)[(page - 1) * PAGE : page * PAGE + 1]
    seats = Seat.objects.select_related("jurisdiction").in_bulk([pk for pk, _ in found])
    holders = holders_of(list(seats))
    here = reverse("desk:delivery_books", args=[slug])
    return render_campaign(
        request,
        "delivery_book/offices.html",
        campaign,
        "book",
        offices=[
            (seats[pk], office_name(seats[pk]), holders.get(pk), people)
            for pk, people in found[:PAGE]
            if pk in seats
        ],
        first_page=here if page > 1 else "",
        next_page=f"{here}?page={page + 1}" if len(found) > PAGE else "",
        petitions=campaign.asks.filter(kind=Ask.Kind.PETITION),
    )


def most_written_to(campaign: Campaign) -> list[tuple[int, int]]:
    """(seat id, verified people), from the numbers that follow every action: no letter is read."""
    rows = Breakdown.objects.filter(
        ask__campaign=campaign,
        ask__kind=Ask.Kind.LETTER,
        side=Side.OFFICE,
        metric=Metric.VERIFIED,
        number__gt=0,
    )
    sums = rows.values_list("value").annotate(people=Sum("number")).order_by("-people", "value")
    return [(int(value), people) for value, people in sums if value.isdecimal()]


@require_safe
@needs("export_supporters")
def book(request: HttpRequest, slug: str, seat_id: int) -> HttpResponse:
    """What would stand in it today, and the words that may."""
    campaign, seat = found(request, slug, seat_id)
    return render_campaign(
        request,
        "delivery_book/book.html",
        campaign,
        "book",
        seat=seat,
        office=office_name(seat),
        holder=holders_of([seat.pk]).get(seat.pk),
        book=counting.book_of(seat, campaign),
        samples=samples.offered(seat, campaign),
        most=samples.CHOSEN,
    )


@require_POST
@needs("export_supporters")
def book_pdf(request: HttpRequest, slug: str, seat_id: int) -> HttpResponse:
    """The book to print, with the words that were ticked; that it was taken is written down."""
    from desk.delivery_book import printing  # the typesetter is loaded by those who print

    campaign, seat = found(request, slug, seat_id)
    ours = samples.chosen(seat, campaign, request.POST.getlist("sample"))
    pdf = printing.book_pdf(seat, campaign, counting.book_of(seat, campaign), ours)
    audit.record(
        request.user.get_username(),
        "delivery book taken",
        f"campaign {campaign.slug}",
        seat=seat.pk,
        sample_texts=len(ours),
    )
    return printing.as_file(pdf, f"book-{campaign.slug}-{seat.pk}.pdf")


@require_safe
@needs("export_supporters")
def hand_over_pdf(request: HttpRequest, ask_id: int) -> HttpResponse:
    """A petition's numbers to hand over: no name is in it, so it may be left on a desk."""
    from desk.delivery_book import printing

    petitions = Ask.objects.filter(kind=Ask.Kind.PETITION).select_related("campaign")
    ask = get_object_or_404(petitions.prefetch_related("campaign__words"), pk=ask_id)
    pdf = printing.hand_over_pdf(ask, counting.hand_over_of(ask))
    return printing.as_file(pdf, f"petition-{ask.pk}.pdf")


def found(request: HttpRequest, slug: str, seat_id: int) -> tuple[Campaign, Seat]:
    """A campaign that this person may see, and a seat that it has written to; else a 404."""
    campaign = visible_or_404(request, slug)
    written_to = counting.Letter.objects.filter(action__ask__campaign=campaign).values("seat")
    seats = Seat.objects.select_related("jurisdiction").filter(pk__in=written_to)
    return campaign, get_object_or_404(seats, pk=seat_id)
