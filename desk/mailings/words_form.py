"""What a mailing says, in the site's own language and in Spanish."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Mailing
from campaigns.merge_fields import unknown_fields
from desk.previews.markdown_area import MarkdownArea


class WordsForm(forms.Form):
    subject = forms.CharField(max_length=120, label=gettext_lazy("Subject"))
    text = forms.CharField(
        label=gettext_lazy("What you tell them"),
        max_length=20_000,
        widget=MarkdownArea(attrs={"rows": 10}),
    )
    subject_es = forms.CharField(
        max_length=120, required=False, label=gettext_lazy("Subject, in Spanish")
    )
    text_es = forms.CharField(
        label=gettext_lazy("The same in Spanish"),
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("Left empty, everybody gets the English words."),
        widget=MarkdownArea(attrs={"rows": 10, "lang": "es"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pair = {name: data.get(name) for name in ("subject_es", "text_es")}
        for name, text in pair.items():
            if not text and any(pair.values()) and name not in self.errors:
                self.add_error(name, _("Half of the Spanish words are missing."))
        for name in ("subject", "text", *pair):
            # Nothing fills a merge field in here: everybody would read its braces.
            if shown := unknown_fields(data.get(name) or "", ()):
                said = _("People would read %(fields)s, which nothing fills in here.")
                self.add_error(name, said % {"fields": ", ".join(shown)})
        return data

    def save_to(self, mailing: Mailing) -> None:
        """Both languages; Spanish words that were emptied go."""
        for language, end in ((settings.LANGUAGE_CODE, ""), ("es", "_es")):
            words = {name: self.cleaned_data[name + end] for name in ("subject", "text")}
            if words["subject"]:
                mailing.words.update_or_create(language=language, defaults=words)
            else:
                mailing.words.filter(language=language).delete()


def words_so_far(mailing: Mailing) -> dict[str, str]:
    """As the form names them."""
    ends = {settings.LANGUAGE_CODE: "", "es": "_es"}
    return {
        f"{name}{ends[row.language]}": getattr(row, name)
        for row in mailing.words.all()
        if row.language in ends
        for name in ("subject", "text")
    }
