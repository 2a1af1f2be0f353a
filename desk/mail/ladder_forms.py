"""What a person types about routes: an order of ways, a better e-mail address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mailboxes import cleaned_mailbox
from actions.models import Route
from legislators.models import CONGRESS
from worker.channels.mime import BadMessage, wire_address

KEPT = gettext_lazy("Kept with your name, for whoever asks later.")
ORDER = [
    gettext_lazy("First"),
    gettext_lazy("Second"),
    gettext_lazy("Third"),
    gettext_lazy("Fourth"),
    gettext_lazy("Fifth"),
]


def routes_for(chamber: str) -> list[Route]:
    """Those that can make sense there."""
    # NONE is what a letter to an empty seat has, and no way.
    elsewhere = {Route.NONE} if chamber in CONGRESS else {Route.NONE, Route.CWC}
    return [route for route in Route if route not in elsewhere]


class LadderForm(forms.Form):
    """A place for each route, which works without scripts; one left without a place is never
    used.
    """

    def __init__(self, chamber: str, routes: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        possible = routes_for(chamber)
        places = [
            ("", _("Not used")),
            *((str(n), words) for n, words in enumerate(ORDER[: len(possible)], start=1)),
        ]
        for route in possible:
            initial = str(list(routes).index(route) + 1) if route in routes else ""
            self.fields[route] = forms.ChoiceField(
                label=route.label, choices=places, required=False, initial=initial
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why"), min_length=3, max_length=300, help_text=KEPT
        )

    def clean(self) -> dict[str, Any]:
        taken = [
            place for name, place in self.cleaned_data.items() if name in Route.values and place
        ]
        if not taken:
            raise forms.ValidationError(_("Use at least one way."))
        if len(set(taken)) < len(taken):
            raise forms.ValidationError(_("Two ways stand at the same place: give each its own."))
        return self.cleaned_data

    @property
    def routes(self) -> list[str]:
        placed = {
            name: place
            for name, place in self.cleaned_data.items()
            if name in Route.values and place
        }
        return sorted(placed, key=lambda name: int(placed[name]))


class AddressForm(forms.Form):
    """`address`: another one, or one that works after all."""

    address = forms.CharField(label=gettext_lazy("E-mail address"), max_length=254)
    reason = forms.CharField(
        label=gettext_lazy("How you know"), min_length=3, max_length=300, help_text=KEPT
    )

    def clean_address(self) -> str:
        try:
            return wire_address(cleaned_mailbox(self.cleaned_data["address"]))
        except BadMessage as bad:
            raise forms.ValidationError(str(bad)) from bad
