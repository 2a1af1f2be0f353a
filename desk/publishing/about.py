"""What something published is about: issues, bills and states, on whose pages it then stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from campaigns import words
from campaigns.bills.keeping import jurisdictions
from campaigns.models import Bill, Issue
from desk.organizing.chips import Chips

# A longer list is no choice any more: the newest moved last.
MOST_BILLS = 500


class IssuesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class BillsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, bill: Bill) -> str:
        return f"{bill}: {bill.title[:60]}" if bill.title else str(bill)


class AboutForm(forms.Form):
    """Of a thing with `issues`, `bills` and `states`; a form below adds the thing's own fields, and
    names them in `own`.
    """

    own: tuple[str, ...] = ()

    issues = IssuesField(
        queryset=Issue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Issues"),
        help_text=gettext_lazy("It stands on their pages."),
    )
    bills = BillsField(
        queryset=Bill.objects.none(),
        required=False,
        widget=Chips(what=gettext_lazy("Type a bill"), add=gettext_lazy("Add the bill")),
        label=gettext_lazy("Bills"),
    )
    states = forms.MultipleChoiceField(
        choices=jurisdictions,
        required=False,
        widget=Chips(what=gettext_lazy("Type a state"), add=gettext_lazy("Add the state")),
        label=gettext_lazy("States"),
    )

    def __init__(self, *args: Any, thing: Any, **options: Any) -> None:
        options["initial"] = {
            "issues": [issue.pk for issue in thing.issues.all()],
            "bills": [bill.pk for bill in thing.bills.all()],
            "states": [row.code for row in thing.states.all()],
        } | {name: getattr(thing, name) for name in self.own}
        super().__init__(*args, **options)
        self.thing = thing
        issues: Any = self.fields["issues"]
        issues.queryset = Issue.objects.prefetch_related("words")
        bills: Any = self.fields["bills"]
        newest = Bill.objects.order_by("-stage_on", "-pk").values("pk")[:MOST_BILLS]
        kept = thing.bills.values("pk")
        bills.queryset = Bill.objects.filter(pk__in=[*_ids(newest), *_ids(kept)])

    @transaction.atomic
    def save(self) -> None:
        data, thing = self.cleaned_data, self.thing
        for name in self.own:
            setattr(thing, name, data[name])
        thing.save(update_fields=list(self.own))
        thing.issues.set(data["issues"])
        thing.bills.set(data["bills"])
        thing.states.exclude(code__in=data["states"]).delete()
        known = set(thing.states.values_list("code", flat=True))
        for code in set(data["states"]) - known:
            thing.states.create(code=code)


def _ids(rows: Any) -> list[int]:
    return [row["pk"] for row in rows]
