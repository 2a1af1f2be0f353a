"""What a supporter types, in two steps: where they live, then their words.

Each form ends in plain cleaned values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.models import Call
from actions.pages.countries import CountrySelect, countries
from campaigns.models import Ask
from legislators.addresses import Address, BadAddress
from legislators.lookup import Place
from legislators.states import FRANKLIN, STATES
from supporters.forms import AgeField, EmailField, LineField, PhoneField
from supporters.people import Entry
from worker.channels.cwc.message import PREFIXES, Constituent
from worker.channels.cwc.requirements import LEAST, TEXT, problems

NOT_SURE = "not-sure"


def line(
    label: Any,
    *,
    missing: Any = None,
    autocomplete: str = "",
    required: bool = True,
    length: int = 70,
    **attrs: Any,
) -> LineField:
    """A single line. `missing` is what its error says when it is left empty."""
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    messages = {"required": missing} if missing else None
    return LineField(
        label=label,
        required=required,
        max_length=length,
        error_messages=messages,
        widget=forms.TextInput(attrs=attrs),
    )


class AddressForm(forms.Form):
    """The first step: nothing of it is stored.

    `address` is set when it is valid and in the United States.
    """

    # Which parts are needed depends on the others, so no field claims to be optional.
    says_optional = False

    street = line(
        gettext_lazy("Street address"), autocomplete="street-address", required=False, length=250
    )
    city = line(gettext_lazy("City"), autocomplete="address-level2", required=False, length=80)
    zip = line(
        gettext_lazy("ZIP code"),
        autocomplete="postal-code",
        required=False,
        length=12,
        inputmode="numeric",
    )
    # Only there once it had to be asked for: a ZIP code nearly always names its state.
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [("", _("Choose your state")), *sorted_states()],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        initial="US",
        choices=lambda: countries(get_language() or "en"),
        widget=CountrySelect,
    )
    age = AgeField()

    address: Address | None = None

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state_field = self.fields.pop("state")
        if self.data.get("state") or self.initial.get("state"):
            self.fields["state"] = self.state_field
        if not ask.campaign.asks_age:
            del self.fields["age"]
        self.needs_zip = ask.has_targets
        if ask.has_targets:
            del self.fields["country"]
            self.fields["street"].help_text = _(
                "So that we find your district. We look it up here and tell nobody."
            )
        else:
            del self.fields["street"], self.fields["city"]
            self.fields["zip"].help_text = _("If you live in the United States.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("country", "US") != "US" or "zip" in self.errors:
            return data
        typed = {name: data.get(name, "") for name in ("street", "city", "state", "zip")}
        try:
            self.address = Address.clean(**typed)
        except BadAddress as error:
            for field, message in error.errors.items():
                self.add_error(field if field in self.fields else "zip", message)
        if self.needs_zip and not data.get("zip") and not (self.address and self.address.zip):
            self.address = None
            self.errors.pop("zip", None)
            self.add_error("zip", _("Type your ZIP code: it is enough to begin with."))
        return data

    def ask_state(self, why: str) -> None:
        """Nothing that was typed names a state: show the field for it, and say why."""
        self.fields["state"] = self.state_field
        self.add_error("state", why)


def sorted_states() -> list[tuple[str, str]]:
    """Every state and territory whose people elect somebody, by name."""
    return sorted(((code, state.name) for code, state in STATES.items()), key=itemgetter(1))


def state_name(code: str) -> str:
    """As a heading, not as within a sentence."""
    return FRANKLIN.name if code == FRANKLIN.code else STATES[code].name


class ChooseForm(forms.Form):
    """A split ZIP: for each chamber that it leaves open, the districts with the names of those who
    hold them; before them the state, where it touches several.
    """

    def __init__(
        self,
        *args: Any,
        chambers: Mapping[str, Mapping[str, Sequence[Place]]],
        states: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if states:
            self.fields["choice_state"] = forms.ChoiceField(
                label=_("Your state"),
                choices=[(state, state_name(state)) for state in states],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the state you live in.")},
            )
        for chamber, districts in chambers.items():
            choices = [(division, district_label(places)) for division, places in districts.items()]
            self.fields[f"choice_{chamber}"] = forms.ChoiceField(
                label=next(iter(districts.values()))[0].seat.get_chamber_display(),
                choices=[*choices, (NOT_SURE, _("I'm not sure"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose yours, or say that you're not sure.")},
            )

    @property
    def chosen(self) -> dict[str, str]:
        """Chamber -> OCD division id, or NOT_SURE."""
        return {name.removeprefix("choice_"): value for name, value in self.cleaned_data.items()}


def district_label(places: Sequence[Place]) -> str:
    names = [place.holder.legislator.name if place.holder else empty(place) for place in places]
    return f"{places[0].seat.district_name}: {', '.join(names)}"


def empty(place: Place) -> str:
    return _("vacant") if place.status == "vacant" else _("holder not known")


class PersonForm(forms.Form):
    """The second step that every ask shares: who you are, and what you allow.

    No box is ever ticked beforehand.
    """

    given_name = line(
        gettext_lazy("First name"),
        missing=gettext_lazy("Type your first name."),
        autocomplete="given-name",
    )
    family_name = line(
        gettext_lazy("Last name"),
        missing=gettext_lazy("Type your last name."),
        autocomplete="family-name",
    )
    email = EmailField()
    phone = PhoneField(required=False)
    newsletter = forms.BooleanField(required=False)
    public_name = forms.BooleanField(
        required=False, label=gettext_lazy("Show my first name and place on this page")
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False)

    def __init__(
        self, *args: Any, ask: Ask, newsletter_wording: str, is_minor: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["newsletter"].label = newsletter_wording
        self.fields["phone"].help_text = _("If the office may call you back. You can leave it out.")
        if is_minor or not newsletter_wording:
            del self.fields["newsletter"]
        if is_minor or ask.kind != Ask.Kind.PETITION:
            del self.fields["public_name"]
        if ask.kind == Ask.Kind.PETITION:
            del self.fields["phone"]

    def entry(
        self, address: Address | None, *, country: str, state: str, language: str, is_minor: bool
    ) -> Entry:
        data = self.cleaned_data
        return Entry(
            given_name=data["given_name"],
            family_name=data["family_name"],
            email=data["email"],
            phone=data.get("phone", ""),
            street=address.street if address else "",
            city=address.city if address else "",
            state=state,
            zip=address.zip if address else "",
            country=country,
            language=language,
            is_minor=is_minor,
            prefix=data.get("prefix", ""),
        )


class LetterForm(PersonForm):
    """A letter: the organization's words and the person's own apart."""

    # lang: the organization's words are in the offices' language, whatever the page's.
    subject = line(
        gettext_lazy("Subject"),
        missing=gettext_lazy("Give your letter a subject."),
        length=200,
        lang="en",
    )
    own_words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=4000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6, "data-counter": ""}),
    )
    statement = forms.CharField(
        label=gettext_lazy("The letter"),
        required=False,
        max_length=8000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "en"}),
    )
    # A field of this name hides nothing: Django takes declared fields out of the class, and a
    # form's own `prefix` stays None.
    prefix = forms.ChoiceField(  # type: ignore[assignment]
        label=gettext_lazy("How should Congress address you?"),
        choices=[("", gettext_lazy("Choose")), *((prefix, prefix) for prefix in PREFIXES)],
        error_messages={
            "required": gettext_lazy(
                "Choose how Congress should address you: its offices require one of these."
            )
        },
    )
    field_order = [
        "own_words",
        "subject",
        "statement",
        "prefix",
        "given_name",
        "family_name",
        "email",
        "phone",
        "newsletter",
    ]

    def __init__(
        self,
        *args: Any,
        has_fields: bool = False,
        to_congress: Address | None = None,
        **kwargs: Any,
    ) -> None:
        """`to_congress`: the writer's address as far as it is known, when some letter goes by
        Congress's own system.
        """
        super().__init__(*args, **kwargs)
        self.to_congress = to_congress
        if to_congress is None:
            del self.fields["prefix"]
        else:
            self.ask_for_missing(to_congress)
        if has_fields:
            self.fields["statement"].help_text = _(
                "Words in {braces}, such as {title}, become each legislator's own."
            )
        self.fields["own_words"].help_text = _(
            "Who are you, what happened, what do you ask? One true sentence from you counts for"
            " more than a page of ours."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("own_words")
            and not data.get("statement")
            and "statement" not in self.errors
        ):
            self.add_error(
                "statement", _("The letter is empty. Write a line, or bring our words back.")
            )
        if self.to_congress and not self.errors:
            self.check_for_congress(self.to_congress, data)
        return data

    def ask_for_missing(self, address: Address) -> None:
        """A ZIP code finds your representatives; Congress answers only those who say where they
        live.
        """
        if len(address.street) < LEAST["street"]:
            self.fields["street"] = line(
                gettext_lazy("Street address"),
                missing=gettext_lazy(
                    "Congress answers constituents only: type your street address."
                ),
            )
        if len(address.city) < LEAST["city"]:
            self.fields["city"] = line(
                gettext_lazy("City"),
                missing=gettext_lazy("Congress wants the name of your city."),
                length=80,
            )

    def check_for_congress(self, address: Address, data: Mapping[str, Any]) -> None:
        typed = {
            name: data.get(name, "")
            for name in ("prefix", "given_name", "family_name", "email", "phone")
        }
        place = {
            name: data.get(name) or getattr(address, name)
            for name in ("street", "city", "state", "zip")
        }
        texts = {name: data.get(name, "") for name in ("subject", "statement", "own_words")}
        found = problems(Constituent(**typed, **place), **texts)
        found.pop("state", None)  # the lookup says which it is: nobody is asked
        for field, message in found.items():
            self.add_error(field if field in self.fields else None, message)
        if len(texts["statement"]) + len(texts["own_words"]) > TEXT[1] - 10 and not self.errors:
            self.add_error(
                "own_words",
                _(
                    "Together with the letter this is too long for Congress. Please shorten one of"
                    " them."
                ),
            )


class CallForm(PersonForm):
    """A call, and for each office what came of it. An office not called yet is left open."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            if place.holder:
                self.fields[f"outcome_{place.seat.pk}"] = forms.ChoiceField(
                    label=place.holder.legislator.name,
                    required=False,
                    choices=[*Call.Outcome.choices, ("", _("I haven't called yet"))],
                    widget=forms.RadioSelect,
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.outcomes(data):
            self.add_error(None, _("Make one call and say how it went, then send this."))
        return data

    @staticmethod
    def outcomes(data: Mapping[str, Any]) -> dict[int, str]:
        """Seat id -> outcome, for the offices that were called."""
        return {
            int(name.removeprefix("outcome_")): value
            for name, value in data.items()
            if name.startswith("outcome_") and value
        }


PERSON_FORMS: dict[str, type[PersonForm]] = {
    Ask.Kind.PETITION: PersonForm,
    Ask.Kind.LETTER: LetterForm,
    Ask.Kind.CALL: CallForm,
}
