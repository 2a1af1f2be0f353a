"""A delivery book as PDF/A, set by the same typesetter as letters on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from actions.offices import office_name
from campaigns import brand, petitions, words
from campaigns.models import Ask, Campaign, DailyTotal
from desk.delivery_book.counting import Book, Towns
from desk.delivery_book.samples import Sample
from legislators.holders import holders_of
from legislators.models import Seat
from worker.paper.typeset import typeset

FOLDER = Path(__file__).parent


def book_pdf(seat: Seat, campaign: Campaign, book: Book, samples: list[Sample]) -> bytes:
    """In English, which offices read. Raises worker.paper.typeset.CannotPrint."""
    with override("en"):
        return typeset("book", inputs_of_book(seat, campaign, book, samples), folder=FOLDER)


def hand_over_pdf(ask: Ask, book: Book) -> bytes:
    """Raises worker.paper.typeset.CannotPrint."""
    with override("en"):
        return typeset("book", inputs_of_petition(ask, book), folder=FOLDER)


def inputs_of_book(
    seat: Seat, campaign: Campaign, book: Book, samples: list[Sample]
) -> dict[str, str]:
    term = holders_of([seat.pk]).get(seat.pk)
    facts = facts_of(campaign, book) | {
        "for": [term.legislator.name if term else "", office_name(seat)],
        "figures": [
            [_("constituents who wrote"), number(book.people)],
            [_("in words of their own"), f"{book.own_share} %"],
            [_("still to confirm, counted nowhere"), number(book.pending)],
        ],
        "samples": [{"words": sample.words, "signed": sample.signed} for sample in samples],
    }
    return {"book": json.dumps(facts)}


def inputs_of_petition(ask: Ask, book: Book) -> dict[str, str]:
    text = petitions.current_text(ask, "en")
    facts = facts_of(ask.campaign, book) | {
        "for": ["", _("Petition")],
        "figures": [
            [_("signers, verified and grown"), number(book.people)],
            [_("young, or counted without a name"), number(book.young)],
            [_("still to confirm, counted nowhere"), number(book.pending)],
        ],
        "text": text.text if text else "",
        "signs_here": True,
    }
    return {"book": json.dumps(facts)}


def facts_of(campaign: Campaign, book: Book) -> dict[str, Any]:
    """What both have: whose it is, the towns, and where its numbers can be checked."""
    ours, newest = brand.current(), DailyTotal.objects.last()
    return {
        "title": words.of(campaign).title,
        "author": ours.name,
        "address": ours.postal_address,
        "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        "practice": campaign.is_demo or not settings.DELIVERY_ENABLED,
        "bill": campaign.bill,
        "towns": [[town, number(n)] for town, n in book.towns.named],
        "others": others(book.towns),
        "ways": [[way, number(n)] for way, n in book.ways],
        "text": "",
        "samples": [],
        "signs_here": False,
        "checked_at": settings.SITE_URL + reverse("campaigns:daily_totals"),
        "hash": newest.hash if newest else "",
        "line": newest.number if newest else 0,
    }


def others(towns: Towns) -> str:
    """ "" where there are none."""
    if towns.others is None:
        return _("fewer than five")
    return number(towns.others) if towns.others else ""


def number(value: int) -> str:
    return f"{value:,}"


def as_file(pdf: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )
