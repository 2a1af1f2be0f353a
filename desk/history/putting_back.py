"""An earlier version comes back through the form that edits it: it stands there as if somebody had
typed it, and is saved, or refused, as any edit is.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from actions.typed_numbers import typed_number
from campaigns.models import Campaign, Change

PUT_BACK = "put_back"


def asked_for(request: HttpRequest, campaign: Campaign | None, thing: str) -> Change | None:
    """The change before which it was as it shall be again, if the request names one of this very
    thing; a group of targets or a version that is gone comes back in the form for a new one.
    """
    pk = typed_number((request.POST or request.GET).get(PUT_BACK, ""))
    found = campaign.changes.filter(pk=pk).first() if campaign and pk else None
    if found is None or not found.before:
        return None
    *part, _pk = thing.split(":")
    is_of_this = found.thing == thing
    is_new = thing.endswith((":targets:new", ":version:new"))
    comes_anew = is_new and found.thing.split(":")[:-1] == part
    return found if is_of_this or comes_anew else None


def earlier_values(form: Any, before: dict[str, str]) -> dict[str, Any]:
    """By field, as a form begins with them. A field that the form has no more stays away."""
    return {
        name: value_of(form.fields[name], text)
        for name, text in before.items()
        if name in form.fields and not form.fields[name].disabled
    }


def value_of(field: forms.Field, text: str) -> Any:
    """The opposite of desk.newer_version.as_text."""
    if isinstance(field, forms.MultipleChoiceField):
        return text.splitlines()
    if isinstance(field, forms.BooleanField):
        return text == "on"
    return text
