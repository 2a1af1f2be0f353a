"""What organizers type of a question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Question

OTHER_LANGUAGES = {code: name for code, name in settings.LANGUAGES if code != "en"}
WORDS = ("text", "help", "choices")


class ChoicesField(forms.CharField):
    """Choices, one a line; read as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        return [line for line in lines if line]


class QuestionForm(forms.Form):
    """One question, in English and in each other language."""

    kind = forms.ChoiceField(choices=Question.Kind.choices, label=gettext_lazy("Answered by"))
    text = forms.CharField(
        max_length=200,
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("As you would ask a neighbour: “May we tell your story?”"),
    )
    help = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("Help"),
        help_text=gettext_lazy("A line below it: what the answer is for."),
    )
    choices = ChoicesField(
        required=False,
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy(
            "One a line, for “One of several” and “Any of several”. A choice that you word anew"
            " is counted anew; the old one keeps its number."
        ),
    )
    is_required = forms.BooleanField(
        required=False, label=gettext_lazy("Nobody can go on without an answer")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in OTHER_LANGUAGES.items():
            said = {"language": name}
            self.fields[f"text_{code}"] = forms.CharField(
                required=False, max_length=200, label=_("Question in %(language)s") % said
            )
            self.fields[f"help_{code}"] = forms.CharField(
                required=False, max_length=300, label=_("Help in %(language)s") % said
            )
            self.fields[f"choices_{code}"] = ChoicesField(
                required=False,
                label=_("Choices in %(language)s") % said,
                help_text=_("As many lines as in English, in the same order."),
            )

    def clean_choices(self) -> list[str]:
        choices, kind = self.cleaned_data["choices"], self.cleaned_data.get("kind")
        if kind not in (Question.Kind.ONE, Question.Kind.SEVERAL):
            return []
        if len(choices) < 2:
            raise forms.ValidationError(_("Write at least two choices, one a line."))
        if len(choices) > Question.MOST_CHOICES:
            many = _("At most %(most)d choices: more are read by nobody.")
            raise forms.ValidationError(many % {"most": Question.MOST_CHOICES})
        if any(len(choice) > 120 for choice in choices):
            raise forms.ValidationError(_("A choice has at most 120 characters."))
        if len(set(choices)) < len(choices):
            raise forms.ValidationError(_("Two choices are the same."))
        return list(choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code in OTHER_LANGUAGES:
            # Left over from when it had some, or wrong in English already: no second complaint.
            if not data.get("choices"):
                data[f"choices_{code}"] = []
            theirs = data.get(f"choices_{code}") or []
            if theirs and len(theirs) != len(data["choices"]):
                other = _("These are %(theirs)d choices, and %(ours)d in English.")
                numbers = {"theirs": len(theirs), "ours": len(data["choices"])}
                self.add_error(f"choices_{code}", other % numbers)
            if data.get(f"text_{code}") and data.get("choices") and not theirs:
                self.add_error(f"choices_{code}", _("Translate the choices too."))
        return data

    def question(self, question: Question) -> Question:
        """That row with what was typed, not saved."""
        data = self.cleaned_data
        for name in ("kind", "is_required", *WORDS):
            setattr(question, name, data[name])
        # A language without the question itself is none: its page asks in English.
        said = {code: {word: data[f"{word}_{code}"] for word in WORDS} for code in OTHER_LANGUAGES}
        question.translations = {code: words for code, words in said.items() if words["text"]}
        return question


def values_of(question: Question) -> dict[str, Any]:
    """What a form of it begins with."""
    own = {name: getattr(question, name) for name in ("kind", "is_required", *WORDS)}
    return own | {
        f"{word}_{code}": question.translations.get(code, {}).get(word, "")
        for code in OTHER_LANGUAGES
        for word in WORDS
    }
