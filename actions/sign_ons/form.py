"""What a representative types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.models import Signatory
from actions.sign_ons.signing import Signing
from legislators.state_words import state_names
from supporters.forms import SAID, AgeField, EmailField, LineField, NeverCut, PublicForm

Kind = Signatory.Kind
NAME_ONLY, WITH_PERSON = "organization", "person"
OUTSIDE = "-"


def authority() -> str:
    """The statement without which nobody signs; it is kept with the signature."""
    return _("I am authorized to sign for this organization.")


def shown(choice: str) -> str:
    """What a representative allows to be shown, in the words that they chose."""
    if choice == WITH_PERSON:
        return _("Show my organization’s name, and my name and title beside it.")
    return _("Show my organization’s name only.")


def line(label: Any, missing: Any, length: int, **options: Any) -> LineField:
    autocomplete = options.pop("autocomplete", "off")
    return LineField(
        label=label,
        max_length=length,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


class SiteField(NeverCut, forms.URLField):
    """An organization's website, "https://" or not. Of one that is no good one message is said, and
    its length is of what was typed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=300,
            assume_scheme="https",
            label=gettext_lazy("Website"),
            error_messages={
                "invalid": gettext_lazy("A web address, such as example.org."),
                "max_length": SAID["max_length"],
            },
            **options,
        )

    def clean(self, value: Any) -> str:
        typed = str(value or "").strip()
        assert self.max_length is not None
        fit = self.max_length - (0 if "://" in typed else len("https://"))
        if len(typed) > fit:
            numbers = {"show_value": len(typed), "limit_value": fit}
            raise forms.ValidationError(self.error_messages["max_length"], "max_length", numbers)
        try:
            return str(super().clean(value))
        except forms.ValidationError as fault:
            raise fault.error_list[0] from None


class SigningForm(PublicForm):
    organization = line(
        gettext_lazy("Organization’s name"),
        gettext_lazy("Type your organization’s name, as it is to stand on the letter."),
        160,
        autocomplete="organization",
        help_text=gettext_lazy("As it is to stand on the letter."),
    )
    kind = forms.ChoiceField(
        choices=[("", gettext_lazy("Choose one")), *Kind.choices],
        label=gettext_lazy("Kind of organization"),
        error_messages={"required": gettext_lazy("Choose which kind of organization it is.")},
    )
    city = line(
        gettext_lazy("City"), gettext_lazy("Type the city of your organization’s office."), 80
    )
    us_state = forms.ChoiceField(
        label=gettext_lazy("State"),
        error_messages={
            "required": gettext_lazy("Choose the state of your organization’s office.")
        },
    )
    site = SiteField(
        help_text=gettext_lazy("It helps us to know your organization. It is not shown."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    given_name = line(
        gettext_lazy("Your first name"),
        gettext_lazy("Type your first name."),
        70,
        autocomplete="given-name",
    )
    family_name = line(
        gettext_lazy("Your last name"),
        gettext_lazy("Type your last name."),
        70,
        autocomplete="family-name",
    )
    role = line(
        gettext_lazy("Your title there"),
        gettext_lazy("Type your title, such as Executive Director."),
        120,
        autocomplete="organization-title",
    )
    email = EmailField()
    age = AgeField()
    shows = forms.ChoiceField(
        label=gettext_lazy("What may we show on this page and on the letter?"),
        widget=forms.RadioSelect,
        initial=NAME_ONLY,
        error_messages={"required": gettext_lazy("Choose what we may show.")},
    )
    authorized = forms.BooleanField(
        error_messages={
            "required": gettext_lazy(
                "Only somebody who may sign for the organization can put it on the letter."
            )
        }
    )
    # A honeypot, so that the real one is called `site`: people do not see it, machines fill it in
    # (docs/safety.md A1).
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        states = sorted(state_names().items(), key=lambda row: row[1])
        none = ("", _("Choose one"))
        outside = (OUTSIDE, _("None: outside the United States"))
        fields: dict[str, Any] = self.fields
        # Here and not in the class: states are rows, and choices are in the reader's language.
        fields["us_state"].choices = [none, *states, outside]
        fields["shows"].choices = [(one, shown(one)) for one in (NAME_ONLY, WITH_PERSON)]
        fields["authorized"].label = authority()
        fields["email"].label = _("Your work e-mail")
        fields["email"].help_text = _("We send one link there. It is never shown.")

    def clean_us_state(self) -> str:
        chosen: str = self.cleaned_data["us_state"]
        return "" if chosen == OUTSIDE else chosen

    def signing(self) -> Signing:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("organization", "kind", "city", "us_state", "site")
        person = ("given_name", "family_name", "role", "email")
        return Signing(
            **{name: data[name] for name in (*names, *person)},
            language=get_language() or "en",
            authority=authority(),
            names_person=data["shows"] == WITH_PERSON,
            wording=shown(data["shows"]),
        )
