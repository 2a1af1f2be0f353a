"""The country at a glance: every state with something in it, and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from campaigns.bills.numbers import by_jurisdiction, numbers
from campaigns.models import Campaign
from campaigns.pages.bill_list import Wanted, bill_list
from campaigns.pages.cards import cards, with_words
from campaigns.pages.lately import lately
from campaigns.pages.of_state import campaigns_by_state, campaigns_of
from campaigns.pages.pieces import pieces_of, with_cache_headers
from campaigns.pages.state_map import drawn, place_names, state_url
from legislators import parties
from legislators.holders import office_day
from legislators.models import OTHER_EXECUTIVES, Chamber, Seat, Term
from legislators.states import UNITED_STATES

MOST_CAMPAIGNS = 9
MOST_BILLS = 20
# These are people by name on the page; of a chamber only how many there are.
BY_NAME = (Chamber.GOVERNOR, *OTHER_EXECUTIVES, Chamber.US_SENATE)
BY_NUMBER = (
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
    Chamber.US_HOUSE,
)


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """All that have a public bill or campaign, with a map."""
    names, bills = place_names(), by_jurisdiction(numbers())
    campaigns = campaigns_by_state()
    codes = sorted({*bills, *campaigns}, key=lambda code: names.get(code, code))
    context = {
        "map": drawn(bills, names),
        "rows": [
            (names.get(code, code), state_url(code), bills.get(code), campaigns.get(code, 0))
            for code in codes
        ],
    }
    return with_cache_headers(render(request, "campaigns/pages/states.html", context))


@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """One of them, "us" for Congress; 404 where nothing is. Its address is in small letters."""
    if code != code.lower():
        return redirect("campaigns:state", code.lower())
    code = code.upper()
    names, rows = place_names(), [row for row in numbers() if row.jurisdiction == code]
    found = campaigns_of(code)
    shown = cards(with_words(found)[: 2 * MOST_CAMPAIGNS])
    if code not in names or not (rows or shown):
        raise Http404(code)
    pieces = pieces_of("state", code)
    states_of = Campaign.State
    context = {
        "code": code,
        "name": names[code],
        "is_federal": code == UNITED_STATES.code,
        "list": bill_list(Wanted(state=code), None, rows, most=MOST_BILLS),
        "live": [card for card in shown if card["campaign"].is_open][:MOST_CAMPAIGNS],
        "won": [card for card in shown if card["campaign"].state == states_of.WON],
        "past": [
            card
            for card in shown
            if not card["campaign"].is_open and card["campaign"].state != states_of.WON
        ],
        "whose": by_jurisdiction(rows).get(code),
        "people": people(code),
        "chambers": chambers(code),
        "lately": lately(code),
        "pieces": pieces,
    }
    return with_cache_headers(render(request, "campaigns/pages/state.html", context), pieces)


def people(code: str) -> list[tuple[Seat, Term, str]]:
    """Who sits for the whole state, by name, with their party as it is spoken."""
    terms = Term.objects.current(office_day()).filter(
        seat__jurisdiction=code, seat__chamber__in=BY_NAME
    )
    found = sorted(
        terms.select_related("seat", "legislator"),
        key=lambda term: (BY_NAME.index(Chamber(term.seat.chamber)), term.seat.position),
    )
    return [(term.seat, term, parties.spoken(term.party)) for term in found]


def chambers(code: str) -> list[tuple[Any, int, list[tuple[str, int]]]]:
    """(chamber, seats, [(party, how many)]), the biggest party first. Two queries."""
    seats = Seat.objects.filter(jurisdiction=code, chamber__in=BY_NUMBER).order_by()
    sizes = dict(seats.values_list("chamber").annotate(number=Count("pk")))
    terms = Term.objects.current(office_day()).filter(seat__in=seats)
    held = terms.order_by().values_list("seat__chamber", "party").annotate(number=Count("pk"))
    by_chamber: dict[str, dict[str, int]] = {}
    for chamber, party, number in held:
        spoken = parties.spoken(party)
        of = by_chamber.setdefault(chamber, {})
        of[spoken] = of.get(spoken, 0) + number
    return [
        (
            Chamber(chamber).label,
            sizes[chamber],
            sorted(by_chamber.get(chamber, {}).items(), key=lambda row: (-row[1], row[0])),
        )
        for chamber in BY_NUMBER
        if chamber in sizes
    ]
