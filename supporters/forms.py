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
from supporters.public_form import PublicForm
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
