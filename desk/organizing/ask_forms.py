"""What organizers type about an ask: its words, its letter, whom it addresses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from actions.pages.countries import AbroadSelect, CountryField
from campaigns import merge_fields
from campaigns.abroad.countries import countries
from campaigns.models import Ask


class AskWordsForm(forms.Form):
    """An ask's words in one language; `text` is the petition's text, the call's script, or what a
    letter says in a language that offices do not read. A letter has no words of its own on its
    button.
    """

    heading = forms.CharField(max_length=120, label=gettext_lazy("Heading"))
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}))
    button = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("Words on the button")
    )
    thanks = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("Words of thanks"),
        help_text=gettext_lazy(
            "Read once somebody has confirmed. Beside it stands how many letters go, wait or need"
            " their writer: do not promise more."
        ),
    )

    prompts = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Questions beside their own words"),
        help_text=gettext_lazy(
            "One a line: “What happened to you?” They help to begin. Empty: three of ours."
        ),
    )

    def __init__(self, *args: Any, kind: str, language: str = "en", **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if kind != Ask.Kind.LETTER:
            del self.fields["prompts"]
        if kind == Ask.Kind.LETTER:
            # A letter's button says how many letters this person signs (actions.letters.fates).
            del self.fields["button"]
            if language == "en":
                del self.fields["text"]
            else:
                self.fields["text"].required = False
                self.fields["text"].label = _("The letter in this language")
                self.fields["text"].help_text = _(
                    "For supporters to understand what they sign; offices get the English letter."
                )
        elif kind == Ask.Kind.CALL:
            self.fields["text"].label = _("Script for the call")
            self.fields["text"].help_text = _(
                "You may use %(fields)s. Where it names the office, each office has its own."
            ) % {"fields": ", ".join(f"{{{name}}}" for name in merge_fields.SCRIPT_FIELDS)}
        else:
            self.fields["text"].label = _("What people sign")
            self.fields["text"].help_text = _(
                "A change makes a new version. Earlier signatures stay under the text they signed."
            )

    def clean_text(self) -> str:
        fields = {
            Ask.Kind.CALL: merge_fields.SCRIPT_FIELDS,
            Ask.Kind.LETTER: tuple(merge_fields.FIELDS),
        }.get(Ask.Kind(self.kind), ())
        return known_fields(self.cleaned_data["text"], fields)


class SubjectsField(forms.CharField):
    """Several subjects, one a line; read as a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("Other subjects"),
            help_text=gettext_lazy(
                "One a line. Each supporter gets one of them all, and keeps it: offices see fewer"
                " letters that look alike."
            ),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        for line in lines:
            known_fields(line)
            if len(line) > merge_fields.SUBJECT_LENGTH:
                long = _("A subject has at most %(most)d characters.")
                raise forms.ValidationError(long % {"most": merge_fields.SUBJECT_LENGTH})
        return [line for line in lines if line]


class LetterForm(forms.ModelForm):
    more_subjects = SubjectsField()

    class Meta:
        model = Ask
        fields = ["letter_subject", "more_subjects", "letter_body"]
        labels = {"letter_subject": gettext_lazy("Subject"), "letter_body": gettext_lazy("Letter")}
        help_texts = {
            "letter_body": gettext_lazy(
                "In English, for the office. We add the greeting, the supporter's name and their"
                " address. A paragraph that begins with [ ] is one that they may add by a tick."
            )
        }
        widgets = {"letter_body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("letter_subject", "letter_body"):
            # The model lets them be blank, since petitions and calls have no letter.
            self.fields[name].required = True

    def clean_letter_subject(self) -> str:
        return known_fields(self.cleaned_data["letter_subject"])

    def clean_letter_body(self) -> str:
        return known_fields(self.cleaned_data["letter_body"])


def known_fields(text: str, known: Collection[str] = tuple(merge_fields.FIELDS)) -> str:
    """The text, if every {field} in it is one that we fill; else a fault that names the others."""
    unknown = merge_fields.unknown_fields(text, known)
    if unknown:
        message = ngettext(
            "%(fields)s is not a merge field.", "%(fields)s are not merge fields.", len(unknown)
        )
        raise forms.ValidationError(message % {"fields": ", ".join(unknown)})
    return text


class PreviewForm(forms.Form):
    # One of them is wanted.
    says_optional = False

    address = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("As somebody who lives at"),
        help_text=gettext_lazy(
            "Street, town, state and ZIP on one line, or a ZIP alone. It is not stored."
        ),
    )
    name = forms.CharField(
        max_length=80,
        required=False,
        label=gettext_lazy("Or to a legislator by name"),
        help_text=gettext_lazy("A part of the name is enough."),
    )

    country = CountryField(
        required=False,
        label=gettext_lazy("Or as somebody who lives abroad, in"),
        help_text=gettext_lazy("Only the offices that hear people abroad are written to."),
        choices=lambda: countries(get_language() or "en"),
        widget=AbroadSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Type an address or a legislator's name, or choose a country.")
            )
        return cleaned
