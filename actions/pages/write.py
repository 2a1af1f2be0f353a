"""The second step: your legislators and why, your words, your name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actions.confirm import letters_of_form
from actions.letters.congress import wants_street
from actions.letters.fates import Fate
from actions.letters.finished import read_by
from actions.models import Letter, Route
from actions.offices import holder_name, office_name
from actions.pages import office_limits, page_context
from actions.pages.addressees import FirstStep
from actions.pages.call_script import script, script_for
from actions.pages.carried import FORMS, address_and_choices, typed_words
from actions.pages.closed import show_closed
from actions.pages.letter_form import LetterForm, parts_of
from actions.pages.nobody import show_nobody
from actions.pages.one_step_left import show_one_step_left
from actions.pages.opening_words import as_kept, opening_words, own_text, translation
from actions.pages.person_forms import CallForm, PersonForm
from actions.screening import bursts, machines, own_words, rates
from actions.screening.why_quarantined import THREAT
from actions.take import CampaignClosed, FilledForm, FormUsedUp, NobodyToWrite, take_action
from campaigns import brand, help_lines, words
from campaigns.models import Ask, Question
from campaigns.questions import asked_now
from legislators import parties
from legislators.contacts import Reach, phones, reach
from legislators.lookup import Place
from legislators.roster.names import split_name

MOST_NAMED = 3  # of those who will read a letter, in the line above it


def show_blank(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """With our words in it, and whatever this person had typed before."""
    token = machines.new_token(first.ask.pk)
    initial = {
        **opening_words(first, token.key),
        **dict(typed_words(request, first.ask)),
        # Of a question with several choices all that were ticked.
        **all_ticked(request, first),
        "token": token.sign(),
    }
    return show(request, first, person_form(first, initial=initial))


def all_ticked(request: HttpRequest, first: FirstStep) -> dict[str, list[str]]:
    several = (one for one in first.questions if one.kind == Question.Kind.SEVERAL)
    return {name: request.POST.getlist(name) for name in (f"answer_{one.pk}" for one in several)}


def blank_petition(ask: Ask) -> PersonForm:
    """For whoever has not said yet where they live, or how old they are."""
    return PersonForm(
        ask=ask,
        newsletter_wording=words.of(ask.campaign).consent,
        is_minor=False,
        # Hidden, and not sent, until the age says that they are grown (static/js/together.js).
        questions=asked_now(ask),
        initial={"token": machines.new_token(ask.pk).sign()},
    )


def submit(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """Take the action, or give the form back with every word in it."""
    ask = first.ask
    wait_s = rates.seconds_to_wait(request, "act", key=str(ask.pk))
    if wait_s:
        form = person_form(first, initial=request.POST.dict())
        return rates.patient(show(request, first, form, wait_s=wait_s), wait_s)

    # Another ask's, or from before our key was changed: the words are kept, the form is made new.
    token = machines.read_token(request.POST.get("token", ""), ask.pk)
    if token is None:
        return show_renewed(request, first)

    if has_other_versions(request, first):
        return show_other_versions(request, first)
    form = person_form(first, data=request.POST)
    if not form.is_valid():
        return show(request, first, form, status=422)
    # Once, and nothing of it is kept: the same button stands below what is shown.
    if not was_shown_help(request) and own_words.is_despair(written(first, form)):
        return show(request, first, form, help_lines=help_lines.current(get_language() or "en"))
    if first.limits:
        finished = letters_of_form(ask, filled_form(request, first, form, token))
        long = office_limits.too_long_of(first, finished)
        # Once, too: whoever has read it may send it as it is.
        if office_limits.not_yet_told(request, long):
            return show(request, first, form, too_long=long)
    if ask.campaign.preview:
        return page_context.show(request, ask, "previewed", form=form, fates=first.fates)
    # Looked at now: what is kept is not looked at in a transaction.
    brand.shown()
    try:
        take_action(ask, filled_form(request, first, form, token))
    except FormUsedUp:
        return show_renewed(request, first)
    except CampaignClosed:
        return show_closed(request, ask)
    except NobodyToWrite:
        return show_nobody(request, first)
    return show_one_step_left(request, ask, form, first.fates)


def show_renewed(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """The same words in a new form."""
    fresh = {**request.POST.dict(), "token": machines.new_token(first.ask.pk).sign()}
    form = person_form(first, data=fresh)
    form.add_error(None, _("This page had gone stale. Nothing is lost: send it once more."))
    return show(request, first, form, status=422)


def read(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """The finished letters above the button that sends them, and the form as it is. Nothing is
    stored.
    """
    if has_other_versions(request, first):
        return show_other_versions(request, first)
    form = person_form(first, data=request.POST)
    if not form.is_valid():
        return show(request, first, form, status=422)
    token = machines.read_token(request.POST.get("token", ""), first.ask.pk)
    filled = filled_form(request, first, form, token or machines.new_token(first.ask.pk))
    letters = letters_of_form(first.ask, filled)
    long = office_limits.too_long_of(first, letters) if first.limits else []
    return show(request, first, form, letters=letters, read_by=read_by(letters), too_long=long)


def has_other_versions(request: HttpRequest, first: FirstStep) -> bool:
    """Whether some office of theirs gets words now that the form did not show: its versions were
    changed meanwhile, or whoever holds the seat.
    """
    if first.ask.kind != Ask.Kind.LETTER:
        return False
    names = [group.field("statement") for group in first.groups]
    was_shown = any(re.fullmatch(r"statement(_[0-9]{1,18})?", name) for name in request.POST)
    return was_shown and any(name not in request.POST for name in names)


def show_other_versions(request: HttpRequest, first: FirstStep) -> HttpResponse:
    """The words that are new to them, and everything they typed."""
    token = machines.read_token(request.POST.get("token", ""), first.ask.pk)
    known = opening_words(first, token.key if token else None) | request.POST.dict()
    form = person_form(first, data=known)
    form.add_error(None, _("The letter has changed since you opened it. Please read it once more."))
    return show(request, first, form, status=422)


def was_shown_help(request: HttpRequest) -> bool:
    """By this form, or by the one whose address they are mending."""
    return "seen" in request.POST or "corrects" in request.POST


def filled_form(
    request: HttpRequest, first: FirstStep, form: PersonForm, token: machines.FormToken
) -> FilledForm:
    """What came out of both steps."""
    ask, data = first.ask, form.cleaned_data
    entry = form.entry(
        first.address,
        country=first.form.cleaned_data.get("country", "US"),
        state=first.found.state,
        language=get_language() or "en",
        is_minor=first.is_minor,
    )
    is_letter = ask.kind == Ask.Kind.LETTER
    return FilledForm(
        key=token.key,
        entry=entry,
        places=first.found.places if ask.has_targets else (),
        **(as_kept(first, data) if is_letter else {}),
        own_words=data.get("own_words", ""),
        answers=form.answers(),
        outcomes=CallForm.outcomes(data),
        newsletter_wording=str(form.fields["newsletter"].label) if data.get("newsletter") else "",
        permissions=form.permissions(),
        name_is_public=bool(data.get("public_name")),
        guardian=data.get("guardian", ""),
        needs_lookup=first.found.failed,
        fates=first.fates,
        chosen_by_person=first.found.chosen_by_person,
        source=page_context.source_of(request),
        corrects="corrects" in request.POST,
        suspicion=why_set_aside(first, token, form),
        proof=request.POST.get("proof", ""),
        marks=bursts.marks_of(request.client_ip, entry.email),  # type: ignore[attr-defined]
    )


def why_set_aside(first: FirstStep, token: machines.FormToken, form: PersonForm) -> str:
    """Why a person is to look at it first, "" where nothing is wrong."""
    if own_words.is_threat(written(first, form)):
        return THREAT
    return machines.looks_like_a_machine(token, form.cleaned_data.get("website", ""))


def written(first: FirstStep, form: PersonForm) -> str:
    """Everything in their own words."""
    return "\n".join([own_text(first, form.cleaned_data), *form.written_answers()]).strip()


def person_form(first: FirstStep, **kwargs: Any) -> PersonForm:
    """The form for this kind of ask; `kwargs` are `initial` or `data`."""
    ask, found = first.ask, first.found
    if ask.kind == Ask.Kind.CALL:
        kwargs["places"] = found.places
    if ask.kind == Ask.Kind.LETTER:
        goes_to_congress = Route.CWC in first.routes.values()
        kwargs["to_congress"] = first.address if goes_to_congress else None
        kwargs["parts"] = parts_of(first)
    form = FORMS[ask.kind](
        ask=ask,
        newsletter_wording=words.of(ask.campaign).consent,
        is_minor=first.is_minor,
        questions=first.questions,
        **kwargs,
    )
    if first.form.is_abroad and "phone" in form.fields:
        form.fields["phone"].region = first.form.cleaned_data["country"]  # type: ignore[attr-defined]
    return form


def show(
    request: HttpRequest, first: FirstStep, form: PersonForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The step with this form, whose errors stand beside their fields."""
    carried = address_and_choices(first.form, request)
    places = cards(first) if first.ask.has_targets else []
    context |= {
        "form": form,
        "places": places,
        "readers_named": in_one_line([card["name"] for card in places if card["name"]]),
        "needs_you": any(card["name"] and card["route"] in Letter.BY_HAND for card in places),
        "failed": first.found.failed,
        "readers": len(first.found.readers),
        # A field that the form itself asks for is not carried beside it.
        "carried": [(name, value) for name, value in carried if name not in form.fields],
        "home": first.home_line(get_language() or "en"),
        "has_street": bool(first.address and first.address.street),
        "fates": first.fates,
        "is_minor": first.is_minor,
        "seen": was_shown_help(request),
        "script": script(first),
        "in_english": first.ask.kind == Ask.Kind.LETTER and get_language() != "en",
        "parts": shown_parts(first, form) if isinstance(form, LetterForm) else [],
    }
    if first.limits and isinstance(form, LetterForm):
        context["limits"] = office_limits.shown_limits(first, form, context.get("too_long", []))
    return page_context.show(request, first.ask, "write", status=status, **context)


