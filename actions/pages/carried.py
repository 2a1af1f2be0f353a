"""What one step hands on to the next, so that nothing is stored in between: hidden fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from actions.pages.address_forms import AddressForm, HomeForm
from actions.pages.addressees import FirstStep, find_addressees
from actions.pages.letter_form import LetterForm
from actions.pages.opening_words import opening_words, same_lines
from actions.pages.person_forms import CallForm, PersonForm
from actions.screening import machines
from campaigns.models import Ask

FORMS: dict[str, type[PersonForm]] = {
    Ask.Kind.PETITION: PersonForm,
    Ask.Kind.LETTER: LetterForm,
    Ask.Kind.CALL: CallForm,
}
CHOICE = "choice_"
CHOSEN_FOR = "chosen_for"
# What came of a call (actions.pages.person_forms.CallForm): kept while its caller looks at their
# address again.
OUTCOME = re.compile(r"outcome_[0-9]{1,18}")
# Of a letter's versions, and the paragraphs that may be added to it.
OF_LETTER = re.compile(r"(subject|statement)_[0-9]{1,18}|paragraph_[0-9]{1,18}_[0-9a-f]{8}")
# To an organizer's questions, and which words of them were read (actions.pages.question_fields).
ANSWER = re.compile(r"(answer|asked)_[0-9]{1,18}")
# A box that allows something is ticked on the form that is sent; the others are made anew.
NOT_CARRIED = ("token", "website", "newsletter", "public_name")


def address_and_choices(
    form: HomeForm, request: HttpRequest | None = None
) -> list[tuple[str, str]]:
    """The address step and, from `request`, any choice between districts or states."""
    fields = [(name, str(form.data.get(name, ""))) for name in form.fields]
    return fields + as_fields(choices(request)) if request else fields


def as_fields(choices: Mapping[str, str]) -> list[tuple[str, str]]:
    """As the page that asks for them names them."""
    return [(CHOICE + chamber, choice) for chamber, choice in choices.items()]


def bound_to(request: HttpRequest) -> tuple[str, str]:
    """The address that choices were made for: beside a form in which it may still be changed."""
    return CHOSEN_FOR, typed_home(request)


def typed_home(request: HttpRequest) -> str:
    """The address as posted, in one line."""
    parts = (request.POST.get(name, "") for name in ("street", "city", "state", "zip"))
    return " | ".join(" ".join(part.split()) for part in parts)


def choices(request: HttpRequest) -> dict[str, str]:
    """Chamber -> the district that was chosen there, as posted; and "state" -> the state.

    None where they were made for another address than the one posted now.
    """
    if request.POST.get(CHOSEN_FOR, typed_home(request)) != typed_home(request):
        return {}
    return {
        name.removeprefix(CHOICE): str(value)
        for name, value in request.POST.items()
        if name.startswith(CHOICE)
    }


def letter_words(typed: Iterable[tuple[str, str]]) -> str:
    """Of what was typed the letter's own texts, to copy: of every version, each text once."""
    names = re.compile(r"(subject|own_words|statement)(_[0-9]{1,18})?")
    texts = [text.strip() for name, text in typed if names.fullmatch(name)]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def typed_words(
    request: HttpRequest, ask: Ask, form: AddressForm | None = None
) -> list[tuple[str, str]]:
    """What the person has written so far, for a step back to the address.

    With `form`, our words that they left alone stay behind: they are filled anew for the new
    address.
    """
    names = [name for name in FORMS[ask.kind].base_fields if name not in NOT_CARRIED]
    more = {Ask.Kind.CALL: OUTCOME, Ask.Kind.LETTER: OF_LETTER}.get(Ask.Kind(ask.kind))
    names += [name for name in request.POST if more and more.fullmatch(name)]
    ours = words_shown(request, ask, form) if form else {}
    typed = [(name, str(request.POST[name])) for name in names if request.POST.get(name)]
    # Several choices of one question have one name.
    answers = {name: request.POST.getlist(name) for name in request.POST if ANSWER.fullmatch(name)}
    typed += [(name, str(one)) for name, given in answers.items() for one in given if one]
    return [
        (name, text) for name, text in typed if same_lines(text) != same_lines(ours.get(name, ""))
    ]


def words_shown(request: HttpRequest, ask: Ask, form: AddressForm) -> dict[str, str]:
    """What the letter's page had filled in for this address."""
    if ask.kind != Ask.Kind.LETTER or not form.is_valid() or form.address is None:
        return {}
    token = machines.read_token(request.POST.get("token", ""), ask.pk)
    first = FirstStep(ask, form, find_addressees(ask, form, choices(request)))
    return opening_words(first, token.key if token else None)
