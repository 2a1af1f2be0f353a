"""A start and an end in the clock of a zone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import zones
from campaigns.carrying.carry import home_of
from campaigns.models import Campaign, Schedule
from campaigns.preflight import TO_FILL_IN
from desk.organizing.campaign_forms import EndForm, RadioSelectWithDefault
from desk.schedules.wall_time import WallTimeField, instant_to_come, twice, wall_text


class ScheduleForm(forms.Form):
    zone = forms.ChoiceField(choices=zones.ZONES, label=gettext_lazy("Time zone"))
    opens_at = WallTimeField(
        required=False,
        label=gettext_lazy("Opens"),
        help_text=gettext_lazy(
            "It goes live by itself if the check finds nothing to mend at that moment; otherwise it"
            " stays a draft, and everybody who runs campaigns is told."
        ),
    )
    is_announced = forms.BooleanField(
        required=False,
        label=gettext_lazy("Until then its address says when it opens"),
        help_text=gettext_lazy(
            "With its title and summary. Unticked: nobody can tell it is there."
        ),
    )
    closes_at = WallTimeField(
        required=False,
        label=gettext_lazy("Closes"),
        help_text=gettext_lazy(
            "As if somebody pressed Close: with its closing message, and half an hour in which it"
            " can be undone."
        ),
    )
    letters = forms.ChoiceField(
        choices=EndForm.base_fields["letters"].choices,  # type: ignore[attr-defined]
        widget=RadioSelectWithDefault,
        initial=EndForm.STOP,
        label=gettext_lazy("What becomes of letters that have not left by then"),
    )
    tells_signers = forms.BooleanField(
        required=False,
        label=gettext_lazy("Tell those who asked to hear what becomes of it"),
        help_text=gettext_lazy("By mail, with the closing message, once that half hour is over."),
    )

    def __init__(
        self,
        *args: Any,
        campaign: Campaign,
        times: Schedule | None,
        may_tell: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.campaign = campaign
        self.instants: dict[str, dt.datetime | None] = {}
        for name, value in values_of(campaign, times).items():
            self.fields[name].initial = value
        if campaign.state != Campaign.State.DRAFT:
            del self.fields["opens_at"], self.fields["is_announced"]
        if not may_tell:
            del self.fields["tells_signers"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            zone = data.get("zone", "")
            self.instants[name] = instant_to_come(self, name, data.get(name), zone)
        opens, closes = self.instants["opens_at"], self.instants["closes_at"]
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens."))
        if data.get("is_announced") and (left := self.not_written()):
            said = _("Its title or summary is not written yet. People would read: %(left)s")
            self.add_error("is_announced", said % {"left": left})
        if closes and not self.has_closing_message():
            said = _("Write the closing message first, among its words: what shall people read?")
            self.add_error("closes_at", said)
        return data

    def has_closing_message(self) -> bool:
        first = self.campaign.words.filter(language=settings.LANGUAGE_CODE)
        return bool(first.exclude(closing_message="").exists())

    def not_written(self) -> str:
        """What starter words leave to be written in what an announced draft's page shows."""
        shown_there = (f"{row.title}\n{row.summary}" for row in self.campaign.words.all())
        found = TO_FILL_IN.search("\n".join(shown_there))
        return found[0] if found else ""

    def twice(self) -> list[str]:
        """Times that clocks show twice that night; the first is meant."""
        walls = [self.cleaned_data.get(name) for name in ("opens_at", "closes_at")]
        return twice(walls, self.cleaned_data["zone"])

    def values(self) -> dict[str, Any]:
        """By the fields of a Schedule. What this form does not ask stays."""
        data = self.cleaned_data
        found = {"zone": data["zone"], "stops_letters": data["letters"] != EndForm.GO}
        asked = {"opens_at", "is_announced", "closes_at", "tells_signers"} & self.fields.keys()
        return found | {name: self.instants.get(name, data[name]) for name in asked}


def values_of(campaign: Campaign, times: Schedule | None) -> dict[str, Any]:
    """What the form begins with."""
    if times is None:
        home = zones.zone_of(home_of(campaign)) or settings.TIME_ZONE
        return {"zone": home if home in dict(zones.ZONES) else zones.ZONES[0][0]}
    return {
        "zone": times.zone,
        "opens_at": wall_text(times.opens_at, times.zone),
        "is_announced": times.is_announced,
        "closes_at": wall_text(times.closes_at, times.zone),
        "letters": EndForm.STOP if times.stops_letters else EndForm.GO,
        "tells_signers": times.tells_signers,
    }
