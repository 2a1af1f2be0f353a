"""The first step's forms: where somebody lives, and which districts are theirs. Nothing of them is
stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.pages.countries import AbroadSelect, CountryField, CountrySelect
from campaigns import kept
from campaigns.abroad.countries import HOME, countries
from campaigns.models import Ask
from legislators import lookup
from legislators.addresses import Address, BadAddress
from legislators.lookup import Place
from legislators.models import Jurisdiction
from legislators.states import FRANKLIN, STATES
from supporters.forms import AgeField, LineField, PublicForm

NOT_SURE = "not-sure"
POSTAL_CODE_LENGTH = 10  # the longest there are: "01310-100", "W1A 0AX"


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


class StateField(forms.ChoiceField):
    """One of some fifty, found at once, as a country is."""

    def valid_value(self, value: Any) -> bool:
        return not value or str(value) in dict(known_states())


class HomeForm(PublicForm):
    """Where somebody lives. `address` is set when it is valid and in the United States."""

    # Which parts are needed depends on the others, so no field claims to be optional.
    says_optional = False

    street = line(
        # A whole address is often pasted in here, and understood.
        gettext_lazy("Street address"),
        autocomplete="street-address",
        required=False,
        length=250,
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
    state = StateField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [("", _("Choose your state")), *known_states()],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )

    address: Address | None = None
    needs_zip = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state_field = self.fields.pop("state")
        if self.data.get("state") or self.initial.get("state"):
            self.fields["state"] = self.state_field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A ZIP that is no line has its error already.
        if "zip" in self.errors:
            return data
        typed = {name: data.get(name, "") for name in ("street", "city", "state", "zip")}
        try:
            self.address = Address.clean(**typed)
        except BadAddress as error:
            for field, message in error.errors.items():
                self.add_error(field if field in self.fields else "zip", message)
        if self.needs_zip and self.address and not self.address.zip:
            self.address = self._with_zip(self.address)
        # A street field may hold a whole address, with its ZIP code. A wrong one has its own error.
        if self.needs_zip and not typed["zip"] and not (self.address and self.address.zip):
            self.address = None
            self.errors.pop("zip", None)
            self.add_error("zip", _("Type your ZIP code: it is enough to begin with."))
        return data

    def _with_zip(self, address: Address) -> Address:
        """A town and its state may be enough: letters need a ZIP code, people need not type it."""
        try:
            return lookup.complete(address)
        except lookup.LookupUnavailable:
            return address

    def ask_state(self, why: str) -> None:
        """Nothing that was typed names a state: show the field for it, and say why."""
        self.fields["state"] = self.state_field
        self.add_error("state", why)


class AddressForm(HomeForm):
    """A campaign's first step: a petition asks for the country and no street; some ask the age.

    `asks_country`: instead of the address, where the campaign invites people outside the United
    States; a form that comes back with a country had been asked.
    """

    country = CountryField(
        label=gettext_lazy("Country"),
        initial=HOME,
        choices=lambda: countries(get_language() or "en"),
        widget=CountrySelect,
    )
    age = AgeField()

    is_abroad = False  # once it is valid
    asks_country = False
    home_abroad: Address | None = None

    def __init__(self, *args: Any, ask: Ask, asks_country: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask = ask
        if not ask.campaign.asks_age:
            del self.fields["age"]
        self.needs_zip = ask.has_targets
        invites = ask.has_targets and ask.campaign.invites_abroad
        if invites and (asks_country or "country" in (self.data or self.initial)):
            self._ask_for_country()
        elif ask.has_targets:
            del self.fields["country"]
        else:
            del self.fields["street"], self.fields["city"]
            self.fields["zip"].help_text = _("If you live in the United States.")

    def _ask_for_country(self) -> None:
        self.asks_country = True
        del self.fields["street"]
        self.fields["country"].widget = AbroadSelect(attrs={"autocomplete": "country"})
        self.fields["country"].initial = ""
        self.fields["country"].error_messages["required"] = _("Choose the country you live in.")
        self.fields["zip"].label = _("Postal code")
        self.fields["zip"].help_text = _("If your country has them.")
        self.fields["zip"].widget.attrs.pop("inputmode", None)
        self.needs_zip = False

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("country", HOME) == HOME and not self.asks_country:
            return super().clean()
        # Nobody is looked up there, and a postal code of theirs may have any form.
        data = self.cleaned_data
        if data.get("country") == HOME:
            self.add_error("country", _("Choose the country you live in."))
        self.is_abroad = "country" not in self.errors
        code = data.get("zip", "")[:POSTAL_CODE_LENGTH]
        self.home_abroad = Address(street="", city=data.get("city", ""), zip=code)
        return data


def known_states() -> list[tuple[str, str]]:
    """The same, as it was a moment ago (campaigns.kept)."""
    found: list[tuple[str, str]] = kept.of("states", sorted_states)
    return found


def sorted_states() -> list[tuple[str, str]]:
    """Every state and territory whose people elect somebody, by name; the made-up one while it is
    here. One query, once the field is shown or read.
    """
    here = {code: state.name for code, state in STATES.items()}
    if Jurisdiction.objects.filter(code=FRANKLIN.code).exists():
        here[FRANKLIN.code] = FRANKLIN.name
    return sorted(here.items(), key=itemgetter(1))


def state_name(code: str) -> str:
    """As a heading, not as within a sentence."""
    return FRANKLIN.name if code == FRANKLIN.code else STATES[code].name


class ChooseForm(PublicForm):
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
    """ "District 7: Ada Smith, Bo Diaz"."""
    names = [
        place.holder.legislator.name if place.holder else vacancy_in_words(place)
        for place in places
    ]
    return f"{places[0].seat.district_name}: {', '.join(names)}"


def vacancy_in_words(place: Place) -> str:
    """Why a seat has no name."""
    if place.status == "turnover":
        return _("a new term has begun")
    return _("vacant") if place.status == "vacant" else _("holder not known")
