"""What supporters type into forms, read and cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from email_validator import EmailNotValidError, validate_email

from accounts.mailboxes import cleaned_mailbox
from supporters.phones import typed_phone
from worker.channels.mime import BadMessage, squeeze, wire_address

OLDEST = 120


class NeverCut(forms.CharField):
    """Text of which a paste that is too long is told so: at a `maxlength` browsers cut it without a
    word. The page's counter reads `data-longest`.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if longest := attrs.pop("maxlength", None):
            attrs["data-longest"] = longest
        return attrs


class LineField(NeverCut):
    """A name, a street, a subject: one line of visible characters.

    Marks that turn or hide text are dropped, not complained about.
    """

    def to_python(self, value: Any) -> str:
        return squeeze(super().to_python(value) or "")


class EmailField(NeverCut):
    """A mailbox on the open internet: no quoted names, no address literals.

    Raises with a message that says what to mend.
    """

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "email", "inputmode": "email"}
        missing = {"required": gettext_lazy("Type your e-mail address: we send one link there.")}
        widget = forms.EmailInput(attrs=attrs)
        super().__init__(
            max_length=254,
            label=gettext_lazy("E-mail"),
            error_messages=missing,
            widget=widget,
            **kwargs,
        )

    def clean(self, value: object) -> str:
        typed = cleaned_mailbox(super().clean(value) or "")
        if not typed:
            return super().clean("")
        try:
            # As it goes over the wire: an international domain as IDNA 2008 writes it. Few mail
            # servers take other local parts than ASCII.
            found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
            return wire_address(found.ascii_email or found.normalized)
        except (EmailNotValidError, BadMessage) as error:
            raise ValidationError(
                _(
                    "This doesn't look like an e-mail address. Is something missing, such as"
                    " “@example.org”?"
                )
            ) from error


class PhoneField(NeverCut):
    """A phone number in any usual spelling, with its extension (supporters.phones). US numbers need
    no country code; of somebody who lives elsewhere, those of their `region` need none.
    """

    region = "US"

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
        super().__init__(
            max_length=40,
            label=gettext_lazy("Phone"),
            widget=forms.TextInput(attrs={**attrs, "type": "tel"}),
            **kwargs,
        )

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        return typed_phone(typed, self.region) if typed else ""


class AgeField(forms.IntegerField):
    """A neutral question: no hint which answer passes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=OLDEST,
            label=gettext_lazy("How old are you?"),
            help_text=gettext_lazy("We ask everybody."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
            error_messages={
                name: gettext_lazy("Type your age in years, such as 34.")
                for name in ("required", "invalid", "min_value", "max_value")
            },
            **kwargs,
        )


# What every form of the public says is ours, in both languages: Django's sentences are a machine's,
# and its Spanish ones call people *usted*.
UNREADABLE = gettext_lazy("We cannot read this. Please type it once more.")
GONE = gettext_lazy("That choice is offered no more. Please choose again.")
SAID: dict[str, Any] = {
    "required": gettext_lazy("Please fill this in."),
    "invalid": UNREADABLE,
    "null_characters_not_allowed": UNREADABLE,
    "invalid_choice": GONE,
    "invalid_list": GONE,
    "max_length": gettext_lazy(
        "This is %(show_value)d characters long, and %(limit_value)d fit. Please shorten it."
    ),
}
# The first that a field is one of.
MISSING: list[tuple[type[forms.Field], Any]] = [
    (forms.BooleanField, gettext_lazy("Please tick this box.")),
    (forms.ChoiceField, gettext_lazy("Please choose one.")),
    (forms.ModelChoiceField, gettext_lazy("Please choose one.")),
    (forms.DateField, gettext_lazy("Please choose a day.")),
]


class PublicForm(forms.Form):
    """A field that says something of its own (`error_messages`) goes on saying it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Once: each form of this kind is given copies of them.
        for field in self.base_fields.values():
            speak(field)
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        # Here and not as it is made: forms are given fields until the moment they are read.
        if self.is_bound:
            for field in self.fields.values():
                speak(field)
        super().full_clean()


def speak(field: forms.Field) -> None:
    """Ours for what is Django's in it; twice is once."""
    if hasattr(field, "speaks_as_we_do"):
        return
    field.speaks_as_we_do = True  # type: ignore[attr-defined]
    for code, sentence in SAID.items():
        if is_stock(field, code):
            field.error_messages[code] = missing(field) if code == "required" else sentence


def missing(field: forms.Field) -> Any:
    return next((said for kind, said in MISSING if isinstance(field, kind)), SAID["required"])


def is_stock(field: forms.Field, code: str) -> bool:
    """Whether nobody here gave the field a sentence for this."""
    said = field.error_messages.get(code)
    return said is None or any(
        said is getattr(kind, "default_error_messages", {}).get(code)
        for kind in type(field).__mro__
        if kind.__module__.startswith("django.")
    )


class NewsletterForm(PublicForm):
    given_name = LineField(
        label=gettext_lazy("First name"),
        max_length=70,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = EmailField()
    age = AgeField()
    # A honeypot: people do not see it, machines fill it in (docs/safety.md A1).
    website = forms.CharField(required=False)
