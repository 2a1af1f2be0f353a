"""Who represents me? An address in; seats with reasons, telephones and official forms out, and the
live campaigns that this person can act on.

Nothing is stored: each answer reads the address anew from the form that was sent.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.offices import holder_name, office_name
from actions.pages import carried, live_asks
from actions.pages.address_forms import NOT_SURE, ChooseForm, HomeForm
from actions.pages.addressees import Found, seek
from actions.pages.campaign import cached_briefly, never_cached, sample_people
from actions.pages.district_choice import questions
from actions.pages.write import initials
from actions.screening import origin, rates
from actions.status.by_hand import web_address
from actions.typed_numbers import typed_number
from legislators import parties
from legislators.contacts import phones, reach
from legislators.geocoders.chosen import asks_elsewhere
from legislators.lookup import Place
from legislators.models import Chamber, Jurisdiction
from legislators.seats_here import seat_order
from legislators.states import FRANKLIN

IN_WASHINGTON = {Chamber.US_SENATE, Chamber.US_HOUSE, Chamber.PRESIDENT}


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def representatives(request: HttpRequest) -> HttpResponse:
    """The question is the same page for everybody; an answer is nobody else's."""
    if request.method == "POST":
        return never_cached(answer(request))
    samples = practice_addresses()
    sample = typed_number(request.GET.get("sample"))
    initial = samples[sample - 1] if 0 < sample <= len(samples) else {}
    return cached_briefly(ask_address(request, HomeForm(initial=initial), samples=samples))


def answer(request: HttpRequest) -> HttpResponse:
    """To one address, as far as what was typed and chosen settles it."""
    form, as_typed = HomeForm(request.POST), HomeForm(initial=request.POST.dict())
    wait_s = rates.seconds_to_wait(request, "lookup")
    if wait_s:
        return rates.patient(ask_address(request, as_typed, wait_s=wait_s), wait_s)
    if request.POST.get("step") == "change":
        return ask_address(request, as_typed)
    if not form.is_valid() or form.address is None:
        return ask_address(request, form, status=422)

    found = seek(None, form.address, carried.choices(request))
    if found.failed:
        return ask_address(request, as_typed, failed=True, status=503)
    if found.asks_state:
        form.ask_state(found.asks_state)
        return ask_address(request, form, status=422)
    return show(request, form, found)


def ask_address(
    request: HttpRequest, form: HomeForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page with the question."""
    page = {"form": form, "is_local": not asks_elsewhere(), **context}
    return render(request, "actions/representatives.html", page, status=status)


def practice_addresses() -> list[dict[str, Any]]:
    """Of the made-up state, while it is here."""
    is_here = Jurisdiction.objects.filter(code=FRANKLIN.code, is_demo=True).exists()
    return sample_people() if is_here else []


def show(request: HttpRequest, form: HomeForm, found: Found) -> HttpResponse:
    """Everybody we are sure of; what is still to choose; what this person can do with them."""
    is_open = bool(found.open_states or found.open_chambers)
    was_asked = request.POST.get("step") == "choose"
    choose = ChooseForm(
        request.POST if was_asked else None, chambers=found.open_chambers, states=found.open_states
    )
    carried_on = [*carried.address_and_choices(form), *carried.as_fields(settled(request, found))]
    context = {
        "address": form.address,
        "found": found,
        "choose": choose if is_open else None,
        "questions": questions(
            choose, found.open_chambers, form.address.zip if form.address else ""
        ),
        "carried": carried_on,
        "groups": groups(found),
        "left_open": [
            [card(place) for places in districts.values() for place in places]
            for districts in found.left_open.values()
        ],
        "asks": live_asks.asks_addressing(found),
    }
    status = 422 if is_open and was_asked else 200
    return render(request, "actions/representatives_found.html", context, status=status)


def settled(request: HttpRequest, found: Found) -> dict[str, str]:
    """The choices that were made and need not be asked for again, with the state they came to."""
    made = {
        name: choice
        for name, choice in carried.choices(request).items()
        if name not in found.open_chambers and choice != NOT_SURE
    }
    return made | ({"state": found.home} if found.home else {})


def groups(found: Found) -> list[dict[str, Any]]:
    """The seats that are certain or were chosen: the nation's offices, then the state's."""
    # Offices of our own represent nobody: campaigns address them.
    elected = [place for place in found.places if place.seat.chamber != Chamber.CUSTOM]
    places = sorted(elected, key=lambda place: seat_order(place.seat))
    cards = [card(place) | {"is_chosen": not place.certain} for place in places]
    in_washington = [each for each in cards if each["place"].seat.chamber in IN_WASHINGTON]
    others = [each for each in cards if each not in in_washington]
    names = {each["place"].seat.jurisdiction.name for each in others}
    state = _("In %(state)s") % {"state": " · ".join(sorted(names))}
    made = [(_("In Washington"), in_washington), (state, others)]
    return [{"heading": heading, "cards": each} for heading, each in made if each]


def card(place: Place) -> dict[str, Any]:
    """One office as the page shows it; an empty seat says so."""
    holder, name = place.holder, holder_name(place)
    ways = reach(holder.legislator) if holder else None
    return {
        "place": place,
        "name": name,
        "initials": initials(name, holder.legislator.family_name if holder else ""),
        "office": office_of(place),
        "party": parties.spoken(holder.party) if holder else "",
        "phones": phones(holder.legislator) if holder else [],
        "form": web_address(ways.form if ways else ""),
        "website": web_address(ways.website if ways else ""),
    }


def office_of(place: Place) -> str:
    """What it is called: of the nation's two highest offices by their titles, which tell them
    apart.
    """
    is_highest = place.seat.chamber == Chamber.PRESIDENT
    return place.seat.title if is_highest else office_name(place.seat)
