"""What is typed of a publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import words
from campaigns.bills.keeping import jurisdictions
from campaigns.models import Bill, Issue, Publication, PublicationState, PublicationWords
from desk.organizing.chips import Chips
from desk.previews.markdown_area import MarkdownArea
from desk.publishing.forms import WordsForm

# A longer list is no choice any more: the newest moved last.
MOST_BILLS = 500


class PublicationForm(WordsForm):
    link = forms.URLField(
        required=False,
        max_length=300,
        assume_scheme="https",
        label=gettext_lazy("Where it was published"),
        help_text=gettext_lazy(
            "The address of a newspaper, a court or your own site, if it stands there."
        ),
    )

    class Meta:
        model = PublicationWords
        fields = ["title", "summary", "story", "link"]
        labels = {
            "title": gettext_lazy("Title"),
            "summary": gettext_lazy("Summary"),
            "story": gettext_lazy("Story"),
        }
        help_texts = {
            "summary": gettext_lazy("Two sentences: lists, feeds and search engines show them."),
            "story": gettext_lazy("All of it, or what is in the file."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "story": MarkdownArea()}


class IssuesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class BillsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, bill: Bill) -> str:
        return f"{bill}: {bill.title[:60]}" if bill.title else str(bill)


class AboutForm(forms.Form):
    kind = forms.ChoiceField(choices=Publication.Kind, label=gettext_lazy("Kind"))
    dated_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day that it carries. Lists are in the order of these days."),
    )
    issues = IssuesField(
        queryset=Issue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Issues"),
        help_text=gettext_lazy("It stands on their pages, and in their feeds."),
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

    def __init__(self, *args: Any, publication: Publication, **options: Any) -> None:
        options["initial"] = {
            "kind": publication.kind,
            "dated_on": publication.dated_on,
            "issues": [issue.pk for issue in publication.issues.all()],
            "bills": [bill.pk for bill in publication.bills.all()],
            "states": [row.code for row in publication.states.all()],
        }
        super().__init__(*args, **options)
        self.publication = publication
        issues: Any = self.fields["issues"]
        issues.queryset = Issue.objects.prefetch_related("words")
        bills: Any = self.fields["bills"]
        newest = Bill.objects.order_by("-stage_on", "-pk").values("pk")[:MOST_BILLS]
        kept = publication.bills.values("pk")
        bills.queryset = Bill.objects.filter(pk__in=[*_ids(newest), *_ids(kept)])

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if self.publication.is_public and day > timezone.localdate():
            raise forms.ValidationError(_("It is public already: the day cannot be one to come."))
        return day

    @transaction.atomic
    def save(self) -> None:
        data, publication = self.cleaned_data, self.publication
        publication.kind, publication.dated_on = data["kind"], data["dated_on"]
        publication.save(update_fields=["kind", "dated_on"])
        publication.issues.set(data["issues"])
        publication.bills.set(data["bills"])
        publication.states.exclude(code__in=data["states"]).delete()
        PublicationState.objects.bulk_create(
            [PublicationState(publication=publication, code=code) for code in data["states"]],
            ignore_conflicts=True,
        )


def _ids(rows: Any) -> list[int]:
    return [row["pk"] for row in rows]


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("PDF"),
        help_text=gettext_lazy(
            "10 MB at most. Scripts, attachments and the names of who wrote it are taken out."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("That file is empty."))
        return file
