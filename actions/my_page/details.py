"""Name and address, put right by whoever they are of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.correcting import DETAILS, NAMES, correct
from actions.models import PageKey
from actions.my_page.visits import own_page
from actions.pages.address_forms import known_states, line
from actions.pages.countries import CountrySelect
from campaigns.abroad.countries import countries
from legislators import lookup
from legislators.addresses import Address, BadAddress
from supporters.forms import PhoneField, PublicForm
from supporters.models import Supporter
from supporters.phones import shown_phone
from worker.queue import call

FIND_DISTRICTS = "desk.tasks.find_districts_of"
PLACE = ("street", "city", "state", "zip")


class DetailsForm(PublicForm):
    """Filled with what we know; `typed` is what came of it. An address may be left out whole."""

    given_name = line(
        gettext_lazy("First name"),
        missing=gettext_lazy("Type your first name."),
        autocomplete="given-name",
    )
    # Whoever only gets the newsletter was never asked for one.
    family_name = line(
        gettext_lazy("Last name"),
        missing=gettext_lazy("Type your last name."),
        autocomplete="family-name",
        required=False,
    )
    phone = PhoneField(required=False)
    street = line(
        gettext_lazy("Street address"), autocomplete="street-address", required=False, length=250
    )
    city = line(gettext_lazy("City"), autocomplete="address-level2", required=False, length=80)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [("", _("Choose your state")), *known_states()],
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    zip = line(
        gettext_lazy("ZIP code"),
        autocomplete="postal-code",
        required=False,
        length=12,
        inputmode="numeric",
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=lambda: countries(get_language() or "en"),
        widget=CountrySelect,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The language of our mail"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, supporter: Supporter, **kwargs: Any) -> None:
        known = {name: getattr(supporter, name) for name in (*NAMES, *DETAILS)}
        known["phone"] = shown_phone(supporter.phone) if supporter.phone else ""
        super().__init__(*args, **{"initial": known, **kwargs})
        self.fields["family_name"].required = bool(supporter.family_name)
        if supporter.is_minor:
            del self.fields["street"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = {name: data.get(name, "") for name in PLACE}
        if not any(typed.values()) or data.get("country") != "US":
            return data
        try:
            address = Address.clean(**typed)
        except BadAddress as error:
            for field, message in error.errors.items():
                self.add_error(field if field in self.fields else "zip", message)
            return data
        data |= {name: getattr(address, name) for name in PLACE if name in self.fields}
        data["state"] = state_of(address) or data["state"]
        return data

    def typed(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def state_of(address: Address) -> str:
    """Where its ZIP code lies, or what was chosen where that does not say."""
    if not address.zip:
        return address.state
    try:
        return lookup.state_of_zip(address.zip, address.state).state
    except lookup.LookupUnavailable:
        return address.state


@own_page
def details(request: HttpRequest, key: PageKey) -> HttpResponse:
    supporter = key.supporter
    form = DetailsForm(request.POST or None, supporter=supporter)
    if request.method == "POST" and form.is_valid():
        is_free = correct(supporter, form.typed())
        if set(form.changed_data) & set(PLACE):
            # Maps are read for it, which takes a while.
            call(FIND_DISTRICTS, [(supporter.pk, supporter.pk)], queue="desk")
        if is_free:
            return redirect("actions:my_page")
        page = {"key": key, "is_name": True}
        return render(request, "actions/my_page/is_somebody.html", page)
    status = 422 if form.is_bound else 200
    page = {"key": key, "form": form, "supporter": supporter}
    return render(request, "actions/my_page/details.html", page, status=status)