def shown_parts(first: FirstStep, form: LetterForm) -> list[dict[str, Any]]:
    """The letter as the page shows it: for each version its readers, fields and translation."""
    return [
        {
            "readers": in_one_line(
                [holder_name(place) or office_name(place.seat) for place in group.readers]
            ),
            "subject": form[part.subject],
            "statement": form[part.statement],
            "paragraphs": [form[name] for name in part.paragraphs],
            "translation": translation(first, group),
        }
        for group, part in zip(first.groups, form.parts, strict=True)
    ]


def in_one_line(names: Sequence[str]) -> str:
    """ "Ada Smith, Bo Diaz and 2 more": of many the first two."""
    if len(names) <= MOST_NAMED:
        return get_text_list(list(names), _("and"))
    more = len(names) - MOST_NAMED + 1
    counted = ngettext("%(number)d more", "%(number)d more", more) % {"number": more}
    return get_text_list([*names[: MOST_NAMED - 1], counted], _("and"))


def cards(first: FirstStep) -> list[dict[str, Any]]:
    """The legislators as the page shows them; for a call, each with what to say and the numbers."""
    found = []
    for place in first.found.places:
        card = card_of(place, first.routes[place.seat.pk])
        needs_you = card["route"] in Letter.BY_HAND
        card["keeps_street"] = needs_you and first.is_minor and wants_street(place.seat)
        if first.ask.kind == Ask.Kind.LETTER:
            card["waits"] = first.fate(place) == Fate.WAITS
        if first.ask.kind == Ask.Kind.CALL:
            card["script"] = script_for(first, place)
            card["phones"] = phones(place.holder.legislator) if place.holder else []
        found.append(card)
    return found


def card_of(place: Place, route: str) -> dict[str, Any]:
    """One legislator as the page shows them; an empty seat says so."""
    holder, name = place.holder, holder_name(place)
    return {
        "place": place,
        "name": name,
        "party": parties.spoken(holder.party) if holder else "",
        "office": office_name(place.seat),
        "initials": initials(name, holder.legislator.family_name if holder else ""),
        "reach": reach(holder.legislator) if holder else Reach(),
        "route": route,
        "reason": place.reason,
        "outcome_field": f"outcome_{place.seat.pk}",
    }


def initials(name: str, family_name: str = "") -> str:
    """Of the first name and the surname, which a roster may give: "NB" for Nicholas J. Begich III,
    "DW" for Debbie Wasserman Schultz, "CV" for Chris Van Hollen.
    """
    plain = re.sub(r"[\"\u201c\u201d(].*?[\"\u201c\u201d)]", " ", name)
    given, family = split_name(plain)
    # The family's name only as it stands on the card: there people look for it.
    surname = family_name if family_name.casefold() in plain.casefold() else ""
    first_and_last = (given, surname or family) if " " in plain.strip() else (given,)
    return "".join(next(filter(str.isalpha, part), "") for part in first_and_last).upper()
