"""The second step: your legislators and why, your words, your name."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.models import Letter, Route
from actions.offices import holder_name, office_name
from actions.pages import abuse, page_context
from actions.pages.addressees import Found, seek
from actions.pages.closed import show_closed
from actions.pages.forms import PERSON_FORMS, AddressForm, CallForm, PersonForm
from actions.take import CampaignClosed, Submission, take_action
from campaigns import letters, words
from campaigns.models import Ask
from legislators import lookup, parties
from legislators.addresses import Address
from legislators.contacts import Reach, phones, reach
from legislators.lookup import Place
from worker.channels.mime import squeeze

SOURCE_LENGTH = 40
# What came of a call (actions.pages.forms.CallForm): kept while its caller looks at their address
# again.
OUTCOME = re.compile(r"outcome_[0-9]{1,18}")


def show_blank(
    request: HttpRequest, ask: Ask, asked: AddressForm, found: Found, *, is_minor: bool
) -> HttpResponse:
    initial = {
        **opening_words(ask, asked, found),
        **dict(typed_words(request, ask)),
        "token": abuse.new_token(ask.pk).sign(),
    }
    return show(
        request,
        ask,
        asked,
        found,
        person_form(ask, asked, found, is_minor=is_minor, initial=initial),
    )


def submit(
    request: HttpRequest, ask: Ask, asked: AddressForm, found: Found, *, is_minor: bool
) -> HttpResponse:
    """Take the action, or give the form back with every word in it."""
    token = abuse.read_token(request.POST.get("token", ""), ask.pk)
    wait_s = abuse.seconds_to_wait(request, "act", key=str(ask.pk))
    if wait_s:
        form = person_form(ask, asked, found, is_minor=is_minor, initial=request.POST.dict())
        return abuse.patient(show(request, ask, asked, found, form, wait_s=wait_s), wait_s)
    form = person_form(ask, asked, found, is_minor=is_minor, data=request.POST)
    if token is None:
        form = person_form(
            ask,
            asked,
            found,
            is_minor=is_minor,
            data={**request.POST.dict(), "token": abuse.new_token(ask.pk).sign()},
        )
        form.add_error(None, _("This page had gone stale. Nothing is lost: send it once more."))
    if not form.is_valid() or token is None:
        return show(request, ask, asked, found, form, status=422)
    try:
        take_action(ask, submission(request, ask, asked, found, form, token, is_minor=is_minor))
    except CampaignClosed:
        return show_closed(request, ask)
    return HttpResponseRedirect(
        page_context.thanks_url(ask, needs=needs_writer(ask, found)), status=303
    )


def needs_writer(ask: Ask, found: Found) -> int:
    """The number of offices that only this person can reach, whoever they are and whatever we know
    of them.
    """
    if ask.kind != Ask.Kind.LETTER:
        return 0
    return sum(route in Letter.BY_HAND for route in found.routes.values())


def submission(
    request: HttpRequest,
    ask: Ask,
    asked: AddressForm,
    found: Found,
    form: PersonForm,
    token: abuse.FormToken,
    *,
    is_minor: bool,
) -> Submission:
    data, opening = form.cleaned_data, opening_words(ask, asked, found)
    country = asked.cleaned_data.get("country", "US")
    return Submission(
        key=token.key,
        entry=form.entry(
            asked.address,
            country=country,
            state=found.state,
            language=get_language() or "en",
            is_minor=is_minor,
        ),
        places=found.places if ask.has_targets else (),
        subject=data.get("subject", ""),
        statement=data.get("statement", ""),
        statement_edited=ask.kind == Ask.Kind.LETTER
        and same_lines(data["statement"]) != same_lines(opening["statement"]),
        own_words=data.get("own_words", ""),
        outcomes=CallForm.outcomes(data),
        newsletter_wording=str(form.fields["newsletter"].label) if data.get("newsletter") else "",
        name_is_public=bool(data.get("public_name")),
        needs_lookup=found.failed,
        chosen_by_person=found.chosen_by_person,
        source=squeeze(request.GET.get("source", ""))[:SOURCE_LENGTH],
        suspicion=abuse.looks_like_a_machine(token, data.get("website", "")),
    )


def opening_words(ask: Ask, asked: AddressForm, found: Found) -> dict[str, str]:
    """The organization's words with what is known by now filled in; each legislator's own fields
    are filled as letters are sealed.
    """
    if ask.kind != Ask.Kind.LETTER:
        return {}
    known = {**shared_by_all(found), "bill": ask.campaign.bill}
    if asked.address:
        known |= {"city": asked.address.city, "zip": asked.address.zip}
    known = {name: value for name, value in known.items() if value}
    return {
        "subject": letters.fill(ask.letter_subject, known),
        "statement": letters.fill(ask.letter_body, known),
    }


def shared_by_all(found: Found) -> dict[str, str]:
    """What is the same in every letter of this person, such as the state; with one office to write
    to, its title and name too.
    """
    each = [
        letters.values(seat=place.seat, holder_name=holder_name(place), writer=letters.Writer())
        for place in found.places
    ]
    return (
        {
            name: value
            for name, value in each[0].items()
            if all(other[name] == value for other in each)
        }
        if each
        else {}
    )


def same_lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def person_form(
    ask: Ask, asked: AddressForm, found: Found, *, is_minor: bool, **kwargs: Any
) -> PersonForm:
    wording = words.of(ask.campaign).consent
    if ask.kind == Ask.Kind.CALL:
        kwargs["places"] = found.places
    if ask.kind == Ask.Kind.LETTER:
        kwargs["to_congress"] = asked.address if Route.CWC in found.routes.values() else None
        kwargs["has_fields"] = len(found.places) > 1 and letters.speaks_to_each(
            ask.letter_subject + ask.letter_body
        )
    return PERSON_FORMS[ask.kind](ask=ask, newsletter_wording=wording, is_minor=is_minor, **kwargs)


def show(
    request: HttpRequest,
    ask: Ask,
    asked: AddressForm,
    found: Found,
    form: PersonForm,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {
        "form": form,
        "places": [card(place, found.routes[place.seat.pk]) for place in found.places]
        if ask.has_targets
        else [],
        "failed": found.failed,
    }
    context |= {
        "carried": [
            (name, value) for name, value in carried(asked, request) if name not in form.fields
        ],
        "address": asked.address,
        "script": script(ask, asked, found),
    }
    if ask.kind == Ask.Kind.CALL:
        for each, place in zip(context["places"], found.places, strict=True):
            each |= {
                "script": script_for(ask, asked, found, place),
                "phones": phones(place.holder.legislator) if place.holder else [],
            }
    return page_context.show(request, ask, "write", status=status, **context)


def card(place: Place, route: str) -> dict[str, Any]:
    """One legislator as the page shows them; an empty seat says so."""
    holder = place.holder
    name = holder_name(place)
    return {
        "place": place,
        "name": name,
        "party": parties.spoken(holder.party) if holder else "",
        "office": office_name(place.seat),
        "initials": "".join(
            part[0] for part in name.replace(".", " ").split()[:: max(1, len(name.split()) - 1)][:2]
        ).upper(),
        "reach": reach(holder.legislator) if holder else Reach(),
        "route": route,
        "reason": place.reason,
        "outcome_field": f"outcome_{place.seat.pk}",
    }


def script(ask: Ask, asked: AddressForm, found: Found) -> str:
    """What to say in every call; "" where each office has words of its own, or nobody is called."""
    held = [place for place in found.places if place.holder] or found.places
    said = (
        {script_for(ask, asked, found, place) for place in held}
        if ask.kind == Ask.Kind.CALL
        else set()
    )
    return said.pop() if len(said) == 1 else ""


def script_for(ask: Ask, asked: AddressForm, found: Found, place: Place) -> str:
    caller = letters.Writer(state=found.state, zip=asked.address.zip if asked.address else "")
    filled = letters.values(
        seat=place.seat,
        holder_name=holder_name(place),
        writer=caller,
        bill=ask.campaign.bill,
    )
    return letters.fill(words.of(ask).text, {name: filled[name] for name in letters.SCRIPT_FIELDS})


def carried(asked: AddressForm, request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """What the next step sends along again: the address step and any choice, so that nothing is
    stored in between.
    """
    fields = [(name, str(asked.data.get(name, ""))) for name in asked.fields]
    return fields + (choices_of(request) if request else [])


def choices_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The districts, and the state, that the person chose on this step or one before."""
    return [(name, str(text)) for name, text in request.POST.items() if name.startswith("choice_")]


