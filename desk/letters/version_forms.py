"""What organizers type of a version of a letter: its words, and the seats that get them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.merge_fields import SUBJECT_LENGTH
from campaigns.models import LetterVersion
from desk.organizing.ask_forms import SubjectsField, known_fields
from desk.organizing.target_forms import SIDES, SeatRuleForm

WORDS = ("name", "approach", "subject", "more_subjects", "body")
OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


class VersionForm(SeatRuleForm):
    """One version: its words in English, a translation to read, and its seats among the ask's."""

    name = forms.CharField(
        max_length=60,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("For the people here: “Thanks to sponsors”."),
    )
    approach = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("None of these")), *LetterVersion.Approach.choices],
        label=gettext_lazy("What it does"),
        help_text=gettext_lazy("A label: to whom it goes is chosen below."),
    )
    subject = forms.CharField(max_length=SUBJECT_LENGTH, label=gettext_lazy("Subject"))
    more_subjects = SubjectsField()
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 14}),
        label=gettext_lazy("Letter"),
        help_text=gettext_lazy(
            "In English, for the office. We add the greeting, the supporter's name and their"
            " address. A paragraph that begins with [ ] is one that they may add."
        ),
    )
    field_order = [*WORDS, *(f"in_{code}" for code in OTHER_LANGUAGES), *SIDES]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            if code in OTHER_LANGUAGES:
                self.fields[f"in_{code}"] = forms.CharField(
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 6}),
                    label=_("The letter in %(language)s") % {"language": name},
                    help_text=_(
                        "For supporters to understand what they sign; offices get the English"
                        " letter."
                    ),
                )
        self.order_fields(self.field_order)
        self.fields["states"].help_text = _("None chosen: all that the ask addresses.")

    def clean_subject(self) -> str:
        return known_fields(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return known_fields(self.cleaned_data["body"])

    def version(self, version: LetterVersion) -> LetterVersion:
        """That row with what was typed, not saved."""
        for name in WORDS:
            setattr(version, name, self.cleaned_data[name])
        texts = {code: self.cleaned_data[f"in_{code}"] for code in OTHER_LANGUAGES}
        version.translations = {code: text for code, text in texts.items() if text}
        return self.put_into(version)


def values_of(version: LetterVersion) -> dict[str, Any]:
    """What a form of it begins with."""
    texts = {f"in_{code}": version.translations.get(code, "") for code in OTHER_LANGUAGES}
    return {name: getattr(version, name) for name in (*WORDS, *SIDES)} | texts
