"""What a person types about who holds an office and how it is reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mailboxes import cleaned_mailbox
from legislators.by_hand.holders import KINDS, Said
from legislators.contacts import tel
from worker.channels.mime import BadMessage, wire_address

DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}), "required": False}
NAMED: dict[str, Any] = {"max_length": 120, "required": False}


class WaysForm(forms.Form):
    """How somebody is reached. Each is used once another person approves it."""

    email = forms.CharField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    form = forms.URLField(
        label=gettext_lazy("Page with their contact form"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("On one line, with the ZIP code: for letters on paper."),
        max_length=300,
        required=False,
    )

    def clean_email(self) -> str:
        typed = cleaned_mailbox(self.cleaned_data["email"])
        try:
            return wire_address(typed) if typed else ""
        except BadMessage as bad:
            raise forms.ValidationError(str(bad)) from bad

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"].strip()
        if typed and not tel(typed):
            raise forms.ValidationError(_("This is no telephone number of ten digits."))
        return typed

    @property
    def ways(self) -> dict[str, str]:
        return {kind: value for kind in KINDS if (value := self.cleaned_data.get(kind, ""))}


class HolderForm(WaysForm):
    """Who holds a seat, or that nobody does; from when to when, and how that is known."""

    is_vacant = forms.BooleanField(label=gettext_lazy("The seat is vacant"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), **NAMED)
    party = forms.CharField(label=gettext_lazy("Party"), max_length=60, required=False)
    since = forms.DateField(
        label=gettext_lazy("Since"),
        help_text=gettext_lazy("May lie ahead: until that day nothing changes."),
        **DAY,
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The first day on which it is no longer so."),
        **DAY,
    )
    source = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("A link, or words. Kept with your name, for whoever asks later."),
        min_length=3,
        max_length=300,
    )
    field_order = ("name", "is_vacant", "party", "since", "until", "source", *KINDS)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        name, is_vacant = data.get("name", ""), data.get("is_vacant")
        # A name that is too long has an error of its own already.
        if bool(name) == bool(is_vacant) and "name" not in self.errors:
            words = _("Name somebody or say that the seat is vacant, one of the two.")
            self.add_error("name", words)
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("It ends before it begins."))
        if is_vacant and until:
            self.add_error("until", _("A vacancy ends when you name somebody."))
        return data

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            name=data["name"],
            source=data["source"],
            party=data["party"],
            since=data["since"],
            until=data["until"],
            ways={} if data["is_vacant"] else self.ways,
        )
