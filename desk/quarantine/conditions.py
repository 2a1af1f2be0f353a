"""The conditions as a form: in a list's address line, and repeated by the confirming page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Submission
from actions.screening.bursts import DIGITS
from actions.typed_numbers import typed_number
from campaigns import words
from campaigns.models import Campaign
from desk.quarantine.chosen import CONDITIONS, Chosen

LOCAL_TIME = "%Y-%m-%dT%H:%M"
MARKS = {"network": DIGITS, "likeness": 8}


class ConditionsForm(forms.Form):
    """What the list is narrowed to; what is no choice of ours narrows nothing."""

    because = forms.ChoiceField(label=gettext_lazy("Why"), required=False)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)
    answered = forms.ChoiceField(
        label=gettext_lazy("Their mailbox"),
        required=False,
        choices=[
            ("", gettext_lazy("Any")),
            ("yes", gettext_lazy("Answered")),
            ("no", gettext_lazy("Silent")),
        ],
    )
    domain = forms.CharField(
        label=gettext_lazy("Mail domain"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "example.org", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=gettext_lazy("Name has"), required=False, max_length=80)
    text = forms.CharField(label=gettext_lazy("Own words have"), required=False, max_length=200)
    since = forms.DateTimeField(
        label=gettext_lazy("Sent from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        input_formats=[LOCAL_TIME, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Sent before"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        input_formats=[LOCAL_TIME, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
    )
    # Nobody types these: links of a row, and of what is unusual, bring them.
    network = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    likeness = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    form = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, counted: bool = False) -> None:
        super().__init__(data)
        self.counted = counted
        for name, choices in (("because", reasons()), ("campaign", campaigns(counted=counted))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *choices]
        if counted:
            # Nobody set them aside.
            del self.fields["because"]

    def clean_domain(self) -> str:
        return str(self.cleaned_data["domain"]).rpartition("@")[2].strip().lower()

    def clean_network(self) -> str:
        return self._mark("network")

    def clean_likeness(self) -> str:
        return self._mark("likeness")

    def _mark(self, name: str) -> str:
        mark = str(self.cleaned_data[name])
        if mark and not re.fullmatch(rf"[0-9a-f]{{{MARKS[name]}}}", mark):
            raise forms.ValidationError(_("There is no such mark."))
        return mark

    def chosen(self) -> Chosen:
        """What fits nothing is left out: `is_valid` says whether something was."""
        self.is_valid()
        told: dict[str, Any] = self.cleaned_data
        set_times = [name for name in ("since", "until") if told.get(name)]
        times: dict[str, Any] = {name: told[name].isoformat() for name in set_times}
        plain = ("because", "answered", "domain", "name", "text", "network", "likeness")
        marks: dict[str, Any] = {name: str(told.get(name) or "") for name in (*plain, "form")}
        campaign = typed_number(told.get("campaign", "")) or 0
        return replace(Chosen(counted=self.counted, campaign=campaign), **marks, **times)


def reasons() -> list[tuple[str, str]]:
    found = waiting().values_list("quarantined_because", flat=True).distinct()
    return [(reason, reason) for reason in sorted(found)]


def campaigns(*, counted: bool) -> list[tuple[str, str]]:
    found = Campaign.objects.exclude(state=Campaign.State.DRAFT)
    if not counted:
        found = Campaign.objects.filter(pk__in=waiting().values("ask__campaign"))
    return [(str(one.pk), words.of(one).title) for one in found.prefetch_related("words")]


def waiting() -> QuerySet[Submission]:
    found: QuerySet[Submission] = Submission.objects.filter(state=Submission.State.QUARANTINED)
    return found.order_by()


def as_fields(chosen: Chosen) -> list[tuple[str, str]]:
    """Hidden fields (and parts of an address) that say the same again."""
    return [(name, str(chosen.as_json()[name])) for name in CONDITIONS if chosen.as_json()[name]]
