"""An alert's list and words; when it goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actions.mailings.sending import WAITS
from actions.models import Alert
from campaigns import zones
from campaigns.carrying.carry import home_of
from campaigns.models import Campaign
from desk.mailings.words_form import WordsForm, words_so_far
from desk.models import Segment
from desk.schedules.wall_time import WallTimeField, instant_to_come

# Its own list, as it was chosen before: a segment may have changed since, or be gone.
KEPT, EVERYBODY = "kept", "all"


class AlertForm(WordsForm):
    list = forms.ChoiceField(
        label=gettext_lazy("Which people"),
        help_text=gettext_lazy(
            "Of these, only adults get it who said yes to the newsletter and whose seats this"
            " campaign writes to or calls."
        ),
    )
    goes_to_acted = forms.BooleanField(
        required=False, label=gettext_lazy("Also those who have acted in this campaign")
    )
    goes_to_unsure = forms.BooleanField(
        required=False,
        label=gettext_lazy("Also those whose district is not certain"),
        help_text=gettext_lazy(
            "Their ZIP code lies in several districts, or they were not looked up yet. The page"
            " asks them which is theirs; some will find that they cannot act."
        ),
    )
    field_order = ("list", "goes_to_acted", "goes_to_unsure")

    def __init__(self, *args: Any, alert: Alert | None, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What you ask them to do, and why now")
        # Who may not see supporters has no segments: their conditions tell of people.
        mine = Segment.objects.open_to(user) if user.has_perm("accounts.see_supporters") else []
        self.segments = {str(segment.pk): segment for segment in mine}
        names = [(key, segment.name) for key, segment in self.segments.items()]
        kept = [(KEPT, _("As it is: %s") % alert.list_name)] if alert and alert.filters else []
        everybody = (EVERYBODY, _("All supporters"))
        self.fields["list"].choices = [everybody, *kept, *names]  # type: ignore[attr-defined]

    def save_to(self, mailing: Any) -> None:
        """The conditions as they are now, so that what was looked at is what goes."""
        told = self.cleaned_data
        changes = {name: told[name] for name in ("goes_to_acted", "goes_to_unsure")}
        if told["list"] != KEPT:
            chosen = self.segments.get(told["list"])
            changes |= {
                "list_name": chosen.name if chosen else "",
                "filters": chosen.filters if chosen else {},
            }
        Alert.objects.filter(pk=mailing.pk).update(**changes)
        mailing.refresh_from_db()
        super().save_to(mailing)


def so_far(alert: Alert) -> dict[str, Any]:
    """As the form names it."""
    return {
        **words_so_far(alert),
        "list": KEPT if alert.filters else EVERYBODY,
        "goes_to_acted": alert.goes_to_acted,
        "goes_to_unsure": alert.goes_to_unsure,
    }


class WhenForm(forms.Form):
    zone = forms.ChoiceField(choices=zones.ZONES, label=gettext_lazy("Time zone"))
    goes_at = WallTimeField(
        required=False,
        label=gettext_lazy("Not before"),
        help_text=gettext_lazy(
            "Left empty, it goes in half an hour. Until then you can call it back."
        ),
    )
    counted = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        home = zones.zone_of(home_of(campaign)) or settings.TIME_ZONE
        self.fields["zone"].initial = home if home in dict(zones.ZONES) else zones.ZONES[0][0]
        self.instant: dt.datetime | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.instant = instant_to_come(self, "goes_at", data.get("goes_at"), data.get("zone", ""))
        is_soon = self.instant and self.instant < timezone.now() + WAITS
        if is_soon and "goes_at" not in self.errors:
            said = _("Half an hour from now at the earliest: until then it can be called back.")
            self.add_error("goes_at", said)
        return data
