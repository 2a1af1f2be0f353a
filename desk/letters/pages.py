"""The page of a dry run."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actions.models import Route
from actions.pages.address_forms import ChooseForm
from actions.pages.carried import choices
from actions.pages.district_choice import questions
from actions.typed_numbers import typed_number
from campaigns.models import Ask
from desk.access import needs
from desk.letters.dry_run import (
    ON_A_PAGE,
    AtAddress,
    DryLetter,
    at_address,
    from_abroad,
    seats_after,
    to_seats,
)
from desk.organizing.ask_forms import PreviewForm
from desk.organizing.campaign_page import ask_or_404, posted_data, render_campaign
from legislators.addresses import Address, BadAddress
from legislators.lookup import LookupUnavailable

ROUTES: dict[str, Any] = {
    Route.EMAIL: gettext_lazy("By e-mail"),
    Route.CWC: gettext_lazy("By Congress's own message system"),
    Route.PAPER: gettext_lazy("As a printed letter"),
    Route.ASSISTED: gettext_lazy("Needs the supporter's help"),
    Route.CALL: gettext_lazy("Needs the supporter's help, by telephone"),
}


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who would get which words: every seat, a page at a time, or as somebody at an address. An
    address comes by POST, so that none ends up in a log.
    """
    ask = ask_or_404(slug, pk, Ask.Kind.LETTER)
    form = PreviewForm(posted_data(request))
    context: dict[str, Any] = {"letters": [], "ask": ask, "form": form}
    if form.is_valid() and form.cleaned_data["name"]:
        seats = seats_after(ask, name=form.cleaned_data["name"])
        context["letters"] = to_seats(ask, seats[:ON_A_PAGE])
    elif form.is_valid() and form.cleaned_data["country"]:
        context["letters"] = as_somebody_abroad(ask, form)
    elif form.is_valid():
        context |= as_somebody_at(request, ask, form)
    elif request.method == "GET":
        context |= every_seat(ask, typed_number(request.GET.get("after", "")) or 0)
    context["letters"] = [
        (one, ROUTES.get(one.letter.route, "") if one.letter else "") for one in context["letters"]
    ]
    status = 422 if form.errors else 200
    return render_campaign(request, "preview.html", ask.campaign, "asks", status=status, **context)


def every_seat(ask: Ask, after: int) -> dict[str, Any]:
    seats = seats_after(ask, after)
    shown = seats[:ON_A_PAGE]
    return {
        "letters": to_seats(ask, shown),
        "is_every": True,
        "is_first": not after,
        "after": shown[-1] if len(seats) > ON_A_PAGE else None,
    }


def as_somebody_abroad(ask: Ask, form: PreviewForm) -> list[DryLetter]:
    if letters := from_abroad(ask, form.cleaned_data["country"]):
        return letters
    form.add_error(
        "country",
        _("None of its offices hears people abroad: they are told what else they can do.")
        if ask.campaign.invites_abroad
        else _("People abroad are not invited (Settings): they are told what else they can do."),
    )
    return []


def as_somebody_at(request: HttpRequest, ask: Ask, form: PreviewForm) -> dict[str, Any]:
    """The letters, and the choice that people get where the address leaves districts open."""
    try:
        address = Address.parse(form.cleaned_data["address"])
        reached = at_address(ask, address, choices(request))
    except BadAddress as error:
        form.add_error("address", " ".join(error.errors.values()))
        return {}
    except LookupUnavailable:
        form.add_error(
            "address", _("The lookup does not answer just now. Try a legislator's name.")
        )
        return {}
    if reached.found.asks_state:
        form.add_error("address", _("Add the state: this ZIP code alone does not say it."))
    return {"letters": reached.letters, **choice_at(address, reached)}


def choice_at(address: Address, reached: AtAddress) -> dict[str, Any]:
    found = reached.found
    if not (found.open_chambers or found.open_states):
        return {}
    chambers = {} if found.open_states else found.open_chambers
    choose = ChooseForm(chambers=chambers, states=found.open_states)
    return {
        "choose": choose,
        "open_states": found.open_states,
        "questions": questions(choose, chambers, address.zip),
        # The state that was chosen goes along to the next question.
        "home": found.home,
    }
