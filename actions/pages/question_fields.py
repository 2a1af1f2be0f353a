"""An organizer's questions as fields of the second step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaigns.models import Question, QuestionWords
from supporters.forms import LineField, NeverCut

LINE, TEXT = 200, 2000
UNANSWERED = gettext_lazy("Please answer this question.")


@dataclass(frozen=True)
class AskedQuestion:
    """One question in a form, in its reader's language."""

    question: Question
    words: QuestionWords

    @property
    def name(self) -> str:
        return f"answer_{self.question.pk}"

    @property
    def asked_name(self) -> str:
        """Of the hidden field that says to which words this was an answer (Question.digest)."""
        return f"asked_{self.question.pk}"

    def asked_with(self, form: forms.Form) -> str:
        """What that field says: an answer that was carried here is to the words of its page."""
        was = form.initial.get(self.asked_name) if form.initial.get(self.name) else None
        return self.question.digest if form.is_bound else was or self.question.digest

    def check_that_it_is_the_same(self, form: forms.Form) -> None:
        """Nobody's answer to one question is taken for another's: what was reworded since the page
        was opened is read once more, with the answer in it.
        """
        was = form.data.get(self.asked_name)
        if was and was != self.question.digest and form.cleaned_data.get(self.name):
            changed = _(
                "This question has changed since you opened the page. Is your answer right?"
            )
            form.add_error(self.name, changed)

    def answers(self, data: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One, or none where it was left open."""
        given = data.get(self.name)
        if not given:
            return []
        # The words go along: the question may be worded anew, or be gone, when somebody reads this.
        keys = [given] if isinstance(given, str) else list(given)
        if not self.question.has_choices:
            return [{**self.about, "said": keys, "keys": []}]
        return [{**self.about, "said": [self.words.choices[key] for key in keys], "keys": keys}]

    @property
    def about(self) -> dict[str, Any]:
        return {"question": self.question.pk, "asked": self.words.text}


def asked(form: forms.Form, question: Question) -> AskedQuestion:
    """Put its field into the form."""
    words = question.words(get_language() or "en")
    one = AskedQuestion(question, words)
    form.fields[one.name] = field_of(question, words)
    return one


def field_of(question: Question, words: QuestionWords) -> forms.Field:
    usual: dict[str, Any] = {
        "label": in_its_language(words.text, words),
        "help_text": in_its_language(words.help, words),
        "required": question.is_required,
        "error_messages": {"required": UNANSWERED},
    }
    if not question.has_choices:
        if question.kind == Question.Kind.SHORT:
            return LineField(max_length=LINE, **usual)
        area = forms.Textarea(attrs={"rows": 3})
        return NeverCut(max_length=TEXT, strip=True, widget=area, **usual)
    choices = [(key, in_its_language(text, words)) for key, text in words.choices.items()]
    if question.kind == Question.Kind.SEVERAL:
        several = {"widget": forms.CheckboxSelectMultiple, **usual}
        return forms.MultipleChoiceField(choices=choices, **several)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **usual)


def in_its_language(text: str, words: QuestionWords) -> str:
    """Marked for who reads aloud, where a page in another language shows it in English."""
    if not text or words.language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', words.language, text)
