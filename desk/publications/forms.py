"""What is typed of a publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Publication, PublicationWords
from desk.previews.markdown_area import MarkdownArea
from desk.publishing import about
from desk.publishing.forms import WordsForm


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


class AboutForm(about.AboutForm):
    own = field_order = ("kind", "dated_on")

    kind = forms.ChoiceField(choices=Publication.Kind, label=gettext_lazy("Kind"))
    dated_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day that it carries. Lists are in the order of these days."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["issues"].help_text = _("It stands on their pages, and in their feeds.")

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if self.thing.is_public and day > timezone.localdate():
            raise forms.ValidationError(_("It is public already: the day cannot be one to come."))
        return day
