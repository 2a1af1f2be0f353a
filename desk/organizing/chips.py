"""A choice of a few out of many: what is chosen stands as chips, the others are typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise


class Chips(forms.CheckboxSelectMultiple):
    """Ticked boxes for what is chosen, and a field that suggests the rest. Works without scripts:
    the button beside the field sends the form with `do` as "add".

    What is typed counts as chosen, by its label or its value, whichever button is pressed; what is
    neither is a wrong choice and stays in the field.
    """

    template_name = "desk/widgets/chips.html"

    def __init__(
        self, *args: Any, what: str | Promise = "", add: str | Promise = "", **options: Any
    ) -> None:
        """`what`: the label of the field to type into; `add`: that of its button."""
        super().__init__(*args, **options)
        self.what, self.add = what, add

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        chosen = list(super().value_from_datadict(data, files, name) or [])
        typed = " ".join(str(data.get(typed_name(name), "")).split())
        if not typed:
            return chosen
        named = {str(label).casefold(): str(value) for value, label in self.choices}
        values = {value.casefold(): value for value in named.values()}
        found = named.get(typed.casefold()) or values.get(typed.casefold()) or typed
        return chosen if found in chosen else [*chosen, found]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        chosen = [str(one) for one in value or ()]
        labels = {str(key): str(label) for key, label in self.choices}
        context = super().get_context(name, [], attrs)
        context["widget"] |= {
            "what": self.what,
            "add": self.add,
            "typed_name": typed_name(name),
            # What nobody knows stays to be mended.
            "typed": next((one for one in chosen if one not in labels), ""),
            "chips": [(one, labels[one]) for one in chosen if one in labels],
            "others": [pair for pair in labels.items() if pair[0] not in chosen],
        }
        return context


def typed_name(name: str) -> str:
    """Of the field beside the chips."""
    return f"add-{name}"
