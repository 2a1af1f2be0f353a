"""What every form that the public fills in is made of: what it says is ours, in both languages.

Django's sentences are a machine's, and its Spanish ones call people *usted*.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

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