def typed_words(
    request: HttpRequest, ask: Ask, asked: AddressForm | None = None
) -> list[tuple[str, str]]:
    """What the person has written so far, for a step back to the address.

    With `asked`, our words that they left alone stay behind: they are filled anew for the new
    address. Boxes are not carried: a tick is given on the form that is sent.
    """
    names = [
        name
        for name in PERSON_FORMS[ask.kind].base_fields
        if name not in ("token", "website", "newsletter", "public_name")
    ]
    opening: dict[str, str] = {}
    if asked and asked.is_valid() and asked.address and ask.kind == Ask.Kind.LETTER:
        choices = {
            name.removeprefix("choice_"): str(value)
            for name, value in request.POST.items()
            if name.startswith("choice_")
        }
        opening = opening_words(ask, asked, seek(ask, asked.address, choices))
    names += (
        [name for name in request.POST if OUTCOME.fullmatch(name)]
        if ask.kind == Ask.Kind.CALL
        else []
    )
    typed = [(name, str(request.POST[name])) for name in names if request.POST.get(name)]
    return [
        (name, text)
        for name, text in typed
        if same_lines(text) != same_lines(opening.get(name, ""))
    ]


def state_of(address: Address) -> Found:
    """Only the state of an address, for a petition's count."""
    try:
        known = lookup.state_of_zip(address.zip, address.state)
    except lookup.LookupUnavailable:
        return Found(state=address.state)
    return Found(state=known.state, asks_state=known.asks)
