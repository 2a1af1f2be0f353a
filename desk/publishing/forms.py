"""What is typed of a published thing: its words, a correction, a time, where its address leads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import onward, zones
from campaigns.models import Published
from campaigns.published.showing import is_path
from desk.schedules.wall_time import WallTimeField, instant_to_come, twice, wall_text


class WordsForm(forms.ModelForm):
    """Of a PublishedWords. Of words that are public it also asks what is put right."""

    correction = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("If this corrects something that was wrong: what?"),
        help_text=gettext_lazy(
            "One sentence for readers. It stands below the text with today’s date. Leave it empty"
            " for spelling, and for what is only new."
        ),
    )

    def __init__(self, *args: Any, thing: Published | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        # Nobody has read it otherwise.
        if thing is None or not thing.is_public or not self.instance.pk:
            del self.fields["correction"]


class TimeForm(forms.Form):
    zone = forms.ChoiceField(choices=zones.ZONES, label=gettext_lazy("Time zone"))
    publish_at = WallTimeField(label=gettext_lazy("Day and time"))

    def __init__(self, *args: Any, thing: Published, **options: Any) -> None:
        super().__init__(*args, **options)
        known = dict(zones.ZONES)
        home = settings.TIME_ZONE if settings.TIME_ZONE in known else zones.ZONES[0][0]
        self.instant: dt.datetime | None = None
        self.fields["zone"].initial = zone = thing.zone or home
        if not thing.is_public:
            self.fields["publish_at"].initial = wall_text(thing.publish_at, zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wall, zone = data.get("publish_at"), data.get("zone", "")
        self.instant = instant_to_come(self, "publish_at", wall, zone)
        return data

    def twice(self) -> list[str]:
        """As desk.schedules.wall_time has it."""
        return twice([self.cleaned_data["publish_at"]], self.cleaned_data["zone"])


class TakeDownForm(forms.Form):
    to = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Its address leads on to"),
        help_text=gettext_lazy(
            "A page here, like /issues/schools/, or an https address on a site that an"
            " administrator listed. Empty: the address says that the page is gone."
        ),
    )

    def __init__(self, *args: Any, own_url: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_url = own_url

    def clean_to(self) -> str:
        to: str = self.cleaned_data["to"].strip()
        if not to:
            return ""
        if is_path(to):
            try:
                resolve(to.partition("?")[0].partition("#")[0])
            except Resolver404:
                raise forms.ValidationError(_("There is no such page here.")) from None
            if to.startswith(self.own_url):
                raise forms.ValidationError(_("That is this very page."))
            if to.startswith((*settings.WORKPLACES, "/login", "/drafts/")):
                raise forms.ValidationError(_("Only who works here can read that page."))
            return to
        host = onward.host_of(to)
        if not host:
            said = _("A page here that begins with /, or a plain https address.")
            raise forms.ValidationError(said)
        if not onward.is_listed(host):
            said = _("%(host)s is not on the administrators’ list of sites.")
            raise forms.ValidationError(said % {"host": host})
        return to
