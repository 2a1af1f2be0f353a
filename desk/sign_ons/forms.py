"""What is typed of a sign-on letter."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.models import Signatory
from actions.sign_ons import showing
from actions.sign_ons.form import SiteField
from campaigns import zones
from campaigns.models import SignOn, SignOnWords
from desk.previews.markdown_area import MarkdownArea
from desk.publishing import about
from desk.publishing.forms import WordsForm
from desk.schedules.wall_time import WallTimeField, instant_to_come, twice, wall_text
from legislators.state_words import state_names

# What organizations put their names to.
SIGNED = ("title", "addressees", "text")


class SignOnForm(WordsForm):
    """Once an organization has signed the letter, what it signed is changed only with a correction,
    which the page shows and each of them is told (docs/decisions).
    """

    class Meta:
        model = SignOnWords
        fields = ["title", "summary", "addressees", "text"]
        labels = {
            "title": gettext_lazy("Title"),
            "summary": gettext_lazy("Summary"),
            "addressees": gettext_lazy("To"),
            "text": gettext_lazy("The letter"),
        }
        help_texts = {
            "summary": gettext_lazy("Two sentences: lists and search engines show them."),
            "addressees": gettext_lazy(
                "By name and office, as it stands on top of the letter: “The Speaker of the House”."
            ),
            "text": gettext_lazy("All of it, from the salutation on; the list follows below."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "text": MarkdownArea()}

    def __init__(self, *args: Any, thing: Any = None, **options: Any) -> None:
        super().__init__(*args, thing=thing, **options)
        self.number = showing.number_signed(thing) if thing and self.instance.pk else 0
        if self.number:
            # Also of one that was taken down: it was signed all the same.
            self.fields["correction"] = copy.deepcopy(WordsForm.base_fields["correction"])  # type: ignore[attr-defined]
            self.fields["correction"].label = _("What you change in what they signed")
            signed = ngettext(
                "%d organization has signed this text. Whatever you change in title, addressees or"
                " letter, say it here in a sentence: the page shows it, and whoever signed is told"
                " by mail",
                "%d organizations have signed this text. Whatever you change in title, addressees"
                " or letter, say it here in a sentence: the page shows it, and whoever signed is"
                " told by mail",
                self.number,
            )
            way = _(", with a way to take the signature back.")
            if thing.is_delivered:
                way = _(". The copy that was handed over stays as it was.")
            self.fields["correction"].help_text = signed % self.number + way

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.number and self.changes_what_was_signed and not data.get("correction"):
            self.add_error("correction", _("Say what changes: organizations signed it as it was."))
        return data

    @property
    def changes_what_was_signed(self) -> bool:
        return bool(set(self.changed_data) & set(SIGNED))


class AboutForm(about.AboutForm):
    own = field_order = ("led_by",)

    led_by = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Led by"),
        help_text=gettext_lazy(
            "The organizations that wrote it, if others than yours, or more: “Children First and"
            " the Franklin Alliance”."
        ),
    )


class DeadlineForm(forms.Form):
    closes_zone = forms.ChoiceField(choices=zones.ZONES, label=gettext_lazy("Time zone"))
    closes_at = WallTimeField(
        label=gettext_lazy("Open until"),
        help_text=gettext_lazy(
            "It closes by itself then. What was sent before and confirmed after still comes to you."
        ),
    )

    def __init__(self, *args: Any, letter: SignOn, **options: Any) -> None:
        super().__init__(*args, **options)
        known = dict(zones.ZONES)
        home = settings.TIME_ZONE if settings.TIME_ZONE in known else zones.ZONES[0][0]
        self.instant: dt.datetime | None = None
        self.fields["closes_zone"].initial = zone = letter.closes_zone or letter.zone or home
        self.fields["closes_at"].initial = wall_text(letter.closes_at, zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wall, zone = data.get("closes_at"), data.get("closes_zone", "")
        self.instant = instant_to_come(self, "closes_at", wall, zone)
        return data

    def twice(self) -> list[str]:
        """As desk.schedules.wall_time has it."""
        return twice([self.cleaned_data["closes_at"]], self.cleaned_data["closes_zone"])


class DeliveryForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Delivered on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to = forms.CharField(
        max_length=200,
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy(
            "Who took it, as the page is to say: “the office of Speaker Vale, by hand”."
        ),
    )
    how = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy(
            "A receipt, a stamped copy, a mail's answer: where it is kept. Only read here."
        ),
    )
    tells = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Tell everybody who signed for an organization, by mail"),
    )

    def __init__(self, *args: Any, letter: SignOn, **options: Any) -> None:
        super().__init__(*args, **options)
        self.letter = letter
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        public = self.letter.publish_at
        if public and day < timezone.localdate(public):
            raise forms.ValidationError(_("It was not public yet on that day."))
        return day


class DeclineForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Why not, to those you decline"),
        help_text=gettext_lazy(
            "They get it by mail as it stands here: plain, and what would help."
        ),
        error_messages={"required": gettext_lazy("Say why: they get it by mail.")},
    )


class AddForm(forms.ModelForm):
    us_state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    site = SiteField()

    class Meta:
        model = Signatory
        fields = ["organization", "kind", "city", "us_state", "site", "agreed_how"]
        labels = {
            "organization": gettext_lazy("Organization’s name"),
            "kind": gettext_lazy("Kind of organization"),
            "city": gettext_lazy("City"),
            "agreed_how": gettext_lazy("How they agreed"),
        }
        help_texts = {
            "agreed_how": gettext_lazy(
                "By whom, how and when, and where that is kept: “Their board's letter of 3 May, in"
                " our files”. No mailbox and no telephone number. Only read here."
            ),
        }
        widgets = {"agreed_how": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = sorted(state_names().items(), key=lambda row: row[1])
        fields: dict[str, Any] = self.fields
        fields["us_state"].choices = [("", _("None")), *names]
        fields["agreed_how"].required = True
        fields["city"].required = True
