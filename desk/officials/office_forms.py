"""What a person types about an office of our own, in a form or in a row of a table."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.officials.forms import DAY, WaysForm
from legislators.by_hand.holders import KINDS, Said
from legislators.by_hand.offices import NewOffice, is_there
from legislators.models import Jurisdiction, Serves
from legislators.states import STATES, UNITED_STATES, state_code

AT_MOST_ZIPS = 5000


def states() -> list[tuple[str, str]]:
    """Every state and territory, and the made-up one while it is here."""
    here = Jurisdiction.objects.exclude(code=UNITED_STATES.code).values_list("code", "name")
    known = {state.code: state.name for state in STATES.values()} | dict(here)
    return [("", _("None: it serves everybody")), *sorted(known.items(), key=lambda item: item[1])]


def zips_in(text: str) -> tuple[str, ...]:
    """Five digits each, between commas, blanks or lines. Raises ValidationError."""
    found = [word for word in re.split(r"[\s,;]+", text) if word]
    wrong = [word for word in found if not re.fullmatch(r"[0-9]{5}", word)]
    if wrong:
        words = _("No ZIP codes of five digits: %s") % ", ".join(wrong[:5])
        raise forms.ValidationError(words)
    if len(found) > AT_MOST_ZIPS:
        raise forms.ValidationError(_("At most %d ZIP codes.") % AT_MOST_ZIPS)
    return tuple(dict.fromkeys(found))


class ZipsField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("ZIP codes"),
            help_text=gettext_lazy("Only for an office that serves some: as many as you like."),
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
            **options,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        return zips_in(super().clean(value))


class TakesAbroad(forms.BooleanField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("It reads letters from outside the United States"),
            help_text=gettext_lazy(
                "A campaign that invites people abroad then lets them write here."
            ),
            required=False,
            **options,
        )


class OfficeForm(WaysForm):
    """The office, whom it serves, and who holds it if that is known."""

    office = forms.CharField(
        label=gettext_lazy("Name of the office"),
        help_text=gettext_lazy("As people read it: Attorney General of Maryland, Board of Parole."),
        max_length=80,
    )
    title = forms.CharField(
        label=gettext_lazy("What its holder is called"),
        help_text=gettext_lazy("Before their name: Attorney General, Chair, Superintendent."),
        max_length=60,
    )
    serves = forms.ChoiceField(
        label=gettext_lazy("Whom it serves"), choices=Serves.choices, widget=forms.RadioSelect
    )
    # Looked up for each form: the made-up state comes and goes.
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=states, required=False)
    zips = ZipsField()
    takes_abroad = TakesAbroad()
    holder = forms.CharField(
        label=gettext_lazy("Who holds it"),
        help_text=gettext_lazy("A person, or whoever answers there: Customer Relations."),
        max_length=120,
        required=False,
    )
    party = forms.CharField(label=gettext_lazy("Party"), max_length=60, required=False)
    since = forms.DateField(label=gettext_lazy("Since"), **DAY)
    until = forms.DateField(label=gettext_lazy("Until"), **DAY)
    source = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("A link, or words. Kept with your name, for whoever asks later."),
        min_length=3,
        max_length=300,
    )
    field_order = (
        *("office", "title", "serves", "state", "zips", "takes_abroad"),
        *("holder", "party", "since"),
    )
    columns = (*field_order, "until", "source", *KINDS)

    def clean_serves(self) -> str:
        return str(self.cleaned_data["serves"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._clean_area(data)
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("It ends before it begins."))
        if not data.get("holder") and any(data.get(kind) for kind in KINDS):
            self.add_error("holder", _("Say who is reached there."))
        if not self.errors and is_there(data["office"], data["state"]):
            self.add_error("office", _("This office is there already."))
        return data

    def _clean_area(self, data: dict[str, Any]) -> None:
        serves, has_zips = data.get("serves"), bool(data.get("zips"))
        if serves == Serves.EVERYBODY:
            data["state"] = ""
        elif serves and not data.get("state") and "state" not in self.errors:
            self.add_error("state", _("Choose its state."))
        if serves == Serves.ZIPS and not has_zips and "zips" not in self.errors:
            self.add_error("zips", _("List its ZIP codes."))
        if serves and serves != Serves.ZIPS and has_zips:
            self.add_error("zips", _("It serves more than these: leave them out."))

    @property
    def new(self) -> NewOffice:
        data = self.cleaned_data
        said = Said(
            name=data["holder"],
            source=data["source"],
            party=data["party"],
            since=data["since"],
            until=data["until"],
            ways=self.ways,
        )
        return NewOffice(
            name=data["office"],
            title=data["title"],
            serves=data["serves"],
            state=data["state"],
            zips=data["zips"],
            takes_abroad=data["takes_abroad"],
            holder=said if said.name else None,
        )


class ChangeOfficeForm(forms.Form):
    """Which ZIP codes it serves, and the day on which it ends."""

    zips = ZipsField()
    takes_abroad = TakesAbroad()
    ended_on = forms.DateField(
        label=gettext_lazy("Ends on"),
        help_text=gettext_lazy(
            "From this day on no campaign addresses it. Its letters stay. Blank: it goes on."
        ),
        **DAY,
    )

    def __init__(self, *args: Any, serves: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if serves != Serves.ZIPS:
            del self.fields["zips"]

    def clean_zips(self) -> tuple[str, ...]:
        zips: tuple[str, ...] = self.cleaned_data["zips"]
        if not zips:
            raise forms.ValidationError(_("List its ZIP codes."))
        return zips


def row_as_typed(row: dict[str, str]) -> dict[str, str]:
    """A row of a table as the form wants it: a state by its name, whom it serves in words."""
    typed = {name: (value or "").strip() for name, value in row.items()}
    known = {"everybody": "all", "everyone": "all", "statewide": "state", "zip": "zips"}
    serves = typed.get("serves", "").lower()
    typed["serves"] = known.get(serves, serves)
    if typed.get("takes_abroad", "").lower() in ("no", "false", "0"):
        typed["takes_abroad"] = ""
    written = typed.get("state", "")
    typed["state"] = state_code(written) or written.upper()
    return typed
